"""Facts that channel tells."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DealerSuspended:
    """A dealer may not submit or be paid until it is active again."""

    dealer_id: int
    reason: str
