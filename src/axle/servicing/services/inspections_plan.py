"""Planning the inspections of a day, by the rules in force on it (贷后检查计划)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce

from axle.platform.public import legal_entities, next_nos, parameter_value, rows_copy_new
from axle.servicing.domain.inspections import InspectionRule, anniversaries, inspection_rules, is_turn, rule_of
from axle.servicing.domain.standing import CLASSES
from axle.servicing.models import (
    OPEN_INSPECTION_STATES,
    Carrying,
    Inspection,
    InspectionCause,
    InspectorKind,
    Loan,
    LoanState,
    StandingChange,
)
from axle.servicing.parameters import INSPECTION_RULES

NUMBERS = "JC"
_COLUMNS = ("pk", "legal_entity_id", "department_id", "owner_id", "dealer_id", "disbursed_on", "product_code",
            "principal_balance", "risk_class", "grade")  # fmt: skip
_BATCH = 5000


@dataclass(frozen=True)
class Turn:
    """A loan that is to be inspected, why, and by which rule."""

    scope: dict[str, Any]
    loan_id: int
    risk_class: str
    cause: str
    rule: InspectionRule


def inspections_plan(on: date, shard: int, shards: int) -> int:
    """Plan the inspections of the date after ``on``: loans whose turn it is, and those whose class got worse.

    A loan with an open inspection, or one of that date, gets none. Cost grows with the loans that have an anniversary.
    """
    today, planned = on + timedelta(days=1), 0
    for entity in legal_entities():
        planned += _plan(_turns(entity.id, today), today)
    return planned


def _turns(entity_id: int, today: date) -> Iterator[Turn]:
    rules = rules_of(entity_id, today)
    if not rules:
        return
    candidates = _candidates(entity_id)
    worse = StandingChange.objects.filter(on=today).values_list("loan_id", "class_before", "class_after")
    worsened = {loan for loan, before, after in worse if CLASSES.index(after) > CLASSES.index(before)}
    for row in candidates.filter(pk__in=worsened).values(*_COLUMNS):
        if rule := rule_of(rules, **_asked(row)):
            yield _turn(row, InspectionCause.CLASS_WORSE, rule)
    by_calendar = candidates.filter(disbursed_on__in=anniversaries(today)).exclude(pk__in=worsened)
    for row in by_calendar.values(*_COLUMNS).iterator(_BATCH):
        rule = rule_of(rules, **_asked(row))
        if rule and is_turn(rule, row["disbursed_on"], today):
            yield _turn(row, InspectionCause.PERIODIC, rule)


def rules_of(entity_id: int, on: date) -> list[InspectionRule]:
    """The rules of a company on a date, in the order in which they are tried."""
    return inspection_rules(parameter_value(INSPECTION_RULES.code, on=on, legal_entity_id=entity_id))


def _candidates(entity_id: int) -> "QuerySet[Loan]":
    rows = Loan.objects.filter(state=LoanState.IN_FORCE, legal_entity_id=entity_id).exclude(carrying=Carrying.SOLD)
    is_open = Inspection.objects.filter(state__in=OPEN_INSPECTION_STATES)
    return rows.exclude(pk__in=is_open.values("loan_id")).annotate(
        risk_class=Coalesce("standing__risk_class", Value(CLASSES[0])), grade=Coalesce(F("dealer__grade"), Value(""))
    )


def _asked(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "risk_class": row["risk_class"],
        "product": row["product_code"],
        "dealer_grade": row["grade"],
        "principal": row["principal_balance"],
    }


def _turn(row: dict[str, Any], cause: str, rule: InspectionRule) -> Turn:
    scope = {name: row[name] for name in ("legal_entity_id", "department_id", "owner_id", "dealer_id")}
    return Turn(scope, row["pk"], row["risk_class"], cause, rule)


def _plan(turns: Iterator[Turn], today: date) -> int:
    drafts = [inspection_draft(turn, today) for turn in turns]
    for number, draft in zip(next_nos(NUMBERS, on=today, count=len(drafts)) if drafts else [], drafts, strict=True):
        draft.inspection_no = number
    return rows_copy_new(drafts)


def inspection_draft(turn: Turn, today: date) -> Inspection:
    """An inspection without its number. A dealer goes only where the loan has one; the manager, where it has one."""
    kind = turn.rule.inspector
    if kind == InspectorKind.DEALER and not turn.scope["dealer_id"]:
        kind = InspectorKind.FIELD
    return Inspection(
        loan_id=turn.loan_id,
        **turn.scope,
        cause=turn.cause,
        risk_class=turn.risk_class,
        inspector_kind=kind,
        inspector_id=turn.scope["owner_id"] if kind == InspectorKind.MANAGER else None,
        planned_on=today,
        due_on=today + timedelta(days=turn.rule.within_days),
    )
