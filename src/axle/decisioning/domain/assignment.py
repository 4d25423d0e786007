"""Which applications a trial gets: a keyed hash of trial and application number, so that nobody can choose, and an
application is always on the same side."""

from decimal import Decimal

_DIGITS = 16
_WHOLE = Decimal(16**_DIGITS)


def place_of(digest: str) -> Decimal:
    """A hash in hex as a number from 0 up to, not including, 1."""
    return Decimal(int(digest[:_DIGITS], 16)) / _WHOLE


def is_assigned(digest: str, share: Decimal) -> bool:
    """Whether the case of a hash is one of the share of a trial."""
    return place_of(digest) < share
