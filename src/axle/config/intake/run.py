"""One run over a file: rows in stretches, each taken once, and what became of them counted."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from axle.config.intake.batch_take import BatchIn, BatchOut, ReasonTold, RowTaken
from axle.config.intake.book_row import BookRow
from axle.config.intake.commands import key_of, once
from axle.config.intake.error_file import ErrorFile
from axle.config.intake.faults import BadRow
from axle.config.intake.mapping import BookMapping
from axle.config.intake.place import BookPlace, BookPlaceIn
from axle.config.intake.source import Source
from axle.platform.public import Actor

STRETCH = 500
"""Lines of the file that are taken together, in one transaction."""


@dataclass
class Tally:
    """What became of the rows of a file; ``line`` is the last line that was read."""

    rows: int = 0
    line: int = 0
    new: int = 0
    known: int = 0
    booked: int = 0
    principal: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    by_outcome: Counter[tuple[str, str]] = field(default_factory=Counter)
    reasons: dict[str, ReasonTold] = field(default_factory=dict)

    def add(self, out: BatchOut, *, since: datetime) -> None:
        """Count a stretch; one taken before this run counts as known."""
        if out.taken_at >= since:
            self.new += len(out.rows)
        else:
            self.known += len(out.rows)
        for row in out.rows:
            self.outcomes[row.outcome] += 1
            self.codes.update(row.codes)
            self.by_outcome.update((row.outcome, code) for code in row.codes)
            if row.contract_no:
                self.booked += 1
                self.principal += row.principal
        for code, told in out.reasons.items():
            self.reasons.setdefault(code, told)


@dataclass(frozen=True)
class BookRun:
    """A file with its mapping, where its rows are kept, and whether approved ones are booked."""

    actor: Actor
    source: Source
    mapping: BookMapping
    books: bool
    begun_at: datetime

    @cached_property
    def place(self) -> BookPlace:
        """The book's place, made on the first run."""
        mapping = self.mapping
        wanted = BookPlaceIn(
            legal_entity=mapping.legal_entity,
            department=mapping.department,
            catalogue=mapping.catalogue,
            strategy=mapping.strategy,
        )
        key = f"intake:book:{mapping.product}"
        return BookPlace.model_validate(once("intake_book_prepare", wanted, actor=self.actor, key=key))

    def take(self, rows: list[BookRow]) -> BatchOut:
        """Take a stretch of rows, or give what became of it when it was taken before."""
        batch = BatchIn(
            file_sha256=self.source.sha256,
            mapping=self.mapping.name,
            strategy=self.mapping.strategy,
            place=self.place,
            books=self.books,
            rows=rows,
        )
        key = key_of(self.source.sha256, _stretch_of(rows[0].row))
        return BatchOut.model_validate(once("intake_batch_take", batch, actor=self.actor, key=key))


def book_take(
    run: BookRun,
    rows: Iterable[BookRow | BadRow],
    errors: ErrorFile,
    *,
    keep: Callable[[BookRow, RowTaken], None],
    tell: Callable[[Tally], None],
) -> Tally:
    """Take every readable row and hand it to ``keep`` with what became of it; gives the counts.

    Errors: those of the commands; the stretches before stay taken, and a next run goes on behind them.
    """
    tally = Tally()
    for stretch in _stretches(rows):
        good = [row for row in stretch if isinstance(row, BookRow)]
        for bad in stretch:
            if isinstance(bad, BadRow):
                errors.write(bad)
        tally.rows, tally.line = tally.rows + len(stretch), stretch[-1].row
        if good:
            out = run.take(good)
            tally.add(out, since=run.begun_at)
            for row, taken in zip(good, out.rows, strict=True):
                keep(row, taken)
        tell(tally)
    return tally


def _stretch_of(line: int) -> int:
    """The line where the stretch of a line begins; with the file's hash it says what was taken already."""
    return line - line % STRETCH


def _stretches(rows: Iterable[BookRow | BadRow]) -> Iterator[list[BookRow | BadRow]]:
    """Rows that lie in the same stretch of lines, so that the same file is always cut alike."""
    stretch: list[BookRow | BadRow] = []
    for row in rows:
        if stretch and _stretch_of(row.row) != _stretch_of(stretch[0].row):
            yield stretch
            stretch = []
        stretch.append(row)
    if stretch:
        yield stretch
