"""Text that a spreadsheet shows as it is."""

from typing import Any

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def formula_safe(value: Any) -> str:
    """Text that no spreadsheet takes for a formula; plain numbers stay numbers."""
    shown = str(value)
    is_number = shown.lstrip("-").replace(".", "", 1).isdigit()
    return f"'{shown}" if shown.startswith(_FORMULA) and not is_number else shown
