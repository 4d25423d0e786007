"""Uploads looked at before anything trusts them: pictures and PDFs that open, of a size that can be decoded.

Only Pillow and pypdf: the web process may import it.
"""

import io
import warnings

from PIL import Image, ImageOps
from pypdf import PdfReader

from axle.documents.errors import ImageAnimated, ImageBroken, ImageTooLarge, PdfEncrypted
from axle.platform.public import IMAGES, PDF

MAX_PIXELS = 40_000_000
"""A phone photo has 12 to 50 million pixels; decoded, 40 million take 120 MB."""
_FORMATS = ("JPEG", "PNG", "WEBP")
_MAX_PAGES = 300
_THUMBNAIL = (240, 240)


def check_upload(content: bytes, content_type: str) -> None:
    """Open the file as what it is. Errors: ImageBroken, ImageTooLarge, ImageAnimated, PdfEncrypted."""
    if content_type in IMAGES:
        opened_image(content)
    elif content_type == PDF:
        _check_pdf(content)
    else:
        raise ImageBroken(field="file")


def opened_image(content: bytes) -> Image.Image:
    """The picture, decoded, upright by its EXIF mark, as RGB. Errors: ImageBroken, ImageTooLarge, ImageAnimated."""
    return _decoded(content, None)


def _decoded(content: bytes, size: tuple[int, int] | None) -> Image.Image:
    """With a ``size`` the picture is decoded only as large as it will be shown, which JPEG can do."""
    try:
        image = _looked_at(content)
        if size:
            image.thumbnail(size)
        return ImageOps.exif_transpose(image).convert("RGB")
    except Image.DecompressionBombError as error:
        raise ImageTooLarge(field="file", limit=MAX_PIXELS // 1_000_000) from error
    except (OSError, ValueError, SyntaxError) as error:
        raise ImageBroken(field="file") from error


def _looked_at(content: bytes) -> Image.Image:
    """The picture by its header alone, refused before anything large is decoded."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        image = Image.open(io.BytesIO(content), formats=_FORMATS)
    if image.width * image.height > MAX_PIXELS:
        raise ImageTooLarge(field="file", limit=MAX_PIXELS // 1_000_000)
    if getattr(image, "n_frames", 1) > 1:
        raise ImageAnimated(field="file")
    return image


def _check_pdf(content: bytes) -> None:
    try:
        reader = PdfReader(io.BytesIO(content))
        is_encrypted, pages = reader.is_encrypted, 0 if reader.is_encrypted else len(reader.pages)
    except Exception as error:  # a broken PDF may raise anything
        raise ImageBroken(field="file") from error
    if is_encrypted:
        raise PdfEncrypted(field="file")
    if not 1 <= pages <= _MAX_PAGES:
        raise ImageBroken(field="file")


def thumbnail(content: bytes) -> bytes:
    """A small JPEG of a picture, to recognise it in a list. Errors: ImageBroken."""
    target = io.BytesIO()
    _decoded(content, _THUMBNAIL).save(target, "JPEG", quality=80)
    return target.getvalue()
