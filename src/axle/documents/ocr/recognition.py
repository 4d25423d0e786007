"""Reading one picture of a known kind: as it is, and once more sharpened when the first look left doubts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import cv2
import numpy as np
from PIL.Image import Image as Picture

from axle.documents.ocr.engine import Image, engine
from axle.documents.ocr.extraction import extract
from axle.documents.ocr.kinds import RULES
from axle.documents.ocr.page import Page
from axle.documents.ocr.readings import FieldReading, merged

_MAX_SIDE = 4000


class Reader(Protocol):
    """What reads the lines of an image."""

    def read(self, image: Image) -> Page: ...


@dataclass(frozen=True, slots=True)
class Recognition:
    """The fields of one document. ``doubtful`` names those that a person has to look at; ``confidence`` is that of
    the weakest field, 0 when a required one is missing; ``turned_by`` is the photo's turn in degrees."""

    fields: Mapping[str, FieldReading]
    doubtful: tuple[str, ...]
    confidence: float
    turned_by: float


def read_picture(kind: str, picture: Picture, *, sure_from: float) -> Recognition:
    """Read the fields of ``kind`` with this process's engine. ``sure_from`` is the confidence that needs no eye."""
    picture.thumbnail((_MAX_SIDE, _MAX_SIDE))
    image = np.ascontiguousarray(np.asarray(picture.convert("RGB"))[:, :, ::-1])
    return recognise(kind, image, engine(), sure_from=sure_from)


def recognise(kind: str, image: Image, reader: Reader, *, sure_from: float) -> Recognition:
    """Read the fields of ``kind`` from an image. KeyError for a kind without rules."""
    page = reader.read(image)
    fields = extract(kind, page)
    if doubtful_fields(kind, fields, sure_from):
        fields = merged(fields, extract(kind, reader.read(sharpened(image))))
    doubtful = doubtful_fields(kind, fields, sure_from)
    return Recognition(fields, doubtful, _weakest(kind, fields), round((page.turned_by + 180) % 360 - 180, 1))


def doubtful_fields(kind: str, fields: Mapping[str, FieldReading], sure_from: float) -> tuple[str, ...]:
    """Required fields that are missing, and all that are invalid or not sure."""
    return tuple(rule.name for rule in RULES[kind] if _is_doubtful(fields.get(rule.name), rule.is_required, sure_from))


def _is_doubtful(reading: FieldReading | None, is_required: bool, sure_from: float) -> bool:
    if reading is None:
        return is_required
    return not reading.is_valid or reading.confidence < sure_from


def _weakest(kind: str, fields: Mapping[str, FieldReading]) -> float:
    required = (fields.get(rule.name) for rule in RULES[kind] if rule.is_required)
    return min(reading.confidence if reading else 0.0 for reading in required)


def sharpened(image: Image) -> Image:
    """Contrast stretched to the full range, twice the size, noise smoothed: small dark photos read better."""
    low, high = np.percentile(image, (1, 99))
    scale = 255.0 / max(float(high - low), 1.0)
    stretched = np.clip((image.astype(np.float32) - float(low)) * scale, 0, 255).astype(np.uint8)
    larger = cv2.resize(stretched, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    return np.asarray(cv2.GaussianBlur(larger, (0, 0), 1.0), dtype=np.uint8)
