"""Whether a picture was worked on (影像鉴伪): what its file names, and parts that were saved once less than the rest.

Somebody who changes a figure in a photo saves it a second time. Where it was not touched, the coefficients of its
eight-pixel blocks keep the gaps of the first saving's quantisation; what was painted or pasted has none (double
quantisation, after Lin et al. 2009). The gaps are only left where the first saving was the coarser one and the picture
was neither scaled nor cropped in between: what messengers have saved anew, screenshots and PNG show nothing, and
nothing is then said against them. A finding is never proof: alone it sends a case to a person.
"""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Array = NDArray[Any]
EDITOR_SCORE, PART_SCORE, BOTH_SCORE = 60, 75, 90
_EDITORS = re.compile(
    r"photoshop|lightroom|gimp|snapseed|meitu|美图|醒图|picsart|pixelmator|affinity photo|faceapp|b612|canva|remini|"
    r"paint\.net|coreldraw|corel paintshop|photopea|pixlr|acdsee|photoscape|vsco|facetune|inpaint|retouch",
    re.IGNORECASE,
)
_SOFTWARE_TAGS = (0x000B, 0x0131)
"""EXIF: ProcessingSoftware, Software."""
_XMP_TOOL = re.compile(rb"(?:CreatorTool|softwareAgent)(?:=\"|>)([^\"<]{1,80})")
_SIDE = 8
_LOW = 4
"""Coefficients up to the third frequency each way hold what there is to see."""
_ROWS_AT_ONCE = 128
_CONSISTENT, _BY_CHANCE, _BETTER = 0.75, 0.75, 0.2
_PIXEL_NOISE = 1.2
"""Decoding rounds to whole pixels, which moves a coefficient by up to about this much."""
_DARKEST, _LIGHTEST = 1, 254
"""Colours at the ends of the scale were cut off, which moves a block's coefficients."""
_BANDS_LEAST = 3
_COEFFICIENTS_LEAST = 400
_VALUES_LEAST = 16
_WINDOW = 5
"""Blocks each way that are judged together: forty pixels."""
_WINDOW_LEAST = 12
_STRANGE = 0.5
_PART_LEAST, _PART_MOST = 16, 0.5
"""Windows in one part, and its largest share of the picture: beyond, it is the rest that was pasted in."""


@dataclass(frozen=True, slots=True)
class TamperMark:
    """One finding: ``editor_named`` with the tool, ``part_saved_once`` with its box in pixels."""

    code: str
    detail: str

    def as_json(self) -> dict[str, str]:
        return asdict(self)


def tamper_marks(content: bytes) -> list[TamperMark]:
    """What is found in the file of a picture that opens."""
    image = Image.open(io.BytesIO(content))
    found = [TamperMark("editor_named", tool) for tool in _editors(image)][:1]
    if image.format == "JPEG" and (box := part_saved_once(content)) is not None:
        found.append(TamperMark("part_saved_once", ",".join(map(str, box))))
    return found


def tamper_score(marks: list[TamperMark]) -> int:
    """0 to 100: what a person has to look at from 60, and only both kinds of evidence together from 90."""
    codes = {mark.code for mark in marks}
    if {"editor_named", "part_saved_once"} <= codes:
        return BOTH_SCORE
    return PART_SCORE if "part_saved_once" in codes else EDITOR_SCORE if codes else 0


def _editors(image: Image.Image) -> Iterator[str]:
    exif = image.getexif()
    texts = [str(exif.get(tag, "")) for tag in _SOFTWARE_TAGS]
    texts += [str(image.info.get(name, "")) for name in ("Software", "software", "Comment")]
    xmp = image.info.get("xmp", b"")
    raw = xmp if isinstance(xmp, bytes) else str(xmp).encode()
    texts += [told.decode("utf-8", "replace") for told in _XMP_TOOL.findall(raw)]
    for text in texts:
        if _EDITORS.search(text):
            yield text.strip("\x00 ")[:80]


def part_saved_once(content: bytes) -> tuple[int, int, int, int] | None:
    """The box (left, top, right, bottom; pixels) of the largest part that lacks the gaps of an earlier saving which
    the rest shows; None where the picture shows none, or is whole."""
    image: Any = Image.open(io.BytesIO(content))
    image.draft("L", None)
    steps = image.quantization.get(0)
    pixels = np.asarray(image.convert("L"), dtype=np.float32)
    if steps is None or min(pixels.shape) < _SIDE * _WINDOW:
        return None
    table = np.asarray(steps, dtype=np.float32).reshape(_SIDE, _SIDE)[:_LOW, :_LOW]
    levels = _levels(pixels, table)
    is_whole = _unclipped(Image.open(io.BytesIO(content)).convert("RGB"), levels.shape[:2])
    strange, told = _judged(levels, is_whole, table)
    if told is None:
        return None
    return _box(_summed(strange), _summed(told))


