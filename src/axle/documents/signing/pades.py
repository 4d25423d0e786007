"""Putting visible PAdES signatures with time stamps (level B-T) into a PDF, one revision for each."""

import io
from collections.abc import Iterable
from dataclasses import dataclass

from PIL import Image
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter, append_signature_field, enumerate_sig_fields
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.stamp import StaticStampStyle

from axle.documents.errors import TimestampUnavailable
from axle.documents.rendering.pdf import SignaturePlace


@dataclass(frozen=True, slots=True)
class SignatureAct:
    """One act of signing: where, by whom, what is seen, and why."""

    place: SignaturePlace
    signer: Signer
    image: Image.Image
    name: str
    reason: str
    stamper: TimeStamper


def sign_pdf(content: bytes, act: SignatureAct, places: Iterable[SignaturePlace]) -> bytes:
    """The PDF with one more signature. The first act prepares the fields of all ``places``, so that later ones
    are form filling and leave earlier signatures whole.

    Errors: TimestampUnavailable; nothing is signed without a time stamp.
    """
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    _prepare_fields(writer, places)
    metadata = PdfSignatureMetadata(
        field_name=act.place.role,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        name=act.name,
        reason=act.reason,
    )
    style = StaticStampStyle(border_width=0, background=PdfImage(act.image), background_opacity=1.0)
    signer = PdfSigner(metadata, signer=act.signer, timestamper=act.stamper, stamp_style=style)
    target = io.BytesIO()
    try:
        signer.sign_pdf(writer, output=target)
    except (TimestampRequestError, OSError) as error:
        raise TimestampUnavailable() from error
    return target.getvalue()


def _prepare_fields(writer: IncrementalPdfFileWriter, places: Iterable[SignaturePlace]) -> None:
    existing = {name for name, _, _ in enumerate_sig_fields(writer.prev)}
    for place in places:
        if place.role not in existing:
            append_signature_field(writer, _field(writer.prev, place))


def _field(reader: PdfFileReader, place: SignaturePlace) -> SigFieldSpec:
    """Typst counts from the top of the page, PDF from the bottom."""
    page = reader.root["/Pages"]["/Kids"][place.page - 1]
    height = float(page.get_object()["/MediaBox"][3])
    bottom = height - place.y - place.height
    left, right, top = place.x, place.x + place.width, bottom + place.height
    box = (round(left), round(bottom), round(right), round(top))
    return SigFieldSpec(place.role, on_page=place.page - 1, box=box)
