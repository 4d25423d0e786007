"""What a change of the plan would do to a loan on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from axle.amortization.errors import RowsAreFixed
from axle.amortization.public import (
    AgreedPlan,
    Deferral,
    DueDayChange,
    Event,
    Extension,
    Position,
    RateChange,
    Reversal,
    event_from_json,
)
from axle.platform.public import parameter_value
from axle.servicing.domain.changes import ChangeFacts, ChangeLimits, change_check, term_check
from axle.servicing.errors import ChangeNotDifferent, ClaimNotOurs, WrittenOffAlready
from axle.servicing.models import Carrying, ChangeKind, ChangeState, Loan
from axle.servicing.parameters import (
    ACCELERATION_PERIODS,
    DUE_DAY_CHANGES,
    EXTENSION_DAYS,
    EXTENSION_OVERDUE_DAYS,
    EXTENSIONS,
    HOLIDAY_PERIODS,
    TERM_MONTHS,
)
from axle.servicing.selectors.write_offs import DEFAULT_GROUND, write_off_rule_of
from axle.servicing.services.loan_restate import Life, life_of

PLAN_KINDS = (
    ChangeKind.DUE_DAY_CHANGE,
    ChangeKind.EXTENSION,
    ChangeKind.RATE_CHANGE,
    ChangeKind.DEFERRAL,
    ChangeKind.RESTRUCTURING,
    ChangeKind.AGREED_PLAN,
    ChangeKind.ACCELERATION,
    ChangeKind.ACCRUAL_RESUMPTION,
    ChangeKind.WRITE_OFF,
)
"""The changes that are events of the loan's life."""
_LAID_OUT = (RateChange, DueDayChange, Extension, Deferral)
"""Events that lay out anew what is not due."""
INTERNAL_KINDS = (ChangeKind.ACCRUAL_RESUMPTION, ChangeKind.WRITE_OFF)
"""Changes of our books: the borrower owes the same and gets no notice."""


@dataclass(frozen=True)
class Effect:
    """A change's events with the positions without them and with them."""

    events: tuple[Event, ...]
    before: Position
    after: Position


def change_effect(loan: Loan, *, kind: str, asked: dict[str, Any], on: date, event_nos: Sequence[str] = ()) -> Effect:
    """Replay the loan with the change.

    Errors: WrittenOffAlready, ClaimNotOurs, ChangeNotDifferent, RowsAreFixed, those of the engine and of
    ``change_check``.
    """
    _in_our_books(loan, kind)
    parts = events_asked(kind, asked)
    numbers = event_nos or [f"asked-{index}" for index in range(len(parts))]
    events = tuple(
        event_from_json({**part, "id": number, "on": on.isoformat()})
        for part, number in zip(parts, numbers, strict=True)
    )
    life = life_of(loan)
    _rows_free(life, events, on)
    before, after = life.position(on), life.position(on)
    for event in events:
        life = life.plus(event)
        without, after = after, life.position(on)
        _check(loan, kind, event, _limits(loan, asked), without, after)
    return Effect(events, before, after)


def _rows_free(life: Life, events: Sequence[Event], on: date) -> None:
    """Rows that were agreed one by one are not laid out anew. Errors: RowsAreFixed.

    The engine says so from the next day on; on the day of an agreed plan other changes count before it, and in vain.
    """
    gone = {event.of for event in life.events if isinstance(event, Reversal)}
    if any(isinstance(event, AgreedPlan) and event.on == on and event.id not in gone for event in life.events):
        for event in events:
            if isinstance(event, _LAID_OUT):
                raise RowsAreFixed(field="events", method="irregular", id=event.id)


def _in_our_books(loan: Loan, kind: str) -> None:
    """Nothing is agreed about a loan that is written off; of a claim that was sold our books have nothing to change."""
    if loan.carrying == Carrying.WRITTEN_OFF:
        raise WrittenOffAlready()
    if loan.carrying == Carrying.SOLD and kind in INTERNAL_KINDS:
        raise ClaimNotOurs()


def events_asked(kind: str, asked: dict[str, Any]) -> list[dict[str, Any]]:
    """The events of a change without their numbers and dates. Errors: ChangeNotDifferent when there are none.

    A restructuring puts off instalments, lengthens the term and lowers the rate, or some of it; or it is a plan whose
    rows are agreed one by one.
    """
    if kind == ChangeKind.WRITE_OFF:
        return [{"kind": kind}]
    if kind != ChangeKind.RESTRUCTURING:
        return [{**asked, "kind": kind}]
    if asked.get("rows"):
        return [{"kind": ChangeKind.AGREED_PLAN, "rows": asked["rows"], **_given(asked, "annual_rate")}]
    parts: list[dict[str, Any]] = []
    if asked.get("more_periods"):
        parts.append({"kind": "extension", "periods": asked["more_periods"], **_given(asked, "annual_rate")})
    elif asked.get("annual_rate"):
        parts.append({"kind": "rate_change", "annual_rate": asked["annual_rate"]})
    if asked.get("periods_off"):
        parts.append({"kind": "deferral", "periods": asked["periods_off"], **_given(asked, "interest")})
    if not parts:
        raise ChangeNotDifferent()
    return parts


def _given(asked: dict[str, Any], name: str) -> dict[str, Any]:
    return {name: asked[name]} if asked.get(name) else {}


def _check(loan: Loan, kind: str, event: Event, limits: ChangeLimits, before: Position, after: Position) -> None:
    """A restructuring may do more than other changes, but not run for ever."""
    facts = _facts(loan)
    if kind == ChangeKind.RESTRUCTURING:
        term_check(event, facts, limits, after)
    else:
        change_check(event, facts, limits, before, after)


def _facts(loan: Loan) -> ChangeFacts:
    done = loan.changes.filter(state=ChangeState.EXECUTED).values_list("kind", flat=True)
    return ChangeFacts(start_on=loan.disbursed_on, periods=loan.periods, done=tuple(done))


def _limits(loan: Loan, asked: dict[str, Any]) -> ChangeLimits:
    rule = write_off_rule_of(loan, asked.get("ground", DEFAULT_GROUND))
    return ChangeLimits(
        due_day_changes=parameter_value(DUE_DAY_CHANGES.code),
        extensions=parameter_value(EXTENSIONS.code),
        extension_days=parameter_value(EXTENSION_DAYS.code),
        extension_overdue_days=parameter_value(EXTENSION_OVERDUE_DAYS.code),
        term_months=parameter_value(TERM_MONTHS.code),
        holiday_periods=parameter_value(HOLIDAY_PERIODS.code),
        acceleration_periods=parameter_value(ACCELERATION_PERIODS.code),
        write_off_days=rule.least_days if rule else 0,
    )
