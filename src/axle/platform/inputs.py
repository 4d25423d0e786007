"""What a person or a machine sends."""

import re
import unicodedata
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationInfo, field_validator

_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Control characters other than tab and line ends, halves of characters, and what is no character."""
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
"""What nobody sees and a copied text brings along: zero-width characters and changes of direction."""
_WIDE = {code: code - 0xFEE0 for first, last in ("０９", "ＡＺ", "ａｚ") for code in range(ord(first), ord(last) + 1)}
"""Full-width digits and letters, as Chinese input methods write them, and the ordinary ones."""
DEEPEST = 64


def text_clean(text: str) -> str:
    """A text as it is kept: one way of writing each character, nothing unseen, digits and letters of ordinary width.

    Errors: ValueError for control characters and the like.
    """
    if text.isascii() and text.isprintable():
        return text
    if _NO_TEXT.search(text):
        raise ValueError("control_character")
    return unicodedata.normalize("NFC", _UNSEEN.sub("", text).translate(_WIDE))


def _clean(value: Any, depth: int = 0) -> Any:
    if depth > DEEPEST:
        raise ValueError("too_deep")
    if isinstance(value, str):
        return text_clean(value)
    if isinstance(value, list):
        return [_clean(item, depth + 1) for item in value]
    if isinstance(value, dict):
        return {_clean(key, depth + 1): _clean(item, depth + 1) for key, item in value.items()}
    return value


class Input(BaseModel):
    """What is sent to be done.

    Blanks around a text are no part of it, so that a text of blanks alone is empty; nor is what nobody sees. A key that
    nobody asked for is refused rather than passed over. A password stays as it was typed.
    """

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    @field_validator("*", mode="before")
    @classmethod
    def _as_it_is_kept(cls, value: Any, info: ValidationInfo) -> Any:
        return value if "password" in (info.field_name or "") else _clean(value)


Password = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200, strip_whitespace=False),
    Field(json_schema_extra={"format": "password"}),
]
