"""Bar charts as SVG: the same figures give the same text, and they read on a light page and a dark one."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

_WIDTH, _LABEL, _VALUE = 800, 350, 70
_ROW, _TOP, _BAR = 24, 44, 15
_STYLE = "font-family='system-ui, sans-serif' font-size='13'"


def bars(title: str, lines: Sequence[tuple[str, int]], *, colour: str) -> str:
    """One horizontal bar per line with its label on the left and its figure behind it."""
    longest = max((count for _label, count in lines), default=1) or 1
    height = _TOP + _ROW * len(lines) + 12
    shapes = [_bar(index, label, count, longest, colour) for index, (label, count) in enumerate(lines)]
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {_WIDTH} {height}' width='{_WIDTH}'"
        f" height='{height}' role='img' {_STYLE}>\n"
        f"<title>{escape(title)}</title>\n"
        f"<rect width='{_WIDTH}' height='{height}' fill='#ffffff'/>\n"
        f"<text x='12' y='26' font-weight='600' fill='#1f2328'>{escape(title)}</text>\n"
        + "\n".join(shapes)
        + "\n</svg>\n"
    )


def _bar(index: int, label: str, count: int, longest: int, colour: str) -> str:
    y = _TOP + _ROW * index
    width = (_WIDTH - _LABEL - _VALUE - 12) * count / longest
    base = y + _BAR - 3
    return (
        f"<text x='{_LABEL - 10}' y='{base}' text-anchor='end' fill='#59636e'>{escape(label)}</text>"
        f"<rect x='{_LABEL}' y='{y}' width='{width:.1f}' height='{_BAR}' rx='2' fill='{colour}'/>"
        f"<text x='{_LABEL + width + 6:.1f}' y='{base}' fill='#1f2328'>{count:,}</text>"
    )
