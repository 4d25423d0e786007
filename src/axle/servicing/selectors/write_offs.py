"""Loans that may be written off for being overdue for long, and what of their evidence is filed (核销候选)."""

from datetime import date, timedelta

from django.db.models import BooleanField, Case, IntegerField, Q, QuerySet, TextField, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from axle.documents.public import captured_kinds_of, subjects_with_captured
from axle.platform.public import Actor, Subject, business_date, legal_entities, parameter_value
from axle.servicing.domain.standing import CLASSES
from axle.servicing.domain.write_offs import WriteOffGround, WriteOffRule, write_off_rule, write_off_rules
from axle.servicing.models import OPEN_STATES, Carrying, Loan, LoanChange, LoanState
from axle.servicing.parameters import WRITE_OFF_RULES
from axle.servicing.selectors.visible import loans_visible

DEFAULT_GROUND = WriteOffGround.LONG_OVERDUE.value
IN_BOOKS = (Carrying.PERFORMING, Carrying.NON_ACCRUAL)


def write_off_rule_of(loan: Loan, ground: str) -> WriteOffRule | None:
    """The rule of a ground for a loan on the business date."""
    return write_off_rule(rules_in_force(loan.legal_entity_id), ground, loan.product_code)


def rules_in_force(legal_entity_id: int) -> list[WriteOffRule]:
    """The rules of a company on the business date."""
    return write_off_rules(parameter_value(WRITE_OFF_RULES.code, legal_entity_id=legal_entity_id))


def evidence_missing(loan: Loan, rule: WriteOffRule) -> list[str]:
    """The kinds of evidence that a rule asks for and that are not filed with the loan."""
    filed = captured_kinds_of(Subject("loan", loan.pk)) if rule.evidence else set()
    return [kind for kind in rule.evidence if kind not in filed]


def write_off_candidates(actor: Actor) -> QuerySet[Loan]:
    """The loans in scope that days past due and class make candidates, without those that a change is open for.

    Which rule it is depends on company and product; each is one condition, so that the list stays one query.
    """
    today = business_date()
    cases = [
        (_condition(entity.id, rule, today), rule)
        for entity in legal_entities()
        for rule in rules_in_force(entity.id)
        if rule.ground == DEFAULT_GROUND
    ]
    late = RawSQL("greatest(%s - servicing_loan.next_unpaid_due_on, 0)", [today], output_field=IntegerField())
    is_asked = Q(pk__in=LoanChange.objects.filter(state__in=OPEN_STATES).values("loan_id"))
    rows = loans_visible(actor).filter(state=LoanState.IN_FORCE, carrying__in=IN_BOOKS, next_unpaid_due_on__lt=today)
    rows = rows.annotate(
        risk_class=Coalesce("standing__risk_class", Value(CLASSES[0])),
        days_past_due=late,
        ground=Case(
            *(When(condition, then=Value(rule.ground)) for condition, rule in cases),
            default=Value(None),
            output_field=TextField(null=True),
        ),
        is_evidenced=Case(
            *(When(condition, then=_is_evidenced(rule)) for condition, rule in cases),
            default=Value(False),
            output_field=BooleanField(),
        ),
    )
    return rows.filter(ground__isnull=False).exclude(is_asked)


def _condition(entity_id: int, rule: WriteOffRule, today: date) -> Q:
    asked = Q(legal_entity_id=entity_id, next_unpaid_due_on__lte=today - timedelta(days=rule.least_days))
    if rule.products:
        asked &= Q(product_code__in=rule.products)
    return asked & Q(risk_class__in=rule.classes) if rule.classes else asked


def _is_evidenced(rule: WriteOffRule) -> Case:
    filed = Q()
    for kind in rule.evidence:
        filed &= Q(pk__in=subjects_with_captured("loan", kind))
    return Case(When(filed, then=Value(True)), default=Value(False)) if rule.evidence else Case(default=Value(True))
