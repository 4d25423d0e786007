"""Make the contract of an approved application: snapshot of terms, plan, and the paper to sign."""

from typing import Any

from axle.amortization.public import Instalment, rules_to_json, terms_to_json
from axle.documents.public import document_render
from axle.kernel.money import Fen, yuan
from axle.origination.domain.form import ApplicationForm, LoanPart
from axle.origination.domain.holds import HoldState
from axle.origination.domain.lifecycle import VOIDED, application_after
from axle.origination.errors import ApprovalExpired, ContractExists, OfferHeld
from axle.origination.models import Application, Contract
from axle.origination.permissions import CONTRACT_MANAGE
from axle.origination.services.application_lock import application_lock, application_store
from axle.origination.services.contract_paper import TEMPLATE, contract_paper
from axle.origination.services.decision_facts import channel_of
from axle.origination.services.offer_make import Offer, offer_make
from axle.platform.public import Actor, Subject, business_date, created, next_no, text
from axle.product.public import loan_rules
from axle.vehicle.public import vehicle_get


def contract_create(*, actor: Actor, application_id: int, version: int | None = None) -> Contract:
    """Make and render the contract on the approved terms, planned to start today.

    Money: principal = approved amount; the plan is the product's quote at the application's rate.
    Errors: NotFound, StaleVersion, StateRefused, OfferHeld, ApprovalExpired, ContractExists, DealerHasNoAccount,
    InputInvalid when the product does not offer the terms any more, and what documents refuse.
    """
    application = application_lock(actor, application_id, permission=CONTRACT_MANAGE, version=version)
    state = application_after(application.state, "contract")
    _check(application)
    form = ApplicationForm.model_validate(application.form)
    offer = _offer(application, form.loan)
    contract = _contract(application, offer, actor)
    contract.save()
    created(contract)
    document = document_render(
        actor=actor,
        template=TEMPLATE,
        data=contract_paper(contract, form, offer.quote, offer.version.terms),
        subject=Subject("contract", contract.pk),
        legal_entity_id=contract.legal_entity_id,
        title=text("text", "contract_title", locale="zh-CN", contract_no=contract.contract_no),
    )
    contract.document_id, contract.document_sha256 = document.document_id, document.sha256
    contract.save()
    application.state = state
    application_store(application)
    return contract


def _check(application: Application) -> None:
    held = application.holds.filter(state=HoldState.OPEN).values_list("hold_no", flat=True).first()
    if held is not None:
        raise OfferHeld(hold_no=held)
    if application.approved_until is None or application.approved_until < business_date():
        raise ApprovalExpired(until=application.approved_until)
    existing = Contract.objects.filter(application=application).exclude(state=VOIDED)
    number = existing.values_list("contract_no", flat=True).first()
    if number is not None:
        raise ContractExists(contract_no=number)


def _offer(application: Application, loan: LoanPart) -> Offer:
    """The quote of what was approved; the rate is the one that was decided on, not today's default."""
    approved = loan.model_copy(
        update={
            "amount": Fen(application.approved_amount or 0),
            "periods": application.approved_periods or application.periods,
            "annual_rate": application.annual_rate,
            "method": application.method,
        }
    )
    vehicle = vehicle_get(application.vehicle_id or 0)
    return offer_make(approved, vehicle, channel=channel_of(application), start_on=business_date())


def _contract(application: Application, offer: Offer, actor: Actor) -> Contract:
    quote, on = offer.quote, business_date()
    rows = quote.schedule.instalments
    return Contract(
        **_case(application),
        down_payment=Fen((application.vehicle_price or 0) - quote.principal),
        contract_no=next_no("CT", on=on),
        product_version_id=offer.version.id,
        product_code=offer.version.code,
        principal=quote.principal,
        annual_rate=quote.annual_rate,
        periods=quote.periods,
        method=quote.method,
        due_day=quote.schedule.terms.due_day or rows[0].due_on.day,
        planned_start_on=on,
        first_due_on=rows[0].due_on,
        instalment=offer.instalment,
        total_interest=quote.interest_total,
        total_due=quote.total,
        annual_cost_rate=quote.apr.simple,
        terms={
            "terms": terms_to_json(quote.schedule.terms),
            "rules": rules_to_json(loan_rules(version_id=offer.version.id, annual_rate=quote.annual_rate)),
        },
        schedule=[_row(row) for row in rows],
        created_by_name=actor.name,
    )


_CASE = (
    "legal_entity_id", "department_id", "owner_id", "dealer_id", "customer_id", "vehicle_id", "vin", "vehicle_price",
)  # fmt: skip


def _case(application: Application) -> dict[str, Any]:
    return {"application": application} | {name: getattr(application, name) for name in _CASE}


def _row(row: Instalment) -> dict[str, int | str]:
    return {
        "no": row.no,
        "due_on": row.due_on.isoformat(),
        "principal": yuan(row.principal),
        "interest": yuan(row.interest),
        "fee": yuan(row.fee),
        "total": yuan(row.total),
        "balance": yuan(row.balance),
    }
