"""Text that a spreadsheet shows as it is, and the text of a file that one wrote."""

import codecs
from typing import Any

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def formula_safe(value: Any) -> str:
    """Text that no spreadsheet takes for a formula; plain numbers stay numbers."""
    shown = str(value)
    is_number = shown.lstrip("-").replace(".", "", 1).isdigit()
    return f"'{shown}" if shown.startswith(_FORMULA) and not is_number else shown


def spreadsheet_text(content: bytes) -> str:
    """UTF-8 when every byte of a file is, else GB18030, which banks and Excel write. Errors: UnicodeDecodeError."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        if content.startswith(codecs.BOM_UTF8):
            raise
        return content.decode("gb18030")
