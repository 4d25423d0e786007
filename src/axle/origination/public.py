"""What other contexts call on origination."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from axle.kernel.money import Fen
from axle.origination import selectors
from axle.origination.domain.dealer_months import CONTROL_ADVISED_MONTHS
from axle.origination.domain.form import ApplicationForm
from axle.origination.domain.holds import HoldState
from axle.origination.domain.lifecycle import CANCELLED
from axle.origination.jobs import begin_reviews
from axle.origination.models import Application, Contract, Disbursement, DisbursementCondition
from axle.origination.permissions import CONTRACT_VIEW, HOLD_VIEW
from axle.origination.services.application_save_draft import application_save_draft
from axle.origination.services.application_submit import application_submit
from axle.origination.services.application_withdraw import approvals_expire
from axle.origination.services.cases_import import ImportedCase, TakenCase, cases_import
from axle.origination.services.conditions_install import conditions_install
from axle.origination.services.consents_take import consent_tell
from axle.origination.services.contract_debtor_change import contract_debtor_change
from axle.origination.services.dealer_signals import dealers_abnormal
from axle.origination.services.guarantor_keep import guarantor_keep
from axle.origination.services.processes_install import processes_install
from axle.payments.public import PayoutView, payouts_paid
from axle.platform.errors import NotFound
from axle.platform.public import Actor, mask

__all__ = [
    "CONTROL_ADVISED_MONTHS",
    "ApplicationForm",
    "ApplicationView",
    "ContractView",
    "ImportedCase",
    "Payee",
    "TakenCase",
    "application_counts",
    "application_get",
    "applications_visible_ids",
    "approvals_expire",
    "cases_import",
    "conditions_install",
    "conditions_of",
    "consent_tell",
    "contract_debtor_change",
    "contract_get",
    "contracts_visible_ids",
    "dealers_abnormal",
    "disbursed_by_month",
    "draft_save",
    "draft_submit",
    "guarantor_keep",
    "holds_open",
    "letters_visible_ids",
    "payees_of",
    "processes_install",
    "reviews_begin",
]

REVIEWS_PER_JOB = 50


@dataclass(frozen=True)
class ApplicationView:
    """An application as other contexts see it."""

    id: int
    application_no: str
    state: str
    decision: str
    customer_id: int | None
    vehicle_id: int | None
    amount: Fen | None
    version: int


@dataclass(frozen=True)
class ContractView:
    """A contract as other contexts see it. ``terms`` as in ``ContractDisbursed``."""

    id: int
    contract_no: str
    application_id: int
    state: str
    legal_entity_id: int
    department_id: int
    owner_id: int | None
    dealer_id: int | None
    customer_id: int
    vehicle_id: int
    product_version_id: int
    product_code: str
    principal: Fen
    annual_rate: Decimal
    periods: int
    method: str
    first_due_on: date
    terms: Mapping[str, Any]
    document_id: int | None


def application_get(application_id: int) -> ApplicationView:
    """An application. Errors: NotFound."""
    application = Application.objects.filter(pk=application_id).first()
    if application is None:
        raise NotFound(what="application")
    return _application_view(application)


def draft_save(*, actor: Actor, form: ApplicationForm) -> ApplicationView:
    """Keep a form as a new draft; see ``services.application_save_draft`` for its errors."""
    return _application_view(application_save_draft(actor=actor, form=form))


def draft_submit(*, actor: Actor, application_id: int) -> ApplicationView:
    """Submit a draft; see ``services.application_submit`` for its errors."""
    return _application_view(application_submit(actor=actor, application_id=application_id))


def contract_get(contract_id: int) -> ContractView:
    """A contract. Errors: NotFound."""
    contract = Contract.objects.filter(pk=contract_id).first()
    if contract is None:
        raise NotFound(what="contract")
    return ContractView(
        id=contract.pk,
        contract_no=contract.contract_no,
        application_id=contract.application_id,
        state=contract.state,
        legal_entity_id=contract.legal_entity_id,
        department_id=contract.department_id,
        owner_id=contract.owner_id,
        dealer_id=contract.dealer_id,
        customer_id=contract.customer_id,
        vehicle_id=contract.vehicle_id,
        product_version_id=contract.product_version_id,
        product_code=contract.product_code,
        principal=Fen(contract.principal),
        annual_rate=contract.annual_rate,
        periods=contract.periods,
        method=contract.method,
        first_due_on=contract.first_due_on,
        terms=contract.terms,
        document_id=contract.document_id,
    )


def application_counts(actor: Actor, *, since: date) -> dict[str, int]:
    """Applications submitted since a date in the actor's scope, by state."""
    start = timezone.make_aware(datetime.combine(since, time.min))
    rows = selectors.applications_visible(actor).filter(submitted_at__gte=start).values_list("state")
    return dict(rows.annotate(count=Count("pk")).order_by("state"))


