"""kill -9 of web, worker and database at ``size`` random moments of receipts and of the end of day.

Two copies of one installation carry out the same days: one undisturbed, one with the killer. Its people ask again where
they were not answered. In the end ``./axle check`` is clean on both and all rows that money went through are the same.
Then the killer comes to a file of receipts whose parts several workers do: each row is one receipt, posted once.
"""

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.durability.trial import compared


def run(size: int = 100) -> dict[str, Any]:
    """How often who died, and how many rows differ: none may."""
    figures = compared(kills=size, seed=20261127, file_rows=max(4000, 300 * size))
    if figures["lines that differ"] or figures["file: rows that are not one receipt"]:
        raise AssertionError(f"the killed machine did not end where the other one did: {figures}")
    return figures
