"""Typst: template and data in, PDF bytes and the places for signatures out."""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any, cast

import typst

from axle.documents.errors import TemplateBroken
from axle.documents.rendering.fonts import check_glyphs, fonts
from axle.documents.rendering.templates import FOLDER, Template


@dataclass(frozen=True, slots=True)
class SignaturePlace:
    """An empty box for a role: page from 1, points from the top left corner of an A4 page."""

    role: str
    page: int
    x: float
    y: float
    width: float
    height: float

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class RenderedPdf:
    """The file, and where it is to be signed."""

    content: bytes
    places: tuple[SignaturePlace, ...]


def render(template: Template, data: dict[str, Any], *, dated: date) -> RenderedPdf:
    """Render checked data. The same template, data, date and fonts give the same bytes.

    Errors: MissingGlyph, FontsMissing, TemplateBroken.
    """
    check_glyphs(data)
    chosen = fonts()
    compiler = typst.Compiler(
        str(template.path),
        root=str(FOLDER),
        font_paths=[str(folder) for folder in chosen.folders],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False, sort_keys=True), "family": chosen.family},
    )
    stamp = datetime(dated.year, dated.month, dated.day, tzinfo=UTC)
    try:
        content = cast(bytes, compiler.compile(format="pdf", timestamp=stamp, pdf_tags=False))
        places = json.loads(compiler.query("<signature-place>", field="value"))
    except typst.TypstError as error:
        raise TemplateBroken(template=template.code, reason=str(error).splitlines()[0]) from error
    return RenderedPdf(content, tuple(SignaturePlace(**place) for place in places))
