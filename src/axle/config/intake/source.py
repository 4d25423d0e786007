"""A file as it lies there: its hash, its encoding and its format, found without holding it in memory."""

import codecs
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from axle.config.intake.errors import IntakeEncodingUnknown, IntakeFileEmpty, IntakeFormatUnknown

Format = Literal["csv", "jsonl"]
_PIECE = 1 << 20
_UTF8_BOM = codecs.BOM_UTF8
_OTHER_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_START_BYTES = 4096


@dataclass(frozen=True)
class Source:
    """A readable file. ``sha256`` is its identity: the same bytes are the same file, whatever its name.

    ``lines`` counts the line ends, a last line without one too; it tells progress, not the number of rows.
    """

    path: Path
    sha256: str
    size: int
    lines: int
    encoding: str
    format: Format

    @property
    def begins_at(self) -> int:
        """Where the content begins: behind the byte order mark, if there is one."""
        return len(_UTF8_BOM) if self.encoding == "utf-8-sig" else 0


def source_open(path: Path) -> Source:
    """Look at a file once.

    Errors: OSError, IntakeFileEmpty, IntakeEncodingUnknown, IntakeFormatUnknown.
    """
    digest, size, lines, start = hashlib.sha256(), 0, 1, b""
    for piece in _pieces(path):
        digest.update(piece)
        size += len(piece)
        lines += piece.count(b"\n")
        start = start or piece[:_START_BYTES]
    if not start.removeprefix(_UTF8_BOM).strip():
        raise IntakeFileEmpty(file=path.name)
    content_format = _format(start)
    return Source(path, digest.hexdigest(), size, lines, _encoding(path, start), content_format)


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            yield piece


def _format(start: bytes) -> Format:
    if start.startswith(_WORKBOOKS):
        raise IntakeFormatUnknown(found="XLS/XLSX")
    first = start.removeprefix(_UTF8_BOM).lstrip()[:1]
    if first == b"[":
        raise IntakeFormatUnknown(found="JSON array")
    return "jsonl" if first == b"{" else "csv"


def _encoding(path: Path, start: bytes) -> str:
    """UTF-8 when every byte of the file is, else GB18030 when every byte is."""
    if start.startswith(_OTHER_BOMS):
        raise IntakeEncodingUnknown(line=1)
    is_marked = start.startswith(_UTF8_BOM)
    failure = _first_failure(path, "utf-8")
    if failure is None:
        return "utf-8-sig" if is_marked else "utf-8"
    if is_marked or _first_failure(path, "gb18030") is not None:
        raise IntakeEncodingUnknown(line=failure)
    return "gb18030"


def _first_failure(path: Path, encoding: str) -> int | None:
    """The line of the first byte that the encoding cannot read, or None."""
    decoder, line = codecs.getincrementaldecoder(encoding)(), 1
    try:
        for piece in _pieces(path):
            decoder.decode(piece)
            line += piece.count(b"\n")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        return line + error.object[: error.start].count(b"\n")
    return None
