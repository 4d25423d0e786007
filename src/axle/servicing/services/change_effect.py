"""What a change would do to a loan on a day."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from axle.amortization.public import Event, Position, event_from_json
from axle.platform.public import parameter_value
from axle.servicing.domain.changes import ChangeFacts, ChangeLimits, change_check
from axle.servicing.models import ChangeState, Loan
from axle.servicing.parameters import DUE_DAY_CHANGES, EXTENSIONS, HOLIDAY_PERIODS, TERM_MONTHS
from axle.servicing.services.loan_restate import life_of


@dataclass(frozen=True)
class Effect:
    """A change with the positions without it and with it."""

    event: Event
    before: Position
    after: Position


def change_effect(loan: Loan, *, kind: str, asked: dict[str, Any], on: date, event_no: str = "asked") -> Effect:
    """Replay the loan with the change. Errors: those of the engine and of ``change_check``."""
    event = event_from_json({**asked, "kind": kind, "id": event_no, "on": on.isoformat()})
    life = life_of(loan)
    effect = Effect(event, life.position(on), life.plus(event).position(on))
    change_check(event, _facts(loan), _limits(), effect.before, effect.after)
    return effect


def _facts(loan: Loan) -> ChangeFacts:
    done = loan.changes.filter(state=ChangeState.EXECUTED).values_list("kind", flat=True)
    return ChangeFacts(start_on=loan.disbursed_on, periods=loan.periods, done=tuple(done))


def _limits() -> ChangeLimits:
    return ChangeLimits(
        due_day_changes=parameter_value(DUE_DAY_CHANGES.code),
        extensions=parameter_value(EXTENSIONS.code),
        term_months=parameter_value(TERM_MONTHS.code),
        holiday_periods=parameter_value(HOLIDAY_PERIODS.code),
    )
