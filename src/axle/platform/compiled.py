"""Queries that run in every decision: put together once for a process, prepared once for a connection.

To put a query together costs the ORM several times what it takes to run it. The values that it asks for must be plain
(numbers, texts, dates), and which conditions there are must not depend on them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import QuerySet
from django.db.models.query import ModelIterable, get_related_populators

from axle.platform.statements import prepared_cursor

Row = TypeVar("Row")

_EXAMPLES: dict[type, Callable[[int], Any]] = {
    int: lambda place: 101 + place,
    str: lambda place: f"value {place}",
    date: lambda place: date(2001, 1, 1 + place),
    datetime: lambda place: datetime(2001, 1, 1 + place, tzinfo=UTC),
}
_OTHERS = 12


class Compiled(Generic[Row]):
    """Rows by a query of some values, as the ORM would give them: instances with what ``select_related`` names, or
    tuples of ``values_list``. ``build`` gives the query; it is called with examples, once for each kinds of values."""

    def __init__(self, build: Callable[..., QuerySet[Any, Row]]) -> None:
        self._build = build
        self._statements: dict[tuple[type, ...], _Statement] = {}

    def rows(self, *values: Any) -> list[Row]:
        """All rows."""
        kinds = tuple(_kind(value) for value in values)
        statement = self._statements.get(kinds)
        if statement is None:
            statement = self._statements[kinds] = _compiled(self._build, kinds)
        return statement.rows(values)

    def first(self, *values: Any) -> Row | None:
        """The first row, where the query is of one or is ordered."""
        return next(iter(self.rows(*values)), None)


@dataclass(frozen=True)
class _Statement:
    """SQL, and for each of its places the value's number or what always stands there."""

    sql: str
    places: Sequence[tuple[int | None, Any]]
    compiler: Any
    is_of_instances: bool

    def rows(self, values: Sequence[Any]) -> list[Any]:
        with prepared_cursor() as cursor:
            cursor.execute(self.sql, [fixed if place is None else values[place] for place, fixed in self.places])
            found = cursor.fetchall()
        read = self.compiler.results_iter(results=[found])
        return list(self._instances(read)) if self.is_of_instances else [tuple(row) for row in read]

    def _instances(self, rows: Any) -> Any:
        """As ``django.db.models.query.ModelIterable`` makes them."""
        info, select = self.compiler.klass_info, self.compiler.select
        first, last = info["select_fields"][0], info["select_fields"][-1] + 1
        names = [column.target.attname for column, *_ in select[first:last]]
        related = get_related_populators(info, select, connection.alias)  # type: ignore[call-arg]
        for row in rows:
            instance = info["model"].from_db(connection.alias, names, row[first:last])
            for one in related:
                one.populate(row, instance)
            yield instance


def _kind(value: Any) -> type:
    """Which kind of value it is. Errors: TypeError for one that is not plain."""
    told = type(value)
    if told in _EXAMPLES:
        return told
    kind = next((base for base in told.__mro__ if base in _EXAMPLES), None)
    if kind is None:
        raise TypeError(f"a query is not put together for {told.__name__}")
    return kind


def _compiled(build: Callable[..., QuerySet[Any, Any]], kinds: Sequence[type]) -> _Statement:
    one, other = ([_EXAMPLES[kind](place + step) for place, kind in enumerate(kinds)] for step in (0, _OTHERS))
    queries = [build(*examples) for examples in (one, other)]
    compilers = [query.query.get_compiler(connection=connection) for query in queries]
    (sql, params), (same, others) = (compiler.as_sql() for compiler in compilers)
    if sql != same:
        raise TypeError(f"the query depends on its values: {sql}")
    places = [
        (None, value) if value == differs else (one.index(value), None)
        for value, differs in zip(params, others, strict=True)
    ]
    return _Statement(sql, places, compilers[0], issubclass(queries[0]._iterable_class, ModelIterable))
