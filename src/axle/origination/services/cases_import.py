"""Taking over cases that were decided elsewhere, set-based: for migration, files of applications and the demo.

A taken-over case has no documents and tells no events, and no process until ``reviews_begin``; a disbursed one has
its contract and payment.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from django.utils import timezone

from axle.amortization.public import Rules, Schedule, Terms, apr, rules_to_json, schedule, terms_to_json
from axle.kernel.money import Fen, yuan
from axle.origination.domain.form import ApplicationForm
from axle.origination.domain.lifecycle import APPROVED, CONTRACTED, DISBURSED, DRAFT, IN_FORCE, PAID
from axle.origination.models import Application, ApplicationRound, ApplicationTrait, Contract, Disbursement
from axle.origination.parameters import CONSENT_DAYS
from axle.origination.services.consents_take import letter_purposes
from axle.origination.services.traits_keep import trait_rows
from axle.platform.fields import blind_index
from axle.platform.public import (
    Subject,
    business_date,
    keys_take,
    next_nos,
    note_change,
    parameter_value,
    rows_copy,
)
from axle.sources.public import CaseScope, Consenting, consents_import

_APPROVAL_DAYS = 30


@dataclass(frozen=True)
class ImportedCase:
    """A case as it stood elsewhere. ``state`` is the application's; ``form`` is an ``ApplicationForm`` as JSON.

    ``consent_reference`` names the consent letter that the applicant signed there, on the day of submission.
    """

    legal_entity_id: int
    department_id: int
    owner_id: int | None
    dealer_id: int | None
    customer_id: int
    vehicle_id: int
    product_version_id: int
    product_code: str
    applicant_name: str
    id_no: str
    phone: str
    vin: str
    vehicle_title: str
    vehicle_price: Fen
    down_payment: Fen
    principal: Fen
    annual_rate: Decimal
    periods: int
    method: str
    terms: Terms
    rules: Rules
    state: str
    submitted_on: date
    decision: str = "none"
    score: int | None = None
    source: str = "file"
    consent_reference: str = ""
    form: Mapping[str, Any] = field(default_factory=dict)


class TakenCase(NamedTuple):
    """A case that was taken over; contract only when it was disbursed."""

    application_id: int
    application_no: str
    contract_id: int | None
    contract_no: str


_SCOPE = ("legal_entity_id", "department_id", "owner_id", "dealer_id")
_CASE = (*_SCOPE, "customer_id", "vehicle_id", "product_version_id", "vin", "vehicle_price", "down_payment")


def cases_import(cases: Sequence[ImportedCase], *, made_by: str = "import") -> list[TakenCase]:
    """Keep cases in one go; gives what became of each, in the same order.

    Interest of a disbursed one runs from ``terms.start_on``, the day the dealer was paid.
    """
    numbers = next_nos("AP", on=business_date(), count=len(cases))
    keys = keys_take(Application, len(cases))
    named = zip(cases, keys, numbers, strict=True)
    applications = [_application(case, key, number, made_by) for case, key, number in named]
    rows_copy(applications)
    rows_copy(_rounds(applications, made_by))
    rows_copy(_traits(cases, keys))
    _consents_keep(cases, applications, made_by)
    paid = [(case, row) for case, row in zip(cases, applications, strict=True) if case.state == DISBURSED]
    contracts = _contracts(paid, made_by)
    note_change(type="application", id="import", after={"cases": len(cases), "disbursed": len(contracts)})
    return [_taken(application, contracts.get(application.pk)) for application in applications]


def _noon(on: date) -> datetime:
    return timezone.make_aware(datetime(on.year, on.month, on.day, 12))  # noqa: DTZ001 — made aware here


def _application(case: ImportedCase, key: int, number: str, made_by: str) -> Application:
    was_decided = case.state in {"approved", "declined", CONTRACTED, DISBURSED}
    was_approved = case.state in {APPROVED, CONTRACTED, DISBURSED}
    return Application(
        **{name: getattr(case, name) for name in _CASE},
        id=key,
        application_no=number,
        source=case.source,
        state=case.state,
        decision=case.decision,
        score=case.score,
        round=0 if case.state == DRAFT else 1,
        form=dict(case.form),
        applicant_name=case.applicant_name,
        id_no_index=blind_index(case.id_no),
        phone_index=blind_index(case.phone),
        vehicle_title=case.vehicle_title,
        amount=case.principal,
        periods=case.periods,
        method=case.method,
        annual_rate=case.annual_rate,
        approved_amount=case.principal if was_approved else None,
        approved_periods=case.periods if was_approved else None,
        approved_on=case.submitted_on if was_approved else None,
        approved_until=case.submitted_on + timedelta(days=_APPROVAL_DAYS) if was_approved else None,
        created_by_name=made_by,
        submitted_at=None if case.state == DRAFT else _noon(case.submitted_on),
        decided_at=_noon(case.submitted_on) if was_decided else None,
        decided_on=case.submitted_on if was_decided else None,
    )


def _rounds(applications: Sequence[Application], made_by: str) -> Iterator[ApplicationRound]:
    for application in applications:
        if application.submitted_at is not None:
            yield ApplicationRound(
                application=application,
                round=1,
                form=application.form,
                submitted_at=application.submitted_at,
                submitted_by_name=made_by,
            )


def _traits(cases: Sequence[ImportedCase], keys: Sequence[int]) -> Iterator[ApplicationTrait]:
    """What each submitted case said; columns of the case outweigh a form that is not there."""
    for case, key in zip(cases, keys, strict=True):
        if case.state != DRAFT:
            customer = dict(case.form.get("customer") or {}) | {"id_no": case.id_no, "phone": case.phone}
            vehicle = dict(case.form.get("vehicle") or {}) | {"vin": case.vin}
            yield from trait_rows(key, {"customer": customer, "vehicle": vehicle}, on=case.submitted_on)


def _consents_keep(cases: Sequence[ImportedCase], applications: Sequence[Application], made_by: str) -> None:
    named = zip(cases, applications, strict=True)
    told = [(case, application) for case, application in named if case.consent_reference]
    if told:
        purposes, days = letter_purposes(ApplicationForm()), timedelta(days=parameter_value(CONSENT_DAYS.code))
        consents_import([_consenting(case, row, days) for case, row in told], purposes, recorded_by=made_by)


def _consenting(case: ImportedCase, application: Application, days: timedelta) -> tuple[Consenting, CaseScope]:
    given = Consenting(
        id_no=case.id_no,
        name=case.applicant_name,
        subject=Subject("application", application.pk),
        subject_no=application.application_no,
        given_on=case.submitted_on,
        expires_on=case.submitted_on + days,
        reference=case.consent_reference,
    )
    return given, CaseScope(**{name: getattr(case, name) for name in _SCOPE})


def _contracts(paid: Sequence[tuple[ImportedCase, Application]], made_by: str) -> dict[int, Contract]:
    numbers = next_nos("CT", on=business_date(), count=len(paid))
    named = zip(paid, keys_take(Contract, len(paid)), numbers, strict=True)
    contracts = [_contract(case, row, key, number, made_by) for (case, row), key, number in named]
    rows_copy(contracts)
    payments = next_nos("DB", on=business_date(), count=len(paid))
    paying = zip(contracts, payments, strict=True)
    rows_copy(_disbursement(contract, number, made_by) for contract, number in paying)
    return {contract.application_id: contract for contract in contracts}


@lru_cache(maxsize=8192)
def _disclosed(terms: Terms) -> dict[str, Any]:
    """What a contract says of its plan; cases of equal terms share it."""
    plan = schedule(terms)
    first = plan.instalments[0]
    return {
        "due_day": terms.due_day or first.due_on.day,
        "first_due_on": first.due_on,
        "instalment": first.total,
        "total_interest": plan.interest_total,
        "total_due": plan.total,
        "annual_cost_rate": apr(plan).simple,
        "schedule": _rows(plan),
    }


def _contract(case: ImportedCase, application: Application, key: int, number: str, made_by: str) -> Contract:
    return Contract(
        **{name: getattr(case, name) for name in _CASE},
        **_disclosed(case.terms),
        id=key,
        application=application,
        contract_no=number,
        state=IN_FORCE,
        product_code=case.product_code,
        principal=case.principal,
        annual_rate=case.annual_rate,
        periods=case.periods,
        method=case.method,
        planned_start_on=case.terms.start_on,
        terms={"terms": terms_to_json(case.terms), "rules": rules_to_json(case.rules)},
        created_by_name=made_by,
        signed_at=_noon(case.terms.start_on),
    )


def _rows(plan: Schedule) -> list[dict[str, Any]]:
    amounts = ("principal", "interest", "fee", "total", "balance")
    return [
        {"no": row.no, "due_on": row.due_on.isoformat()} | {name: yuan(getattr(row, name)) for name in amounts}
        for row in plan.instalments
    ]


def _disbursement(contract: Contract, number: str, made_by: str) -> Disbursement:
    return Disbursement(
        **{name: getattr(contract, name) for name in _SCOPE},
        disbursement_no=number,
        contract=contract,
        state=PAID,
        vin=contract.vin,
        amount=contract.principal,
        maker_name=made_by,
        checker_name=made_by,
        registered_at=contract.signed_at,
        reviewed_at=contract.signed_at,
        attempt=1,
        payout_no=f"{number}-1",
        value_on=contract.planned_start_on,
        bank_serial=number,
        paid_at=contract.signed_at,
    )


def _taken(application: Application, contract: Contract | None) -> TakenCase:
    return TakenCase(
        application.pk,
        application.application_no,
        contract.pk if contract else None,
        contract.contract_no if contract else "",
    )
