"""Reading the case tables of these tests."""

import csv
from pathlib import Path

FOLDER = Path(__file__).parent / "cases"


def cases(name: str) -> list[tuple[str, ...]]:
    """The rows of ``cases/<name>.csv`` without its header."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [tuple(row) for row in csv.reader(file)][1:]
