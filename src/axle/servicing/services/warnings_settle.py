"""Early warnings by the rules of a day: raised, led on and closed, set-based. Done twice, it changes nothing more."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.db.models import BooleanField, ExpressionWrapper, Q

from axle.kernel.rounding import round_rate
from axle.platform.public import legal_entities, next_nos, parameter_value, rows_copy, rows_update
from axle.servicing.domain.carrying import IN_BOOKS
from axle.servicing.domain.warnings import (
    Course,
    Standing,
    WarningCause,
    WarningState,
    WarningStepKind,
    car_value_level,
    car_value_rule,
    car_value_rules,
    course,
    id_expiry_days,
    id_expiry_level,
    warning_days,
)
from axle.servicing.models import Loan, LoanState, LoanWarning, LoanWarningStep
from axle.servicing.parameters import CAR_VALUE_WARNINGS, ID_EXPIRY_DAYS, WARNING_DAYS
from axle.servicing.selectors.car_values import cars_behind

NUMBERS = "YJ"
_SCOPE = ("legal_entity_id", "department_id", "owner_id", "dealer_id")
_FIGURES = ("principal_balance", "value_basis", "valued_on", "value_then", "present_value", "ltv_rate",
            "threshold_rate", "fall_rate", "valid_until")  # fmt: skip
_COLUMNS = ("level", "state", "is_watched", "level_since", "due_on", "acknowledged_by", "acknowledged_at",
            "closed_on", "closed_by_step", *_SCOPE, *_FIGURES)  # fmt: skip
_BATCH = 5000
_MOST_RATE = Decimal(9999)
"""What is kept of a ratio when a car is worth next to nothing."""


@dataclass(frozen=True)
class Found:
    """A loan that is to be warned of: whose it is, how seriously, and by which figures."""

    scope: Mapping[str, Any]
    level: str
    figures: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class _Outcome:
    """What is to be written."""

    new: list[LoanWarning] = field(default_factory=list)
    changed: list[LoanWarning] = field(default_factory=list)
    steps: list[LoanWarningStep] = field(default_factory=list)


@transaction.atomic
def warnings_settle(on: date, *, causes: Collection[str] = tuple(WarningCause), customer_id: int | None = None) -> int:
    """Settle the warnings of all loans as the rules of a date have them, or of one customer's; gives how many moved.

    New ones are raised; one that got worse is open again; one whose cause is gone closes, and so does one of a loan
    that is repaid, sold or written off. One that a person closed comes again only when it is worse.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('axle_loan_warnings'))")
    moved = 0
    if WarningCause.CAR_VALUE in causes:
        moved += _settle(WarningCause.CAR_VALUE, dict(_cars_worth_little(on)), on, None)
    if WarningCause.ID_EXPIRY in causes:
        moved += _settle(WarningCause.ID_EXPIRY, dict(_ids_expiring(on, customer_id)), on, customer_id)
    return moved


def _cars_worth_little(on: date) -> Iterator[tuple[int, Found]]:
    for entity in legal_entities():
        rules = car_value_rules(parameter_value(CAR_VALUE_WARNINGS.code, on=on, legal_entity_id=entity.id))
        if not rules:
            continue
        ratio, fall = min(rule.levels[0] for rule in rules), min(rule.least_fall for rule in rules)
        for car in cars_behind(entity.id, on, least_ratio=ratio, least_fall=fall):
            rule = car_value_rule(
                rules, product=car.product, vehicle_class=car.vehicle_class, energy=car.energy, series=car.series
            )
            worth = car.valuation
            reached = rule and car_value_level(
                rule, principal=car.principal, valuation=worth, disbursed_on=car.disbursed_on
            )
            if reached:
                level, threshold = reached
                figures = {
                    "principal_balance": car.principal,
                    "value_basis": worth.basis.value,
                    "valued_on": worth.on,
                    "value_then": worth.worth,
                    "present_value": worth.present,
                    "ltv_rate": min(round_rate(Decimal(car.principal) / worth.present, 4), _MOST_RATE),
                    "threshold_rate": threshold,
                    "fall_rate": worth.fall,
                }
                yield car.loan_id, Found(car.scope, level, figures)


def _ids_expiring(on: date, customer_id: int | None) -> Iterator[tuple[int, Found]]:
    for entity in legal_entities():
        days = id_expiry_days(parameter_value(ID_EXPIRY_DAYS.code, on=on, legal_entity_id=entity.id))
        owing = Loan.objects.filter(state=LoanState.IN_FORCE, carrying__in=IN_BOOKS, legal_entity_id=entity.id)
        rows = owing.filter(
            customer__id_is_long_term=False, customer__id_valid_until__lte=on + timedelta(days=days["yellow"])
        )
        if customer_id is not None:
            rows = rows.filter(customer_id=customer_id)
        names = ("pk", "principal_balance", "customer__id_valid_until", *_SCOPE)
        for loan_id, principal, valid_until, *scope in rows.values_list(*names).iterator(_BATCH):
            level = id_expiry_level(days, valid_until=valid_until, on=on)
            if level:
                figures = {"principal_balance": principal, "valid_until": valid_until}
                yield loan_id, Found(dict(zip(_SCOPE, scope, strict=True)), level, figures)


