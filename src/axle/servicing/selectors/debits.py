"""Which loans are debited on a day, and up to which due date: by the working days of each company."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Q, QuerySet

from axle.platform.public import business_date, legal_entities, parameter_value, working_calendar
from axle.servicing.domain.debit_days import last_due_debited
from axle.servicing.models import Loan, LoanState
from axle.servicing.parameters import DEBIT_ON_HOLIDAYS

OWN_RULE = "terms__holidays__rule"
"""The rule of a loan's own terms, of those that have one."""


class _DebitDay(NamedTuple):
    """A day of a company: up to which due date it debits by each rule, None for nothing, and its common rule."""

    lasts: dict[str, date | None]
    rule: str


def loans_to_debit(loans: QuerySet[Loan], on: date) -> QuerySet[Loan]:
    """Those of some loans that owe an instalment by a date and whose customer has a card to debit, the latest last.

    Claims that were sold are collected as well, as long as we service them.
    """
    days = _debit_days(on)
    lasts = {last for day in days.values() for last in day.lasts.values()}
    card = {"customer__bank_cards__is_default": True, "customer__bank_cards__state": "active"}
    latest = max((last for last in lasts if last), default=on)
    owing = loans.filter(state=LoanState.IN_FORCE, next_unpaid_due_on__lte=latest, **card)
    if lasts != {on}:
        owing = owing.filter(_debited(days))
    return owing.order_by("next_unpaid_due_on", "pk")


def last_dues_debited(loan_ids: Sequence[int], on: date) -> dict[int, date]:
    """Up to which due date each of some loans is debited on a date, the date itself where that is nothing."""
    days = _debit_days(on)
    rows = Loan.objects.filter(pk__in=loan_ids).values_list("pk", "legal_entity_id", OWN_RULE)
    return {key: days[company].lasts[own or days[company].rule] or on for key, company, own in rows}


def next_debit_day(entity_id: int | None) -> date:
    """The first day after the business date on which a company debits."""
    tomorrow = business_date() + timedelta(days=1)
    rule = parameter_value(DEBIT_ON_HOLIDAYS.code, legal_entity_id=entity_id)
    return tomorrow if rule == "keep" else working_calendar(legal_entity_id=entity_id).shift(tomorrow, "next")


def _debit_days(on: date) -> dict[int, _DebitDay]:
    return {
        entity.id: _DebitDay(
            last_due_debited(working_calendar(legal_entity_id=entity.id), on),
            parameter_value(DEBIT_ON_HOLIDAYS.code, legal_entity_id=entity.id),
        )
        for entity in legal_entities()
    }


def _debited(days: dict[int, _DebitDay]) -> Q:
    found = Q(pk__in=[])
    for entity_id, day in days.items():
        for rule, last in day.lasts.items():
            if last is not None:
                own = Q(**{OWN_RULE: rule}) | (Q(**{f"{OWN_RULE}__isnull": True}) if rule == day.rule else Q(pk__in=[]))
                found |= Q(legal_entity_id=entity_id, next_unpaid_due_on__lte=last) & own
    return found
