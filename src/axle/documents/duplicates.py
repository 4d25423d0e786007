"""The same picture handed in for somebody else: found by perceptual hash, whatever its size and compression.

A hash of 32 × 32 cosine coefficients: re-saved and resized copies of the specimens differ by up to 38 of 1,024 bits,
half of them by 12; different cards of one kind by 44 and more, two back sides of id cards from one office by 20 (the
usual 8 × 8 hash cannot tell two clean cards of a kind apart). Up to 30 bits are taken as the same picture, 16 of back
sides. A hash is cut into one band more than that: two pictures that differ by no more share a band, which an index
finds, so that only candidates are compared. A cropped picture has another hash; ``picture_parts`` finds it.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import IntegerField
from django.db.models.expressions import RawSQL
from PIL import Image

from axle.documents.models import CapturedDocument

SAME_PICTURE_BITS = 30
SAME_BACK_BITS = 16
MATCHES_MOST = 20
"""Who hands in a picture that twenty cases have is found by any of them."""
_SIDE = 32
_BANDS = SAME_PICTURE_BITS + 1
_FLAT = 3.0
"""Below this spread of grey a picture shows nothing."""
_APART = "bit_count(('x' || image_hash)::bit(1024) # ('x' || %s)::bit(1024))"


@dataclass(frozen=True, slots=True)
class PictureHash:
    """The perceptual hash as 256 hex digits, and its bands; both empty for a picture that shows nothing."""

    digits: str
    bands: tuple[int, ...]


def picture_hash(image: Image.Image) -> PictureHash:
    """The perceptual hash of a picture."""
    import imagehash

    if np.asarray(image.convert("L")).std() < _FLAT:
        return PictureHash("", ())
    digits = str(imagehash.phash(image, hash_size=_SIDE)).zfill(_SIDE * _SIDE // 4)
    return PictureHash(digits, hash_bands(digits))


def hash_bands(digits: str) -> tuple[int, ...]:
    """The bands of a hash, each as a number that also tells which band it is."""
    bits = f"{int(digits, 16):0{_SIDE * _SIDE}b}"
    edges = [place * len(bits) // _BANDS for place in range(_BANDS + 1)]
    return tuple(_number(place, bits[edges[place] : edges[place + 1]]) for place in range(_BANDS))


def _number(place: int, bits: str) -> int:
    digest = hashlib.blake2b(f"{place} {bits}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def earlier_same(
    document: CapturedDocument, digits: str, bands: Sequence[int]
) -> Sequence[tuple[CapturedDocument, int]]:
    """The documents about other subjects that came before and show the same picture, oldest first, with the bits by
    which the hashes differ."""
    if not digits:
        return []
    most = SAME_BACK_BITS if document.kind == "id_back" else SAME_PICTURE_BITS
    rows: Any = (
        of_others(document)
        .exclude(image_hash="")
        .filter(hash_bands__overlap=list(bands))
        .annotate(apart=RawSQL(_APART, (digits,), output_field=IntegerField()))
        .filter(apart__lte=most)
    )
    return [(row, int(row.apart)) for row in rows.order_by("pk")[:MATCHES_MOST]]


def of_others(document: CapturedDocument) -> Any:
    """Documents that came before, about another subject."""
    rows = CapturedDocument.objects.filter(pk__lt=document.pk)
    return rows.exclude(subject_type=document.subject_type, subject_id=document.subject_id)
