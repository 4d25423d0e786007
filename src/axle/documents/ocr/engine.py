"""The RapidOCR adapter: one engine for each process, loaded at first use.

It costs about 400 MB of memory and a second of start-up, so only the worker may import it: nothing outside
``jobs`` reaches ``engine()``. The models are inside the wheel; there is no network.
"""

from functools import cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from axle.documents.ocr.orientation import Quad, is_tall, sides, text_angle, turn_points, upright_quad
from axle.documents.ocr.page import Page, TextBox

Image = NDArray[np.uint8]
"""Shape (height, width, 3), blue-green-red, as OpenCV keeps it."""

_LINE_HEIGHT = 48  # what the recogniser reads; cropping to it directly keeps small print sharp
_VOTERS = 12  # lines asked for their direction
_MIN_SCORE = 0.3
_DOUBTFUL = 0.65  # a page read worse than this is read upside down too


class RapidOcrEngine:
    """Reads the lines of an image in any orientation."""

    def __init__(self) -> None:
        from rapidocr import RapidOCR

        self._rapid: Any = RapidOCR(
            params={
                "Global.log_level": "critical",
                "EngineConfig.onnxruntime.intra_op_num_threads": 1,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            }
        )

    def read(self, image: Image) -> Page:
        """Detect, find the direction from the longest lines, recognise. An image without text is an empty page."""
        small, record = self._rapid.preprocess_img(image)
        quads = self._detect(small, record)
        if not quads:
            return Page(())
        angle = self._angle(small, quads)
        page = self._recognised(small, quads, angle)
        if page.score >= _DOUBTFUL:
            return page
        return max(page, self._recognised(small, quads, angle + 180), key=lambda one: one.score)

    def _recognised(self, image: Image, quads: list[Quad], angle: float) -> Page:
        lines = [_line_image(image, upright_quad(quad, angle)) for quad in quads]
        read = self._rapid.recognize_txt(lines)
        boxes = (
            _box(quad, angle, text, float(score))
            for quad, text, score in zip(quads, read.txts, read.scores, strict=True)
            if text.strip() and score >= _MIN_SCORE
        )
        return Page(tuple(sorted(boxes, key=lambda box: (box.top, box.left))), angle)

    def _detect(self, image: Image, record: dict[str, Any]) -> list[Quad]:
        from rapidocr.main import RapidOCRError

        try:
            _, found = self._rapid.detect_and_crop(image, record)
        except RapidOCRError:  # its way to say that there is no text
            return []
        return [np.asarray(quad, dtype=np.float32) for quad in found.boxes]

    def _angle(self, image: Image, quads: list[Quad]) -> float:
        voters = sorted(quads, key=lambda quad: -max(sides(quad)))[:_VOTERS]
        lines = [_line_image(image, upright_quad(quad, 90.0 if is_tall(quad) else 0.0)) for quad in voters]
        _, verdict = self._rapid.cls_and_rotate(lines)
        return text_angle(voters, [(label == "180", float(score)) for label, score in verdict.cls_res])


def _line_image(image: Image, quad: Quad) -> Image:
    width, height = sides(quad)
    size = max(8, round(width * _LINE_HEIGHT / max(height, 1.0))), _LINE_HEIGHT
    corners = np.array([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(quad, corners)
    line = cv2.warpPerspective(image, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(line, dtype=np.uint8)


def _box(quad: Quad, angle: float, text: str, score: float) -> TextBox:
    upright = turn_points(quad, -angle)
    (left, top), (right, bottom) = upright.min(axis=0), upright.max(axis=0)
    return TextBox(text, score, float(left), float(top), float(right), float(bottom))


@cache
def engine() -> RapidOcrEngine:
    """The engine of this process."""
    return RapidOcrEngine()
