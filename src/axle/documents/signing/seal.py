"""Drawing what a reader sees of a signature: the round red seal, and the customer's strokes."""

import io
import math

from PIL import Image, ImageDraw, ImageFont

from axle.documents.errors import SignatureEmpty, SignatureImageBroken
from axle.documents.rendering.fonts import fonts

_RED = (200, 16, 32)
_INK = (16, 24, 64)
_DRAWN, _KEPT = 720, 300  # drawn large, kept small: each signature carries its own copy of the image
_MAX_BYTES, _MAX_SIDE = 512 * 1024, 4096
_MIN_INK = 60  # dark pixels; fewer is a dot


def seal_image(name: str, legend: str = "电子合同专用章") -> Image.Image:
    """A round red seal with the organisation's name around a star, on transparent ground."""
    strength = Image.new("L", (_DRAWN, _DRAWN), 0)
    draw = ImageDraw.Draw(strength)
    draw.ellipse((8, 8, _DRAWN - 8, _DRAWN - 8), outline=255, width=22)
    draw.polygon(_star(_DRAWN / 2, _DRAWN * 0.19), fill=255)
    _write_around(strength, name)
    draw.text((_DRAWN / 2, _DRAWN * 0.77), legend, font=_font(62), fill=255, anchor="mm")
    small = strength.resize((_KEPT, _KEPT), Image.Resampling.LANCZOS)
    seal = Image.new("RGBA", small.size, (*_RED, 0))
    seal.putalpha(small.point(lambda level: level * 215 // 255))
    return seal


def _font(size: int) -> ImageFont.FreeTypeFont:
    chosen = fonts()
    return ImageFont.truetype(chosen.bold, size, index=chosen.face)


def _star(centre: float, radius: float) -> list[tuple[float, float]]:
    spokes = ((radius if point % 2 == 0 else radius * 0.382, math.radians(36 * point - 90)) for point in range(10))
    return [(centre + length * math.cos(angle), centre + length * math.sin(angle)) for length, angle in spokes]


def _write_around(canvas: Image.Image, name: str) -> None:
    """The name along the upper arc, letters standing on the circle."""
    size = 86 if len(name) <= 14 else 66
    spread = min(250.0, 17.0 * len(name))
    step = spread / max(len(name) - 1, 1)
    for position, char in enumerate(name):
        turn = -spread / 2 + step * position if len(name) > 1 else 0.0
        _stamp_letter(canvas, char, size, turn)


def _stamp_letter(canvas: Image.Image, char: str, size: int, turn: float) -> None:
    letter = Image.new("L", (size * 2, size * 2), 0)
    ImageDraw.Draw(letter).text((size, size), char, font=_font(size), fill=255, anchor="mm")
    letter = letter.rotate(-turn, resample=Image.Resampling.BICUBIC)
    angle, radius = math.radians(turn - 90), _DRAWN / 2 - 40 - size * 0.6
    place = (_DRAWN / 2 + radius * math.cos(angle) - size, _DRAWN / 2 + radius * math.sin(angle) - size)
    canvas.paste(255, (round(place[0]), round(place[1])), letter)


def drawn_signature(png: bytes) -> Image.Image:
    """The strokes of a drawn signature, cut out and small. Errors: SignatureEmpty, SignatureImageBroken."""
    strength = _ink(_opened(png))
    box = strength.point(lambda level: 255 if level > 96 else 0).getbbox()
    if box is None or sum(strength.histogram()[97:]) < _MIN_INK:
        raise SignatureEmpty(field="signature_png")
    strokes = strength.crop(box)
    strokes.thumbnail((480, 240), Image.Resampling.LANCZOS)
    signature = Image.new("RGBA", strokes.size, (*_INK, 0))
    signature.putalpha(strokes)
    return signature


def _opened(png: bytes) -> Image.Image:
    if not 0 < len(png) <= _MAX_BYTES:
        raise SignatureImageBroken(field="signature_png")
    try:
        image = Image.open(io.BytesIO(png), formats=("PNG",))
        if max(image.size) > _MAX_SIDE:
            raise SignatureImageBroken(field="signature_png")
        return image.convert("RGBA")
    except (OSError, ValueError, SyntaxError) as error:
        raise SignatureImageBroken(field="signature_png") from error


def _ink(image: Image.Image) -> Image.Image:
    """How much ink each pixel carries, on whatever ground it was drawn."""
    paper = Image.new("RGBA", image.size, (255, 255, 255, 255))
    return Image.alpha_composite(paper, image).convert("L").point(lambda level: 255 - level)
