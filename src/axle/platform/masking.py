"""How personal data is shown to people who need only recognise it."""

from collections.abc import Callable


def _keep(value: str, head: int, tail: int) -> str:
    if len(value) <= head + tail:
        return "*" * len(value)
    return value[:head] + "*" * (len(value) - head - tail) + (value[-tail:] if tail else "")


_MASKS: dict[str, Callable[[str], str]] = {
    "id_no": lambda value: _keep(value, 4, 4),
    "phone": lambda value: _keep(value, 3, 4),
    "card": lambda value: _keep(value, 4, 4),
    "address": lambda value: _keep(value, 6, 0),
    "name": lambda value: _keep(value, 1, 0),
    "text": lambda value: _keep(value, 1, 1),
}


def mask(value: str | None, kind: str) -> str:
    """Mask by kind: ``id_no`` 3201**********0011, ``phone`` 138****5678, ``card``, ``address``, ``name``."""
    return _MASKS[kind](value) if value else ""
