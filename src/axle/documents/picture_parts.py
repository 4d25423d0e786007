"""Photos that show a part of another photo: cropped, turned a little, scaled, saved again.

A photo is told by keys: samples of the descriptors of its strongest corners (ORB), which stay when it is cropped. An
index finds photos that share keys; of the few that share most, the picture itself is laid over the new one and
compared square by square. Only for photos of things and places: cards and papers of one kind share their print, and
are told apart by their hash (``duplicates``). Measured on 108 pictures cropped by 5 and 10 per cent on each side, cut
at a corner, turned by 5 degrees, scaled and saved again: all shared at least four keys. Runs in the worker only.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import cv2
import numpy as np
from django.db.models import IntegerField
from django.db.models.expressions import RawSQL
from numpy.typing import NDArray
from PIL import Image

from axle.documents.duplicates import MATCHES_MOST, of_others
from axle.documents.imaging import opened_image
from axle.documents.models import CapturedDocument
from axle.kernel.rounding import round_rate
from axle.platform.public import file_read

Array = NDArray[Any]
PHOTO_KINDS = frozenset({"vehicle_photo", "home_photo", "interview_photo", "inspection_photo"})
ALIKE_LEAST = Decimal("0.75")
_SIDE = 640
_CORNERS, _SAMPLES, _SAMPLE_BITS = 200, 2, 24
_SEED = 7
"""Which bits are sampled is fixed for good: keys that are kept were made with it."""
_SHARED_LEAST = 4
_CANDIDATES = 20
_NEAR_BITS, _PAIRS_LEAST, _OFF_PIXELS = 50, 8, 4.0
_SQUARE, _SQUARES_LEAST, _DETAIL, _SAME_SQUARE = 32, 12, 8.0, 0.7
_SHARED = "cardinality(ARRAY(SELECT unnest(picture_keys) INTERSECT SELECT unnest(%s::int[])))"


def picture_keys(image: Image.Image) -> list[int]:
    """The keys of a photo, at most 400; none for one without corners."""
    _, descriptors = _corners(_grey(image))
    if descriptors is None:
        return []
    bits = np.unpackbits(descriptors, axis=1).astype(np.int64)
    chosen = np.random.default_rng(_SEED)
    weights = 1 << np.arange(_SAMPLE_BITS, dtype=np.int64)
    keys: set[int] = set()
    for sample in range(_SAMPLES):
        places = chosen.choice(bits.shape[1], _SAMPLE_BITS, replace=False)
        keys |= {int(value) + (sample << _SAMPLE_BITS) for value in bits[:, places] @ weights}
    return sorted(keys)


def earlier_parts(
    document: CapturedDocument, image: Image.Image, keys: Sequence[int]
) -> list[tuple[CapturedDocument, Decimal]]:
    """The photos about other subjects that came before and show a part of this one, or it a part of them, oldest first,
    with how much of what both show is the same. Slow (tens of milliseconds each): outside a transaction."""
    if len(keys) < _SHARED_LEAST:
        return []
    rows: Any = (
        of_others(document)
        .exclude(picture_keys=[])
        .filter(picture_keys__overlap=list(keys))
        .annotate(shared=RawSQL(_SHARED, (list(keys),), output_field=IntegerField()))
        .filter(shared__gte=_SHARED_LEAST)
    )
    grey = _grey(image)
    found = []
    for row in rows.order_by("-shared", "pk")[:_CANDIDATES]:
        alike = alike_rate(grey, _grey(opened_image(file_read(row.file_id)[1])))
        if alike >= ALIKE_LEAST:
            found.append((row, alike))
    return sorted(found, key=lambda one: one[0].pk)[:MATCHES_MOST]


def _grey(image: Image.Image) -> Array:
    scale = _SIDE / max(image.size)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return np.asarray(image.convert("L").resize(size, Image.Resampling.BILINEAR))


def _corners(grey: Array) -> tuple[Sequence[Any], Array | None]:
    found: Any = cv2.ORB.create(nfeatures=_CORNERS).detectAndCompute(grey, None)
    return found[0], found[1]


def alike_rate(grey: Array, other: Array) -> Decimal:
    """Of the squares with detail that both pictures show when one is laid over the other, the share that is the same;
    zero where they cannot be laid over each other."""
    turn = _laid_over(grey, other)
    if turn is None:
        return Decimal(0)
    height, width = grey.shape
    laid = cv2.warpAffine(other, turn, (width, height))
    covered = cv2.warpAffine(np.full(other.shape, 255, np.uint8), turn, (width, height))
    left, right = (cv2.GaussianBlur(one.astype(np.float32), (0, 0), 1.0) for one in (grey, laid))
    same = total = 0
    for row in range(0, height - _SQUARE + 1, _SQUARE):
        for column in range(0, width - _SQUARE + 1, _SQUARE):
            square = slice(row, row + _SQUARE), slice(column, column + _SQUARE)
            if covered[square].min() < 255 or max(left[square].std(), right[square].std()) < _DETAIL:
                continue
            total += 1
            same += _correlation(left[square], right[square]) > _SAME_SQUARE
    return round_rate(Decimal(int(same)) / total, 3) if total >= _SQUARES_LEAST else Decimal(0)


def _laid_over(grey: Array, other: Array) -> Array | None:
    """How the other picture has to be moved, turned and scaled to lie over the first."""
    (corners, told), (other_corners, other_told) = _corners(grey), _corners(other)
    if told is None or other_told is None:
        return None
    pairs = cv2.BFMatcher(cv2.NORM_HAMMING, crossCheck=True).match(told, other_told)
    pairs = [pair for pair in pairs if pair.distance < _NEAR_BITS]
    if len(pairs) < _PAIRS_LEAST:
        return None
    here = np.array([corners[pair.queryIdx].pt for pair in pairs], dtype=np.float32)
    there = np.array([other_corners[pair.trainIdx].pt for pair in pairs], dtype=np.float32)
    turn, _ = cv2.estimateAffinePartial2D(there, here, method=cv2.RANSAC, ransacReprojThreshold=_OFF_PIXELS)
    return turn


def _correlation(left: Array, right: Array) -> float:
    spread = float(left.std() * right.std())
    return float(((left - left.mean()) * (right - right.mean())).mean()) / spread if spread else 0.0
