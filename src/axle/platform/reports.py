"""Reports: a report is declared once and gets its page, its API, its files, its print and its place in the catalogue.

A report says what it is asked by, what its columns are, and how its rows are read. What each column means and how it
is computed stands in the locale catalogues (``meaning``, ``formula``), so that page, file and print tell the same.

Figures as of a date come from snapshots of the end of day, or from entries and events dated up to it; never from
columns that tell of today.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Protocol

from django.db.models import QuerySet

from axle.kernel.errors import AxleError
from axle.kernel.money import Fen
from axle.platform.catalogue import own_text, text
from axle.platform.listing import REACH, Col, bad_parameter
from axle.platform.scope import Actor

Row = dict[str, Any]
Choice = Mapping[str, Any]
"""What was asked for, by the key of each question, in its column's type; what was left open is absent."""
CHUNK = 500


@dataclass(frozen=True)
class Asked:
    """What a report is asked by: a column whose kind reads the answer, and what counts when nothing is said.

    ``named`` gives the name of an answer that is a key.
    """

    col: Col
    default: Callable[[], Any] | None = None
    is_required: bool = False
    named: Callable[[Any], str] | None = None

    @property
    def key(self) -> str:
        return self.col.key

    def told(self, answer: Any) -> str:
        """An answer in words."""
        if self.named:
            return self.named(answer)
        if self.col.enum:
            return text("enum", f"{self.col.enum}/{answer}")
        return str(self.col.show(answer))


class ReportRows(Protocol):
    """The rows of a report for one choice, in their order."""

    def count(self) -> int:
        """How many, as far as a person can page and one more."""

    def count_all(self) -> int:
        """How many, however long that takes."""

    def page(self, start: int, size: int) -> Sequence[Row]: ...

    def stream(self) -> Iterator[Row]:
        """All rows, lazily."""

    def totals(self) -> Row:
        """The sums over all rows, by column."""


@dataclass(frozen=True)
class KeyedRows:
    """Rows that grow with the book: keys in the order of an index, and columns read for some keys at a time.

    ``fill(keys, start)`` gives the rows of some keys in the order of the keys, the first of them being row ``start``.
    """

    keys: QuerySet[Any]
    fill: Callable[[Sequence[Any], int], Sequence[Row]]
    sums: Callable[[], Row] = dict

    def _values(self) -> QuerySet[Any, Any]:
        return self.keys.values_list("pk", flat=True)

    def count(self) -> int:
        return self.keys.order_by().values("pk")[: REACH + 1].count()

    def count_all(self) -> int:
        return self.keys.order_by().count()

    def page(self, start: int, size: int) -> Sequence[Row]:
        keys = list(self._values()[start : start + size])
        return self.fill(keys, start) if keys else ()

    def stream(self) -> Iterator[Row]:
        keys, start = self._values().iterator(chunk_size=CHUNK), 0
        while chunk := list(islice(keys, CHUNK)):
            yield from self.fill(chunk, start)
            start += len(chunk)

    def totals(self) -> Row:
        return self.sums()


@dataclass(frozen=True)
class TableRows:
    """Rows that are few whatever the size of the book, all read at once."""

    rows: Sequence[Row]
    summed: Sequence[str] = ()

    def count(self) -> int:
        return len(self.rows)

    count_all = count

    def page(self, start: int, size: int) -> Sequence[Row]:
        return self.rows[start : start + size]

    def stream(self) -> Iterator[Row]:
        return iter(self.rows)

    def totals(self) -> Row:
        return {key: sum(row.get(key) or 0 for row in self.rows) for key in self.summed}


@dataclass(frozen=True)
class ReportCheck:
    """Two figures that must be the same: what the report adds up to, and what stands elsewhere."""

    code: str
    left: Fen
    right: Fen

    @property
    def is_ok(self) -> bool:
        return self.left == self.right


@dataclass(frozen=True)
class Chart:
    """How a report's sums by one of its groups are drawn."""

    kind: str
    group: str
    values: Sequence[str]


Grouped = Callable[[Actor, Choice, str], Sequence[Row]]
"""Sums by a group: rows with ``group`` (what it is), ``count`` and the totals."""


@dataclass(frozen=True)
class Report:
    """One report. ``shelf`` is its place in the catalogue; ``rows(actor, choice)`` reads within the actor's scope.

    ``groups`` names by what its sums can be told; ``signature`` leaves an empty column of that name on paper;
    ``page_size`` is how many rows a page has unless somebody asks for another number: a statement stays in one piece.
    """

    name: str
    shelf: str
    permission: str
    asked: Sequence[Asked]
    columns: Sequence[Col]
    rows: Callable[[Actor, Choice], ReportRows]
    totals: Sequence[str] = ()
    groups: Sequence[str] = ()
    grouped: Grouped | None = None
    checks: Callable[[Actor, Choice], Sequence[ReportCheck]] | None = None
    chart: Chart | None = None
    row_link: str = ""
    signature: str = ""
    page_size: int = 20

    def choice(self, params: Mapping[str, Any]) -> Choice:
        """What is asked for, from text. Errors: InputInvalid naming the parameter."""
        found = {}
        for asked in self.asked:
            value = params.get(asked.key)
            if value not in (None, ""):
                found[asked.key] = _read(asked.col, str(value))
            elif asked.default is not None:
                found[asked.key] = asked.default()
            elif asked.is_required:
                raise bad_parameter(asked.key, "missing")
        return found

    def shown(self, row: Row) -> dict[str, Any]:
        """A row as it leaves the server."""
        return {col.key: col.show(row.get(col.key)) for col in self.columns}

    def totals_shown(self, totals: Row) -> dict[str, Any]:
        """Sums as they leave the server."""
        kinds = {col.key: col for col in self.columns}
        return {key: kinds[key].show(totals.get(key) or 0) for key in self.totals}


def _read(col: Col, value: str) -> Any:
    try:
        return col.read(value)
    except (ValueError, KeyError, ArithmeticError, AxleError) as error:
        raise bad_parameter(col.key, f"invalid_{col.kind}") from error


REPORTS: dict[str, Report] = {}


def report(declared: Report) -> Report:
    """Put a report into the catalogue; done once, in a context's room ``reports``."""
    if declared.name in REPORTS:
        raise ValueError(f"report {declared.name} is declared twice")
    REPORTS[declared.name] = declared
    return declared


def report_words(section: str, name: str, key: str = "") -> str:
    """A report's title or purpose, or the words for one of its keys; "" without any."""
    if not key:
        found = text(section, name)
        return "" if found == name else found
    context = REPORTS[name].rows.__module__.split(".")[1] if name in REPORTS else ""
    return own_text(section, context, name, key)


def column_label(name: str, key: str) -> str:
    """A column's heading in a report."""
    return report_words("field", name, key) or key
