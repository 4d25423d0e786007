"""Characters that recognisers confuse, put right where a check digit can prove it.

A repair is taken only when exactly one of the likely confusions makes the check digit right; two candidates
prove nothing.
"""

from collections.abc import Callable, Iterator

_TO_DIGIT = str.maketrans("OoQDIilLZzSsBGbq", "0000111122558669")
_LOOK_ALIKE = {
    "0": "DO8", "1": "I7L", "2": "Z7", "3": "8", "4": "A", "5": "S6", "6": "G5", "7": "1T", "8": "B3", "9": "G",
    "B": "8", "D": "0", "G": "6", "S": "5", "Z": "2", "A": "4", "T": "7", "L": "1", "J": "U", "U": "J", "V": "Y",
    "Y": "V", "M": "N", "N": "M", "H": "N", "W": "V", "P": "R", "R": "P", "E": "F", "F": "E", "K": "X", "X": "K",
    "C": "G",
}  # fmt: skip


def as_digits(text: str) -> str:
    """Letters that look like digits replaced by them."""
    return text.translate(_TO_DIGIT)


def windows(text: str, size: int) -> Iterator[str]:
    """Every run of ``size`` characters, the last first: values stand at the end of their line."""
    return (text[start : start + size] for start in range(len(text) - size, -1, -1))


def repaired(text: str, is_right: Callable[[str], bool]) -> str | None:
    """The one text at a single confusion from ``text`` that passes, or None when none or several do."""
    found = {candidate for candidate in _confusions(text) if is_right(candidate)}
    return found.pop() if len(found) == 1 else None


def _confusions(text: str) -> Iterator[str]:
    for place, char in enumerate(text):
        for other in _LOOK_ALIKE.get(char, ""):
            yield text[:place] + other + text[place + 1 :]