def _levels(pixels: Array, table: Array) -> Array:
    """The quantised low coefficients of each block: rows, columns, frequencies down, frequencies across."""
    height, width = (side // _SIDE for side in pixels.shape)
    waves = _cosines()[:_LOW]
    strips = []
    for start in range(0, height, _ROWS_AT_ONCE):
        part = pixels[start * _SIDE : min(start + _ROWS_AT_ONCE, height) * _SIDE, : width * _SIDE] - 128
        blocks = part.reshape(-1, _SIDE, width, _SIDE).transpose(0, 2, 1, 3)
        strips.append(np.rint(waves @ blocks @ waves.T / table).astype(np.int16))
    return np.concatenate(strips)


def _unclipped(image: Image.Image, shape: tuple[int, ...]) -> Array:
    """The blocks without a colour at the end of its scale."""
    height, width = shape
    pixels = np.asarray(image)[: height * _SIDE, : width * _SIDE]
    is_cut = (pixels <= _DARKEST) | (pixels >= _LIGHTEST)
    return np.asarray(~is_cut.any(axis=2).reshape(height, _SIDE, width, _SIDE).any(axis=(1, 3)))


def _cosines() -> Array:
    at = np.arange(_SIDE)
    waves = np.cos((2 * at[None, :] + 1) * at[:, None] * np.pi / (2 * _SIDE)) * np.sqrt(2 / _SIDE)
    waves[0] /= np.sqrt(2)
    return np.asarray(waves, dtype=np.float32)


def _judged(levels: Array, is_whole: Array, table: Array) -> tuple[Array, Array | None]:
    """Per block how many coefficients an earlier saving cannot have left, and how many could tell; no second where too
    few frequencies show an earlier saving."""
    strange = np.zeros(levels.shape[:2], dtype=np.int32)
    told = np.zeros(levels.shape[:2], dtype=np.int32)
    bands = 0
    for down in range(_LOW):
        for across in range(_LOW):
            if down == across == 0:
                continue
            values = np.abs(levels[:, :, down, across].astype(np.int32)) * is_whole
            left = _left_by_earlier(values, float(table[down, across]))
            if left is None:
                continue
            bands += 1
            is_told = values > 0
            strange += is_told & ~left[values]
            told += is_told
    return strange, told if bands >= _BANDS_LEAST else None


def _left_by_earlier(values: Array, step: float) -> Array | None:
    """Which values a coarser saving leaves, where nearly all values are such and would not be by chance."""
    counts = np.bincount(values.ravel(), minlength=_VALUES_LEAST)
    counts[0] = 0
    total = counts.sum()
    if total < _COEFFICIENTS_LEAST or step < 1:
        return None
    best: tuple[float, Array] | None = None
    for earlier in range(int(step) + 1, int(step * 8) + 8):
        left = _multiples(earlier / step, len(counts), spread=int(_PIXEL_NOISE / step))
        share = counts[left].sum() / total
        chance = _by_chance(counts, left, width=2 * int(np.ceil(earlier / step)) + 1)
        if chance <= _BY_CHANCE and share >= _CONSISTENT and (best is None or share - chance > best[0]):
            best = (share - chance, left)
    return best[1] if best is not None and best[0] >= _BETTER else None


def _multiples(ratio: float, count: int, *, spread: int) -> Array:
    """The values that multiples of an earlier step come to, and what rounding to whole pixels makes of them."""
    at = np.rint(np.arange(int(count / ratio) + 2) * ratio).astype(int)
    left = np.zeros(count, dtype=bool)
    for off in range(-spread, spread + 1):
        near = at + off
        left[near[(near >= 0) & (near < count)]] = True
    return left


def _by_chance(counts: Array, left: Array, *, width: int) -> float:
    """The share of values that would be among those anyway, if nothing had left gaps."""
    smooth = np.convolve(counts[1:], np.ones(width) / width, mode="full")[width // 2 :][: len(counts) - 1]
    return float(smooth[left[1:]].sum() / max(smooth.sum(), 1e-9))


def _summed(blocks: Array) -> Array:
    """The sums of all windows of blocks."""
    sums = np.pad(blocks.cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    return np.asarray(
        sums[_WINDOW:, _WINDOW:] - sums[:-_WINDOW, _WINDOW:] - sums[_WINDOW:, :-_WINDOW] + sums[:-_WINDOW, :-_WINDOW]
    )


def _box(strange: Array, told: Array) -> tuple[int, int, int, int] | None:
    """The box around the largest part of neighbouring windows whose coefficients mostly do not fit."""
    usual = strange.sum() / max(int(told.sum()), 1)
    is_strange = (told >= _WINDOW_LEAST) & (strange >= told * max(_STRANGE, 6 * usual))
    parts = _parts(is_strange)
    if not parts or usual > _STRANGE / 2:
        return None
    largest = max(parts, key=len)
    rows, columns = [place[0] for place in largest], [place[1] for place in largest]
    if not _PART_LEAST <= len(largest) <= is_strange.size * _PART_MOST:
        return None
    return (
        min(columns) * _SIDE,
        min(rows) * _SIDE,
        (max(columns) + _WINDOW) * _SIDE,
        (max(rows) + _WINDOW) * _SIDE,
    )


def _parts(marked: Array) -> list[list[tuple[int, int]]]:
    """The marked places, those that touch together."""
    left = {(int(row), int(column)) for row, column in np.argwhere(marked)}
    parts = []
    while left:
        open_ends, part = [left.pop()], []
        while open_ends:
            row, column = open_ends.pop()
            part.append((row, column))
            near = {(row + 1, column), (row - 1, column), (row, column + 1), (row, column - 1)} & left
            left -= near
            open_ends += near
        parts.append(part)
    return parts


def marks_json(marks: list[TamperMark]) -> list[Mapping[str, str]]:
    return [mark.as_json() for mark in marks]