def disbursed_by_month(actor: Actor, *, since: date) -> dict[str, Fen]:
    """Money disbursed since a date by month (``2026-11``), of the cases whose contracts the actor sees, in fen."""
    rows = selectors.disbursements_in(actor.scope(CONTRACT_VIEW)).filter(value_on__gte=since)
    months = rows.annotate(month=TruncMonth("value_on")).values_list("month")
    return {f"{on:%Y-%m}": Fen(total) for on, total in months.annotate(total=Sum("amount")).order_by("month")}


@dataclass(frozen=True)
class Payee:
    """Who was paid for a contract, their account masked, and who registered and reviewed it."""

    name: str
    bank: str
    account_masked: str
    maker: str
    checker: str


def payees_of(contract_ids: Sequence[int]) -> dict[int, Payee]:
    """Who was paid, by contract; contracts of which nothing was paid are left out."""
    rows = Disbursement.objects.filter(contract_id__in=contract_ids, value_on__isnull=False).select_related("contract")
    found = list(rows.order_by("pk"))
    taken_over = payouts_paid("application", [row.contract.application_id for row in found if not row.payee_name])
    return {row.contract_id: _payee(row, taken_over.get(row.contract.application_id)) for row in found}


def _payee(row: Disbursement, payout: PayoutView | None) -> Payee:
    """Of a case that was taken over only its payment says who was paid."""
    if payout is None:
        to = (row.payee_name, row.payee_bank, mask(row.payee_account, "card"))
    else:
        to = (payout.payee_name, payout.payee_bank, payout.payee_account_masked)
    return Payee(*to, row.maker_name, row.checker_name)


def conditions_of(contract_ids: Sequence[int], codes: Sequence[str]) -> dict[int, dict[str, str]]:
    """The states of some conditions precedent, by contract and code; of a case that was taken over there are none."""
    rows = DisbursementCondition.objects.filter(disbursement__contract_id__in=contract_ids, code__in=codes)
    live = rows.exclude(disbursement__state=CANCELLED).values_list("disbursement__contract_id", "code", "state")
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for contract_id, code, state in live:
        found[contract_id][code] = state
    return found


def applications_visible_ids(actor: Actor) -> QuerySet[Any, Any]:
    """Applications whose documents the actor may see, for ``documents.public.subject_scope``."""
    return selectors.applications_visible(actor).values("pk")


def contracts_visible_ids(actor: Actor) -> QuerySet[Any, Any]:
    """Contracts whose documents the actor may see, for ``documents.public.subject_scope``."""
    return selectors.contracts_visible(actor).values("pk")


def holds_open(actor: Actor) -> int | None:
    """How many held approvals wait in the actor's scope; None for who may not see them."""
    return selectors.holds_visible(actor).filter(state=HoldState.OPEN).count() if actor.may(HOLD_VIEW) else None


def letters_visible_ids(actor: Actor) -> QuerySet[Any, Any]:
    """Consent letters whose documents the actor may see, for ``documents.public.subject_scope``."""
    return selectors.letters_visible(actor).values("pk")


def _application_view(application: Application) -> ApplicationView:
    return ApplicationView(
        id=application.pk,
        application_no=application.application_no,
        state=application.state,
        decision=application.decision,
        customer_id=application.customer_id,
        vehicle_id=application.vehicle_id,
        amount=Fen(application.amount) if application.amount is not None else None,
        version=application.version,
    )


def reviews_begin(application_ids: Sequence[int]) -> None:
    """Have the worker begin the reviews of cases that were taken over as referred, once this transaction is kept."""
    for start in range(0, len(application_ids), REVIEWS_PER_JOB):
        begin_reviews.defer(application_ids=list(application_ids[start : start + REVIEWS_PER_JOB]))
