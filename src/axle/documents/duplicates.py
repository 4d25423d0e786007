"""The same picture handed in for somebody else: found by perceptual hash, whatever its size and compression.

A hash of 32 × 32 cosine coefficients: re-saved and resized copies of the specimens differ by up to 30 of 1,024
bits, different cards of one kind by 44 and more, two back sides of id cards from one office by 20 (the usual 8 × 8
hash cannot tell two clean cards of a kind apart). Up to 16 bits are taken as the same picture.
"""

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL
from PIL import Image

from axle.documents.models import CapturedDocument

SAME_PICTURE_BITS = 16
_SIDE = 32
_CLOSE = "bit_count(('x' || nullif(image_hash, ''))::bit(1024) # ('x' || %s)::bit(1024)) <= %s"  # null for no hash


def picture_hash(image: Image.Image) -> str:
    """The perceptual hash as 256 hex digits."""
    import imagehash

    return str(imagehash.phash(image, hash_size=_SIDE)).zfill(_SIDE * _SIDE // 4)


def earlier_duplicate(document: CapturedDocument, image_hash: str) -> CapturedDocument | None:
    """The oldest document of the same kind about another subject that shows the same picture."""
    return (
        CapturedDocument.objects.filter(kind=document.kind, pk__lt=document.pk)
        .exclude(image_hash="")
        .exclude(subject_type=document.subject_type, subject_id=document.subject_id)
        .alias(is_same=RawSQL(_CLOSE, (image_hash, SAME_PICTURE_BITS), output_field=BooleanField()))
        .filter(is_same=True)
        .order_by("pk")
        .first()
    )
