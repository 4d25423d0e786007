"""Identifiers that the system makes: time-ordered keys and printed numbers."""

import os
import time
from datetime import date
from uuid import UUID

_SERIAL_DIGITS = 6


def time_ordered_id() -> UUID:
    """A UUID of version 7: milliseconds since 1970, then random bits, so that new keys sort last.

    Source: RFC 9562 §5.7.
    """
    milliseconds = time.time_ns() // 1_000_000
    value = milliseconds << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 7 << 76  # version
    value = value & ~(0x3 << 62) | 2 << 62  # variant
    return UUID(int=value)


def printed_no(prefix: str, on: date, serial: int) -> str:
    """A number for people: ``printed_no("AP", date(2026, 11, 22), 1) == "AP20261122000001"``."""
    return f"{prefix}{on:%Y%m%d}{serial:0{_SERIAL_DIGITS}d}"
