"""A car of the catalogue in the words of the strategy and the product."""

from datetime import date

from axle.kernel.dates import months_between

_NEW_ENERGY = frozenset({"electric", "plug_in"})
"""Kinds of drive that count as new energy; hybrids without a plug count as combustion."""


def decision_energy(energy: str) -> str:
    """``"nev"`` or ``"ice"``."""
    return "nev" if energy in _NEW_ENERGY else "ice"


def series_key(make: str, series: str) -> str:
    """How policy values and prices name a series: ``大众/朗逸``."""
    return f"{make}/{series}"[:60]


def vehicle_age_months(*, is_new: bool, first_registered_on: date | None, on: date) -> int | None:
    """Whole months since the first registration; 0 for a new car, None when nobody said."""
    if is_new:
        return 0
    return None if first_registered_on is None else months_between(first_registered_on, on)
