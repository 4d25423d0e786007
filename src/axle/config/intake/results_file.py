"""The results file: one line for each row of a book that was taken, now or in an earlier run."""

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from axle.config.intake.batch_take import RowTaken
from axle.kernel.money import yuan

HEAD = ("row", "outcome", "reasons", "application_no", "contract_no", "principal")


@contextmanager
def results_file(path: Path | None) -> Iterator[Callable[[RowTaken], None]]:
    """A way to write rows for the time of the block; written anew, as UTF-8 with a mark. Without a path: nothing."""
    if path is None:
        yield lambda _taken: None
        return
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEAD)
        yield lambda taken: writer.writerow(_line(taken))


def _line(taken: RowTaken) -> tuple[object, ...]:
    principal = yuan(taken.principal) if taken.contract_no else ""
    return taken.row, taken.outcome, " ".join(taken.codes), taken.application_no, taken.contract_no, principal
