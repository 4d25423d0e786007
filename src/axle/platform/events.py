"""Facts that the platform tells."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class EmployeeLeft:
    """An employee left on a date; ``user_id`` is their sign-in, which has ended, if they had one."""

    employee_id: int
    user_id: int | None
    on: date
