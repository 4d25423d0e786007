"""What a recogniser saw on one image: lines of text with their places, turned upright."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TextBox:
    """One printed run of characters. Edges are pixels on the upright page; ``score`` is 0 to 1."""

    text: str
    score: float
    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """The vertical middle."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Page:
    """The boxes of one image, and how far its text was turned clockwise from upright (degrees)."""

    boxes: tuple[TextBox, ...]
    turned_by: float = 0.0

    @property
    def score(self) -> float:
        """The mean score of all boxes; 0 when nothing was read."""
        return sum(box.score for box in self.boxes) / len(self.boxes) if self.boxes else 0.0
