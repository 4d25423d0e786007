"""Uploads: what opens, what is refused and why; thumbnails; the same picture handed in twice."""

import io

import pytest
from PIL import Image, ImageOps
from pypdf import PdfWriter

from axle.documents import imaging
from axle.documents.duplicates import SAME_PICTURE_BITS, picture_hash
from axle.documents.errors import ImageAnimated, ImageBroken, ImageTooLarge, PdfEncrypted
from axle.documents.tests import specimens


def saved(image, kind="JPEG", **options):
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def pdf(password=None, pages=1):
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    if password:
        writer.encrypt(password, algorithm="AES-256")
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


SMALL = Image.new("RGB", (60, 40), (200, 10, 10))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_pictures_open(kind):
    imaging.check_upload(saved(SMALL, kind), f"image/{kind.lower()}")
    assert imaging.opened_image(saved(SMALL, kind)).size == (60, 40)


def test_a_pdf_opens():
    imaging.check_upload(pdf(), "application/pdf")


REFUSED = [
    (saved(SMALL)[:200], "image/jpeg", ImageBroken),
    (b"\xff\xd8\xff" + b"x" * 50, "image/jpeg", ImageBroken),
    (saved(SMALL, "GIF"), "image/png", ImageBroken),
    (saved(SMALL, "PNG", save_all=True, append_images=[ImageOps.invert(SMALL)]), "image/png", ImageAnimated),
    (saved(Image.new("1", (20_000, 20_000)), "PNG"), "image/png", ImageTooLarge),
    (pdf("secret"), "application/pdf", PdfEncrypted),
    (b"%PDF-1.7 nothing", "application/pdf", ImageBroken),
    (pdf(pages=0), "application/pdf", ImageBroken),
    (b"text", "text/plain", ImageBroken),
]


@pytest.mark.parametrize(("content", "content_type", "refusal"), REFUSED)
def test_uploads_that_are_refused(content, content_type, refusal):
    with pytest.raises(refusal) as caught:
        imaging.check_upload(content, content_type)
    assert caught.value.field == "file"


def test_a_picture_is_turned_by_its_camera_mark():
    exif = Image.Exif()
    exif[0x0112] = 6
    assert imaging.opened_image(saved(SMALL, exif=exif)).size == (40, 60)


def test_thumbnail():
    small = Image.open(io.BytesIO(imaging.thumbnail(saved(specimens.id_front()))))
    assert small.format == "JPEG"
    assert max(small.size) == 240


def distance(one, other):
    return (int(picture_hash(one).digits, 16) ^ int(picture_hash(other).digits, 16)).bit_count()


def test_a_smaller_grey_copy_is_the_same_picture():
    card = specimens.id_front()
    copy = Image.open(io.BytesIO(saved(card.convert("L").resize((640, 404)), quality=80))).convert("RGB")
    assert distance(card, copy) <= SAME_PICTURE_BITS


def test_another_card_of_the_kind_is_not(monkeypatch):
    card = specimens.id_front()
    monkeypatch.setattr(specimens, "ID_NO", "999921199603183256")
    assert distance(card, specimens.id_front()) > SAME_PICTURE_BITS


def test_hashes_have_1024_bits_and_a_flat_picture_none():
    assert len(picture_hash(specimens.id_front()).digits) == 256
    assert picture_hash(SMALL).digits == ""