def _settle(cause: WarningCause, found: Mapping[int, Found], on: date, customer_id: int | None) -> int:
    known = {warning.loan_id: warning for warning in _watched(cause, customer_id)}
    handling = {
        entity.id: warning_days(parameter_value(WARNING_DAYS.code, on=on, legal_entity_id=entity.id))
        for entity in legal_entities()
    }
    written = _Outcome()
    for loan_id in sorted(known.keys() | found.keys()):
        warning, seen = known.get(loan_id), found.get(loan_id)
        going = course(_standing(warning), seen.level if seen else None)
        if going is None:
            continue
        if going.is_new and seen is not None:
            if warning is not None:
                warning.is_watched = False
                written.changed.append(warning)
            days = handling[seen.scope["legal_entity_id"]][seen.level]
            written.new.append(_raised(loan_id, cause, seen, on, on + timedelta(days=days)))
        elif warning is not None:
            _led_on(warning, seen, going, on, handling, written)
    return _write(written, on)


def _watched(cause: WarningCause, customer_id: int | None) -> Iterable[LoanWarning]:
    rows = LoanWarning.objects.select_for_update(of=("self",)).filter(cause=cause, is_watched=True)
    if customer_id is not None:
        rows = rows.filter(loan__customer_id=customer_id)
    is_ours = Q(loan__state=LoanState.IN_FORCE, loan__carrying__in=IN_BOOKS)
    return rows.order_by("pk").annotate(is_ours=ExpressionWrapper(is_ours, output_field=BooleanField()))


def _standing(warning: LoanWarning | None) -> Standing | None:
    if warning is None:
        return None
    return Standing(warning.level, warning.state, is_handled=warning.state == WarningState.CLOSED)


def _raised(loan_id: int, cause: str, seen: Found, on: date, due_on: date) -> LoanWarning:
    return LoanWarning(
        loan_id=loan_id,
        cause=cause,
        level=seen.level,
        raised_on=on,
        level_since=on,
        due_on=due_on,
        **seen.scope,
        **seen.figures,
    )


def _led_on(
    warning: LoanWarning,
    seen: Found | None,
    going: Course,
    on: date,
    handling: Mapping[int, Mapping[str, int]],
    written: _Outcome,
) -> None:
    before = [getattr(warning, name) for name in _COLUMNS]
    warning.state, step = going.state, going.step
    if seen is None:
        warning.is_watched = False
    else:
        for name, value in {**seen.scope, **seen.figures}.items():
            setattr(warning, name, value)
        if step is not None:
            warning.level, warning.level_since = seen.level, on
    if step is WarningStepKind.WORSENED:
        warning.due_on = on + timedelta(days=handling[warning.legal_entity_id][warning.level])
        warning.acknowledged_by, warning.acknowledged_at = "", None
    if step is WarningStepKind.RECOVERED:
        step = step if getattr(warning, "is_ours", True) else WarningStepKind.LOAN_LEFT
        warning.closed_on, warning.closed_by_step = on, step
    if step is not None:
        written.steps.append(warning_step(warning, step, on))
    if [getattr(warning, name) for name in _COLUMNS] != before:
        written.changed.append(warning)


def warning_step(warning: LoanWarning, kind: str, on: date, **told: str) -> LoanWarningStep:
    """A row of what happened to a warning, as it stands after it."""
    return LoanWarningStep(warning=warning, on=on, kind=kind, level=warning.level, ltv_rate=warning.ltv_rate, **told)


def _write(written: _Outcome, on: date) -> int:
    rows_update(written.changed, _COLUMNS)
    new = written.new
    for number, warning in zip(next_nos(NUMBERS, on=on, count=len(new)) if new else [], new, strict=True):
        warning.warning_no = number
    LoanWarning.objects.bulk_create(new, batch_size=_BATCH)
    rows_copy([*written.steps, *(warning_step(warning, WarningStepKind.RAISED, on) for warning in new)])
    return len(new) + len(written.steps)


def warnings_close(*, loan_id: int, on: date) -> None:
    """The loan is settled: nobody needs to look after it any more."""
    rows = LoanWarning.objects.select_for_update().filter(loan_id=loan_id, is_watched=True)
    written = _Outcome()
    for warning in rows:
        if warning.state != WarningState.CLOSED:
            warning.state, warning.closed_on = WarningState.CLOSED, on
            warning.closed_by_step = WarningStepKind.LOAN_LEFT
            written.steps.append(warning_step(warning, WarningStepKind.LOAN_LEFT, on))
        warning.is_watched = False
        written.changed.append(warning)
    _write(written, on)
