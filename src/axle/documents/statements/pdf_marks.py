"""What a PDF tells of how it was made: which tool wrote it, whether it was changed later, digits of another font."""

import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from pypdf import PdfReader

from axle.documents.domain.statement import Finding
from axle.documents.domain.statement_words import editing_tool
from axle.documents.statements.columns import ReadLine

_LATER = timedelta(minutes=1)
_RARE, _USUAL = 0.05, 0.9
"""A font in up to a twentieth of a column's cells, where nine tenths have another, was not the bank's."""
_LINES_LEAST = 10
_END = re.compile(rb"%%EOF")
_START_BYTES = 1024


def file_marks(content: bytes) -> Iterator[Finding]:
    """The marks of the file: edited_by_tool, modified_later, saved_again."""
    told = PdfReader(io.BytesIO(content)).metadata
    if told is not None:
        tool = editing_tool(f"{told.producer or ''} {told.creator or ''}")
        if tool:
            yield Finding("edited_by_tool", found=tool)
        made, changed = _moment(told, "creation_date"), _moment(told, "modification_date")
        if made and changed and changed - made > _LATER:
            yield Finding("modified_later", expected=made.isoformat(), found=changed.isoformat())
    # A file prepared for the web ends twice, a signed one once more for each signature.
    ends = len(_END.findall(content)) - (b"/Linearized" in content[:_START_BYTES])
    if ends > 1 and b"/ByteRange" not in content:
        yield Finding("saved_again", expected=1, found=ends)


def _moment(told: object, name: str) -> datetime | None:
    """A moment of the metadata; a text that is no date says nothing."""
    try:
        moment = getattr(told, name)
    except ValueError:
        return None
    return moment.replace(tzinfo=None) if isinstance(moment, datetime) else None


def font_marks(lines: Sequence[ReadLine]) -> Iterator[Finding]:
    """Lines with a figure in two fonts, or in another than the column has."""
    columns: dict[str, Counter[str]] = defaultdict(Counter)
    for read in lines:
        for kind, cell in read.figures.items():
            columns[kind].update(cell.fonts)
    for read in lines:
        for kind, cell in read.figures.items():
            usual, times = columns[kind].most_common(1)[0]
            strange = _strange(cell.fonts, columns[kind], usual, times)
            if strange:
                yield Finding("fonts_mixed", read.line.no, read.line.booked_on, usual, strange)
                break


def _strange(fonts: frozenset[str], column: Counter[str], usual: str, times: int) -> str:
    others = sorted(fonts - {usual})
    if not others:
        return ""
    if len(fonts) > 1:
        return others[0]
    total = column.total()
    is_rare = total >= _LINES_LEAST and times >= total * _USUAL and column[others[0]] <= total * _RARE
    return others[0] if is_rare else ""
