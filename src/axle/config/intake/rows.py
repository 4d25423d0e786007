"""Records of a file as rows of a book, or as bad rows."""

from collections.abc import Iterator

from axle.config.intake.book_row import BookRow
from axle.config.intake.faults import BadRow, RowRefused
from axle.config.intake.mapping import BookMapping
from axle.config.intake.records import Record, records_read
from axle.config.intake.source import Source


def book_rows(source: Source, mapping: BookMapping) -> Iterator[BookRow | BadRow]:
    """Every row of a file, in its order. Errors: those of ``records_read``."""
    for record in records_read(source, mapping.columns):
        yield _row(record, mapping)


def _row(record: Record, mapping: BookMapping) -> BookRow | BadRow:
    if record.faults:
        return BadRow(record.row, record.faults)
    try:
        row = BookRow(row=record.row, **mapping.facts_of(record.said))
    except RowRefused as refused:
        return BadRow(record.row, refused.faults)
    faults = row.faults()
    return BadRow(record.row, tuple(faults)) if faults else row
