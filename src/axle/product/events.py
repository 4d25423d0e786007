"""Facts that product tells."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class ProductVersionActivated:
    """A version is on sale from ``effective_from`` on."""

    product: str
    version_id: int
    effective_from: date


@dataclass(frozen=True)
class ProductVersionRetired:
    """A version is off sale from ``retired_on`` on; contracts keep it."""

    product: str
    version_id: int
    retired_on: date
