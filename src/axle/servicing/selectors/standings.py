"""How loans stood at the end of a past day."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery

from axle.kernel.money import Fen
from axle.platform.public import business_date
from axle.servicing.domain.carrying import IN_BOOKS
from axle.servicing.domain.credit_loss import loss_12_months
from axle.servicing.models import Loan, LoanProvision, ProvisionMonth, StandingChange
from axle.servicing.models.standing import RiskClass
from axle.servicing.selectors.positions import positions_at
from axle.servicing.services.losses_provide import year_loss


class StandingAt(NamedTuple):
    """Class and stage of a loan on a day, and why it has that class."""

    risk_class: str
    stage: int
    reason: str


NORMAL = StandingAt(RiskClass.NORMAL, 1, "")


def standings_at(loan_ids: Sequence[int], on: date) -> dict[int, StandingAt]:
    """The class and stage of some loans at the end of a day; a loan that is not named was normal and in stage 1."""
    rows = StandingChange.objects.filter(loan_id__in=list(loan_ids), on__lte=on).order_by("loan_id", "on", "pk")
    found = rows.values_list("loan_id", "class_after", "stage_after", "reason")
    return {loan_id: StandingAt(risk_class, stage, reason) for loan_id, risk_class, stage, reason in found}


class Provided(NamedTuple):
    """A month's end at which a company provided for losses; ``year_loss`` tells what a loan of a product in stage 1
    costs: the probability of its default within a year, and the loss given default.
    """

    on: date
    year_loss: Mapping[str, tuple[Decimal, Decimal]]

    def in_stage_1(self, product_code: str, principal: Fen) -> Fen:
        """The allowance of a loan in stage 1 that owed so much at the month's end."""
        pd, lgd = self.year_loss[product_code]
        return loss_12_months(principal, pd=pd, lgd=lgd)


def provided_at(legal_entity_id: int, on: date) -> Provided | None:
    """The last month's end up to a day at which a company provided for losses."""
    months = ProvisionMonth.objects.filter(legal_entity=legal_entity_id, business_on__lte=on)
    last = months.order_by("-business_on").values_list("business_on", flat=True).first()
    if last is None:
        return None
    rows = ProvisionMonth.objects.filter(legal_entity=legal_entity_id, business_on=last).order_by()
    products = rows.values_list("product_code", flat=True).distinct()
    return Provided(last, {code: year_loss(legal_entity_id, code, last) for code in products})


def provisions_at(loan_ids: Sequence[int], month_end: date) -> dict[int, Fen]:
    """What was held against some loans in stage 2 or 3 at a month's end, in fen."""
    rows = LoanProvision.objects.filter(loan_id__in=list(loan_ids), business_on=month_end)
    return {loan_id: Fen(provision) for loan_id, provision in rows.values_list("loan_id", "provision")}


class Allowance(NamedTuple):
    """What is held against a loan since a month's end, by its stage at it, in fen."""

    on: date
    stage: int
    amount: Fen


def allowance_of(loan: Loan) -> Allowance | None:
    """What is held against a loan in our books; None without a month's end since it was disbursed."""
    provided = provided_at(loan.legal_entity_id, business_date())
    if provided is None or loan.carrying not in IN_BOOKS:
        return None
    own = LoanProvision.objects.filter(loan=loan, business_on=provided.on).first()
    if own is not None:
        return Allowance(provided.on, own.stage, Fen(own.provision))
    position = positions_at([loan.pk], provided.on).get(loan.pk)
    if position is None or not position.principal_balance or loan.product_code not in provided.year_loss:
        return None
    return Allowance(provided.on, 1, provided.in_stage_1(loan.product_code, position.principal_balance))


def loans_with_class(loans: QuerySet[Any], on: date) -> QuerySet[Any]:
    """Of some loans those whose class ever changed up to a day, with ``class_at``, the class on it."""
    past = StandingChange.objects.filter(on__lte=on)
    latest = past.filter(loan_id=OuterRef("pk")).order_by("-on", "-pk").values("class_after")[:1]
    found: QuerySet[Any] = loans.filter(pk__in=past.values("loan_id")).annotate(class_at=Subquery(latest))
    return found
