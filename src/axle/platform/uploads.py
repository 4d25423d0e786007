"""What an upload is, by its own bytes: its type, whether its name says the same, whether it is two files in one."""

import io
import re
import zipfile
from pathlib import PurePath

import filetype

_BY_EXTENSION = {
    "jpg": "image/jpeg", "jpeg": "image/jpeg", "jpe": "image/jpeg", "jfif": "image/jpeg", "png": "image/png",
    "webp": "image/webp", "gif": "image/gif", "bmp": "image/bmp", "heic": "image/heic", "pdf": "application/pdf",
    "svg": "image/svg+xml", "html": "text/html", "htm": "text/html", "js": "text/javascript", "txt": "text/plain",
    "csv": "text/plain", "zip": "application/zip", "jar": "application/zip", "exe": "application/x-msdownload",
    "php": "application/x-php", "sh": "application/x-sh", "doc": "application/msword", "apk": "application/zip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
}  # fmt: skip
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""Bytes that text in Chinese does not have, and that nearly every binary file has."""
_START_BYTES = 1024
_ZIP_START, _ZIP_END, _ZIP_END_BYTES = b"PK\x03\x04", b"PK\x05\x06", 22
_MARKUP = re.compile(rb"<\s*(?:!doctype|html|head|body|script|svg|iframe|\?php)\b|<\?php", re.IGNORECASE)


def content_type_of(content: bytes) -> str:
    """The type that the bytes themselves show; ``text/plain`` for text in UTF-8 or GB18030, else octet-stream."""
    guessed = filetype.guess_mime(content)
    if content.startswith(_ZIP_START):
        return _BY_EXTENSION["xlsx"] if _is_workbook(content) else "application/zip"
    if guessed:
        return str(guessed)
    is_text = _is_text(content, "utf-8") or (not _CONTROL.search(content) and _is_text(content, "gb18030"))
    return "text/plain" if is_text and b"\x00" not in content else "application/octet-stream"


def _is_workbook(content: bytes) -> bool:
    """A workbook is an archive that holds one, and no macros."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False
    return {"[Content_Types].xml", "xl/workbook.xml"} <= names and "xl/vbaProject.bin" not in names


def _is_text(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def name_contradicts(name: str, content_type: str) -> bool:
    """Tell whether a file's extension says another type than its bytes; an unknown extension says nothing."""
    extension = PurePath(name.replace("\\", "/")).suffix.lstrip(".").lower()
    return _BY_EXTENSION.get(extension, content_type) != content_type


def is_two_in_one(content: bytes, content_type: str) -> bool:
    """Tell whether a picture, PDF or workbook is also another archive, a page, or a PDF for a reader that looks for
    one. A workbook is an archive itself, from its first byte to its last."""
    start = content[:_START_BYTES]
    if content_type != "application/pdf" and b"%PDF-" in start:
        return True
    if _MARKUP.search(start):
        return True
    return _ends_as_archive(content) != (content_type == _BY_EXTENSION["xlsx"])


def _ends_as_archive(content: bytes) -> bool:
    """An archive is read from its end: a directory's end whose comment reaches exactly to the last byte."""
    tail = content[-(_ZIP_END_BYTES + 0xFFFF) :]
    at = tail.rfind(_ZIP_END)
    if at < 0 or len(tail) - at < _ZIP_END_BYTES:
        return False
    return int.from_bytes(tail[at + 20 : at + 22], "little") == len(tail) - at - _ZIP_END_BYTES
