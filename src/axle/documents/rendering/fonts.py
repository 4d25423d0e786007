"""Finding Noto Sans SC, and refusing characters that it cannot draw.

Typst draws nothing for a glyph that its fonts lack and gives no warning, so every character of a document is
looked up in the font's character map first.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from fontTools.ttLib import TTCollection, TTFont

from axle.documents.errors import FontsMissing, MissingGlyph

_REGULAR = ("NotoSansSC-Regular.ttf", "NotoSansSC_400Regular.ttf", "NotoSansCJK-Regular.ttc")
_BOLD = ("NotoSansSC-Bold.ttf", "NotoSansSC_700Bold.ttf", "NotoSansCJK-Bold.ttc")
_INVISIBLE = frozenset("\n\t\u200b")


@dataclass(frozen=True, slots=True)
class FontSet:
    """The family's name in Typst, its two files, and the face inside the file (collections hold several)."""

    family: str
    regular: Path
    bold: Path
    face: int

    @property
    def folders(self) -> list[Path]:
        return sorted({self.regular.parent, self.bold.parent})


def font_places() -> list[Path]:
    """Where fonts are looked for, best first."""
    root = Path(settings.ROOT)
    chosen = [Path(os.environ["AXLE_FONTS"])] if os.environ.get("AXLE_FONTS") else []
    return [
        *chosen,
        Path(settings.AXLE_VAR) / "fonts",
        root / "var/fonts",
        root / "console/node_modules/@expo-google-fonts/noto-sans-sc",
        Path("/usr/share/fonts"),
    ]


@cache
def fonts() -> FontSet:
    """The fonts of this installation. Errors: FontsMissing naming the places looked at."""
    for place in font_places():
        regular, bold = _find(place, _REGULAR), _find(place, _BOLD)
        if regular and bold:
            return _font_set(regular, bold)
    raise FontsMissing(places=", ".join(str(place) for place in font_places()))


def _find(place: Path, names: Iterable[str]) -> Path | None:
    return next((found for name in names for found in sorted(place.rglob(name))), None) if place.is_dir() else None


def _font_set(regular: Path, bold: Path) -> FontSet:
    if regular.suffix != ".ttc":
        return FontSet("Noto Sans SC", regular, bold, 0)
    with TTCollection(regular, lazy=True) as collection:
        names = [str(font["name"].getDebugName(1)) for font in collection.fonts]
    return FontSet("Noto Sans CJK SC", regular, bold, names.index("Noto Sans CJK SC"))


@cache
def _drawable() -> frozenset[int]:
    chosen = fonts()
    number = chosen.face if chosen.regular.suffix == ".ttc" else -1
    with TTFont(chosen.regular, fontNumber=number, lazy=True) as font:
        return frozenset(font.getBestCmap())


def check_glyphs(values: object, path: str = "") -> None:
    """Errors: MissingGlyph naming the first character of any text in ``values`` that the font cannot draw."""
    known = _drawable()
    for place, text in _texts(values, path):
        for char in text:
            if ord(char) not in known and char not in _INVISIBLE:
                raise MissingGlyph(field=place, character=char, code_point=f"U+{ord(char):04X}", field_name=place)


def _texts(values: object, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(values, str):
        yield path, values
    elif isinstance(values, dict):
        for key, value in values.items():
            yield from _texts(value, f"{path}.{key}" if path else str(key))
    elif isinstance(values, list | tuple):
        for number, value in enumerate(values):
            yield from _texts(value, f"{path}.{number}")
