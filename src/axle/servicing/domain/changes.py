"""What the parties of a loan may agree to change, and what a change does to the plan."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from axle.amortization.public import (
    Acceleration,
    AccrualResumption,
    AgreedPlan,
    Deferral,
    DueDayChange,
    Event,
    Extension,
    Position,
    RateChange,
    WriteOff,
)
from axle.kernel.dates import add_months
from axle.kernel.errors import AxleError
from axle.kernel.money import Fen, yuan
from axle.servicing.errors import (
    AcceleratedAlready,
    AccelerationTooEarly,
    ArrearsOpen,
    ChangeUsedUp,
    ChangeWhileOverdue,
    ExtensionDaysOver,
    ExtensionTooLong,
    HolidayOverLimit,
    RateOverCap,
    RateUnchanged,
    TermOverCap,
    WriteOffTooEarly,
)


@dataclass(frozen=True)
class ChangeLimits:
    """How often and how far a loan may be changed: the dated parameters of servicing."""

    due_day_changes: int
    extensions: int
    extension_days: int
    extension_overdue_days: int
    term_months: int
    holiday_periods: int
    acceleration_periods: int
    write_off_days: int


@dataclass(frozen=True)
class ChangeFacts:
    """What the limits look at besides the change itself. ``done`` are the kinds executed so far and not reversed."""

    start_on: date
    periods: int
    done: tuple[str, ...]


class PlanFacts(NamedTuple):
    """What a plan asks for after a day: instalments to come, their interest and their total in fen."""

    annual_rate: Decimal
    instalments_left: int
    next_due_on: date | None
    next_due: Fen
    matures_on: date | None
    principal_to_come: Fen
    interest_to_come: Fen
    total_to_come: Fen


def plan_facts(position: Position) -> PlanFacts:
    """The plan of a position from the day after its date on."""
    rows = [row for row in position.schedule.instalments if row.due_on > position.as_of]
    return PlanFacts(
        annual_rate=position.annual_rate,
        instalments_left=len(rows),
        next_due_on=rows[0].due_on if rows else None,
        next_due=Fen(rows[0].total if rows else 0),
        matures_on=rows[-1].due_on if rows else None,
        principal_to_come=Fen(sum(row.principal for row in rows)),
        interest_to_come=Fen(sum(row.interest for row in rows)),
        total_to_come=Fen(sum(row.total for row in rows)),
    )


def plan_kept(position: Position) -> dict[str, Any]:
    """The facts of a plan as they are stored: dates and rates as text, amounts in fen."""
    return {
        name: value if value is None or isinstance(value, int) else _text(value)
        for name, value in plan_facts(position)._asdict().items()
    }


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def change_check(event: Event, facts: ChangeFacts, limits: ChangeLimits, before: Position, after: Position) -> None:
    """Refuse a change that the limits do not allow.

    Errors: ChangeUsedUp, ChangeWhileOverdue, ExtensionTooLong, HolidayOverLimit, RateUnchanged, TermOverCap,
    ArrearsOpen, AccelerationTooEarly, AcceleratedAlready, WriteOffTooEarly.
    """
    for refusal in _refusals(event, facts, limits, before, after):
        raise refusal
    term_check(event, facts, limits, after)


def term_check(event: Event, facts: ChangeFacts, limits: ChangeLimits, after: Position) -> None:
    """Refuse a plan that runs longer or at a higher rate than such a loan may. Errors: TermOverCap, RateOverCap."""
    matures_on = plan_facts(after).matures_on
    latest = add_months(facts.start_on, limits.term_months)
    if type(event) in _LONGER and matures_on and matures_on > latest:
        raise TermOverCap(field=_LONGER[type(event)], matures_on=matures_on.isoformat(), most=limits.term_months)
    if isinstance(event, AgreedPlan) and event.annual_rate and event.annual_rate > after.annual_rate:
        raise RateOverCap(field="new_annual_rate", most=f"{100 * after.annual_rate.normalize():f}%")


_LONGER: dict[type[Event], str] = {Extension: "more_periods", Deferral: "periods_off", AgreedPlan: "plan_rows"}
"""Events that may make a plan longer, and the field of the request that says by how much."""


def _refusals(
    event: Event, facts: ChangeFacts, limits: ChangeLimits, before: Position, after: Position
) -> Iterable[AxleError]:
    match event:
        case DueDayChange():
            if before.days_past_due:
                yield ChangeWhileOverdue(days=before.days_past_due)
            yield from _used_up("due_day_change", facts, limits.due_day_changes)
        case Extension(periods=periods):
            yield from _of_extension(periods, facts, limits, before, after)
        case Deferral(periods=periods):
            if periods > limits.holiday_periods:
                yield HolidayOverLimit(field="periods_off", most=limits.holiday_periods)
        case AgreedPlan():
            if before.days_past_due > limits.extension_overdue_days:
                yield ChangeWhileOverdue(days=before.days_past_due)
        case RateChange(annual_rate=rate):
            if rate == before.annual_rate:
                yield RateUnchanged(field="new_annual_rate")
        case _:
            yield from _standing_refusals(event, limits, before)


def _standing_refusals(event: Event, limits: ChangeLimits, before: Position) -> Iterable[AxleError]:
    match event:
        case AccrualResumption():
            if before.overdue:
                yield ArrearsOpen(amount=yuan(before.overdue))
        case Acceleration():
            yield from _acceleration(before, limits)
        case WriteOff():
            if before.days_past_due < limits.write_off_days:
                yield WriteOffTooEarly(days=before.days_past_due, least=limits.write_off_days)


def _acceleration(before: Position, limits: ChangeLimits) -> Iterable[AxleError]:
    if before.declared.accelerated_on or before.declared.written_off_on:
        yield AcceleratedAlready()
    unpaid = sum(1 for row in before.rows if row.kind == "instalment" and row.days_past_due)
    if unpaid < limits.acceleration_periods:
        yield AccelerationTooEarly(unpaid=unpaid, least=limits.acceleration_periods)


def _of_extension(
    periods: int, facts: ChangeFacts, limits: ChangeLimits, before: Position, after: Position
) -> Iterable[AxleError]:
    if before.days_past_due > limits.extension_overdue_days:
        yield ChangeWhileOverdue(days=before.days_past_due)
    yield from _used_up("extension", facts, limits.extensions)
    if 2 * periods > facts.periods:
        yield ExtensionTooLong(field="more_periods", most=facts.periods // 2)
    longer = _days_longer(before, after)
    if longer > limits.extension_days:
        yield ExtensionDaysOver(field="more_periods", days=longer, most=limits.extension_days)


def _days_longer(before: Position, after: Position) -> int:
    ends, ended = plan_facts(after).matures_on, plan_facts(before).matures_on
    return (ends - ended).days if ends and ended else 0


def _used_up(kind: str, facts: ChangeFacts, most: int) -> Iterable[AxleError]:
    if facts.done.count(kind) >= most:
        yield ChangeUsedUp(most=most)
