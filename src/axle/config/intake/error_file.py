"""The error file: one line for each fault of each row that was not taken."""

import csv
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from axle.config.intake.faults import BadRow
from axle.platform.public import formula_safe

HEAD = ("row", "field", "code", "reason_zh", "reason_en")


class ErrorFile:
    """Writes bad rows and counts them; without a path it only counts."""

    def __init__(self, writer: Any) -> None:
        self._writer = writer
        self.rows = 0
        self.by_code: Counter[str] = Counter()

    def write(self, bad: BadRow) -> None:
        """Add a row's faults."""
        self.rows += 1
        self.by_code.update({fault.code for fault in bad.faults})
        if self._writer is None:
            return
        for fault in bad.faults:
            sentences = (fault.sentence(locale) for locale in ("zh-CN", "en-US"))
            self._writer.writerow((bad.row, formula_safe(fault.field), fault.code, *map(formula_safe, sentences)))


@contextmanager
def error_file(path: Path | None) -> Iterator[ErrorFile]:
    """An error file for the time of the block; written anew, as UTF-8 with a mark, so that a spreadsheet reads it."""
    if path is None:
        yield ErrorFile(None)
        return
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEAD)
        yield ErrorFile(writer)
