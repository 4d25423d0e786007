"""Recalibration (参数校准): the values of a series in a region calculated from how its price moved.

A formula is one expression of the engine's language. It may read

- ``base``: the value that would count there without a value of the series' own in the region,
- ``current``: that value of its own, null when there is none,
- ``price_index``, ``move_rate`` (against thirty days before) and ``drop_rate`` (how far it fell, zero when it rose),
- ``days_inside``: the days since the price last moved by more than the trigger.

It gives the value that is to count, or null when the series needs none of its own. A value of a series counts before
one of a scenario, so each line of a parameter (a scenario, a product … that has a value of its own) is calculated
from its own base: what is lower for used cars stays lower. Tightening with a rest of
fourteen days:
``drop_rate > 0.05 ? max([base - (drop_rate - 0.05), base * 0.8]) : days_inside < 14 ? current : null``
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

import zen

from axle.decisioning.domain.canonical import engine_value
from axle.decisioning.domain.fields import Field
from axle.decisioning.domain.flow_types import NUMBER, Kind, Type, TypeFault
from axle.decisioning.domain.inference import Surroundings, infer
from axle.decisioning.domain.policy import Place, PolicyValue, Resolver, Scope, Stored, place_of
from axle.decisioning.domain.policy_reading import value_of_number
from axle.decisioning.domain.syntax import SyntaxFault, parse_expression

LOOKS_BACK_DAYS = 30
NEVER_MOVED_DAYS = 9999
_WIDEST = Scope()
_NULLABLE = Type(Kind.NUMBER, is_nullable=True)
_SCOPE = {
    "base": NUMBER,
    "current": _NULLABLE,
    "price_index": NUMBER,
    "move_rate": NUMBER,
    "drop_rate": NUMBER,
    "days_inside": NUMBER,
}


@dataclass(frozen=True)
class Price:
    """A series in a region on a day."""

    vehicle_series: str
    region: str
    price_index: Decimal
    move_rate: Decimal | None
    days_inside: int


@dataclass(frozen=True)
class Formula:
    """An expression and the parameter that it calculates."""

    code: str
    field: Field
    expression: str


@dataclass(frozen=True)
class NotCalculated:
    """A value that a formula did not give, and why."""

    code: str
    vehicle_series: str
    region: str
    detail: str


def formula_fault(expression: str) -> str:
    """Why an expression cannot be a formula; empty when it can."""
    try:
        found = infer(parse_expression(expression), Surroundings(_SCOPE))
        zen.compile_expression(expression)
    except (SyntaxFault, TypeFault, RuntimeError) as fault:
        return str(fault).split("\n", 1)[0]
    return "" if found.kind in (Kind.NUMBER, Kind.NULL) else f"a number or null is wanted, not {found}"


def move_of(index: Decimal, earlier: Sequence[tuple[date, Decimal]], on: date) -> Decimal | None:
    """How far an index moved since the last one that is at least thirty days old; ``earlier`` is newest first."""
    before = next((known for day, known in earlier if day <= on - timedelta(days=LOOKS_BACK_DAYS)), None)
    return None if before is None else (index / before - 1).quantize(Decimal("0.000001"))


def days_inside_of(move: Decimal | None, trigger: Decimal, last_outside: date | None, on: date) -> int:
    """Days since the price last moved by more than the trigger."""
    if move is not None and abs(move) > trigger:
        return 0
    return NEVER_MOVED_DAYS if last_outside is None else (on - last_outside).days


def recalculated(
    formulas: Sequence[Formula], prices: Iterable[Price], values: Iterable[PolicyValue]
) -> tuple[list[tuple[PolicyValue, bool]], list[NotCalculated]]:
    """The changes that formulas make for prices: a value set, or taken away; what stays as it is is left out.

    A price that nobody can compare changes nothing. What cannot be calculated is told and changes nothing.
    """
    lasting = [value for value in values if value.since is None]
    standing, resolver, lines = {value.key: value.value for value in lasting}, Resolver(lasting), _lines(lasting)
    changes: list[tuple[PolicyValue, bool]] = []
    wrong: list[NotCalculated] = []
    for price in prices:
        if price.move_rate is None:
            continue
        place = place_of({"vehicle_series": price.vehicle_series, "region_code": price.region}, ())
        own = Scope(region=price.region, vehicle_series=price.vehicle_series)
        bases = {_WIDEST: resolver.resolve(place, leaving_out=own)}
        for formula in formulas:
            for line in lines[formula.field.name]:
                if line not in bases:
                    bases[line] = resolver.resolve(_place_of_line(line, price.region))
                found = _calculated(formula, price, line, bases[line], standing)
                if isinstance(found, NotCalculated):
                    wrong.append(found)
                elif found is not None:
                    changes.append(found)
    return changes, wrong


def _lines(values: Iterable[PolicyValue]) -> Mapping[str, list[Scope]]:
    """Of each parameter the scopes that have a value, whatever the region and series; the widest first."""
    lines: defaultdict[str, list[Scope]] = defaultdict(lambda: [_WIDEST])
    for value in values:
        line = value.scope._replace(region="", vehicle_series="")
        if not value.vehicle_series and line not in lines[value.parameter]:
            lines[value.parameter].append(line)
    return lines


def _place_of_line(line: Scope, region: str) -> Place:
    """What a case offers that is of a line and of no series."""
    regions = dict(zip(Scope._fields, place_of({"region_code": region}, ()).parts, strict=True))["region"]
    told = zip(Scope._fields, line, strict=True)
    return Place(tuple(regions if name == "region" else ((part,) if part else ()) for name, part in told))


def _calculated(
    formula: Formula, price: Price, line: Scope, base: Mapping[str, Stored], standing: Mapping[Any, Stored]
) -> tuple[PolicyValue, bool] | NotCalculated | None:
    name = formula.field.name
    scope = line._replace(vehicle_series=price.vehicle_series, region=price.region)
    row: dict[str, Any] = {"parameter": name, **scope._asdict()}
    key = PolicyValue(**row, value=0).key
    current = standing.get(key)
    told = (formula.code, price.vehicle_series, price.region)
    if name not in base:
        return NotCalculated(*told, "no value to start from")
    number = _asked(formula, price, base[name], current)
    if isinstance(number, str):
        return NotCalculated(*told, number)
    if number is None:
        return None if current is None else (PolicyValue(**row, value=current), True)
    value = value_of_number(formula.field, number)
    if value is None:
        return NotCalculated(*told, f"{number} is no value of {name}")
    return None if value == current else (PolicyValue(**row, value=value), False)


def _asked(formula: Formula, price: Price, base: Stored, current: Stored | None) -> Any:
    """What the expression gives; a text says why it gave nothing."""
    assert price.move_rate is not None
    context = {
        "base": engine_value(formula.field, base),
        "current": engine_value(formula.field, current),
        "price_index": float(price.price_index),
        "move_rate": float(price.move_rate),
        "drop_rate": max(0.0, -float(price.move_rate)),
        "days_inside": price.days_inside,
    }
    try:
        found = _compiled(formula.expression)(context)
    except RuntimeError as error:
        return str(error).split("\n", 1)[0][:200]
    is_number = isinstance(found, int | float) and not isinstance(found, bool)
    return found if found is None or is_number else f"{found} is no number"


@lru_cache(maxsize=256)
def _compiled(expression: str) -> Callable[[Any], Any]:
    evaluate: Callable[[Any], Any] = zen.compile_expression(expression).evaluate
    return evaluate
