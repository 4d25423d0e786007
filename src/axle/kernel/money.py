"""Money as integers of fen; yuan strings exist only at the edges."""

import re
from typing import NewType

from axle.kernel.errors import InvalidAmount

Fen = NewType("Fen", int)
"""An amount in fen (1/100 yuan)."""

ZERO = Fen(0)
ONE_FEN = Fen(1)

_YUAN = re.compile(r"(-?)(\d{1,14})(?:\.(\d{1,2}))?", re.ASCII)


def parse_yuan(text: str) -> Fen:
    """Read ``"1234.5"`` as fen. Errors: InvalidAmount for anything but digits with at most two decimals."""
    match = _YUAN.fullmatch(text.strip())
    if match is None:
        raise InvalidAmount(value=text[:40])
    sign, whole, cents = match.groups()
    fen = int(whole) * 100 + int((cents or "").ljust(2, "0"))
    return Fen(-fen if sign else fen)


def yuan(fen: int) -> str:
    """Write fen as yuan with two decimals: ``yuan(-5) == "-0.05"``."""
    whole, cents = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{whole}.{cents:02d}"
