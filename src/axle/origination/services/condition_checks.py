"""The automatic conditions precedent, each one function of the contract."""

from collections.abc import Callable

from axle.channel.public import DealerState, dealer_get
from axle.documents.public import captured_documents, document_content, document_get, document_verify
from axle.kernel.money import Fen, yuan
from axle.origination.domain.conditions import Finding
from axle.origination.domain.holds import HoldState
from axle.origination.domain.lifecycle import CONTRACTED, PAID, PAYING, REGISTERED, SIGNED
from axle.origination.models import Contract, Disbursement
from axle.party.public import bank_card_default
from axle.platform.public import Subject, business_date

Check = Callable[[Contract], Finding]


def contract_signed(contract: Contract) -> Finding:
    """Signed by both sides, and the PDF is the one that was signed, unchanged."""
    if contract.state != SIGNED or contract.document_id is None:
        return _failed("contract_not_signed")
    document = document_get(contract.document_id)
    if document.open_roles or document.sha256 != contract.signed_sha256:
        return _failed("contract_changed")
    report = document_verify(document_content(contract.document_id))
    return _passed("contract_intact") if report.is_intact else _failed("contract_not_intact")


def approval_valid(contract: Contract) -> Finding:
    """The approval still stands and covers what the contract pays out."""
    application = contract.application
    if application.state != CONTRACTED or application.approved_amount is None:
        return _failed("approval_missing")
    if contract.principal > application.approved_amount:
        return _failed("approval_exceeded", approved=yuan(application.approved_amount))
    if contract.periods > (application.approved_periods or contract.periods):
        return _failed("approval_too_short", periods=str(application.approved_periods))
    if application.approved_until is None or application.approved_until < business_date():
        return _failed("approval_expired", until=str(application.approved_until))
    return _passed("approval_stands", until=str(application.approved_until))


def offer_not_held(contract: Contract) -> Finding:
    """Nobody has to look at the approval again before the money leaves."""
    held = contract.application.holds.filter(state=HoldState.OPEN).order_by("pk").values_list("hold_no", "cause")
    for hold_no, cause in held:
        return _failed(f"offer_held_by_{cause}", hold_no=hold_no)
    return _passed("offer_free")


def invoice_matches(contract: Contract) -> Finding:
    """The sales invoice shows this VIN, this buyer's car and the price of the contract."""
    for document in captured_documents(Subject("application", contract.application_id)):
        if document.kind == "vehicle_invoice":
            return _invoice(contract, document.values)
    return _failed("invoice_missing")


def dealer_active(contract: Contract) -> Finding:
    """The payee is a dealer in good standing with a settlement account."""
    if contract.dealer_id is None:
        return _failed("dealer_missing")
    dealer = dealer_get(contract.dealer_id)
    if dealer.state != DealerState.ACTIVE:
        return _failed("dealer_not_active", state=dealer.state)
    return _passed("dealer_is_active") if dealer.has_account else _failed("dealer_without_account")


def vehicle_not_paid(contract: Contract) -> Finding:
    """Nobody pays, or has paid, for this vehicle."""
    others = Disbursement.objects.filter(vin=contract.vin, state__in=[REGISTERED, PAYING, PAID])
    other = others.exclude(contract=contract).values_list("disbursement_no", flat=True).first()
    return _failed("vehicle_paid", disbursement_no=other) if other else _passed("vehicle_unpaid")


def repayment_card(contract: Contract) -> Finding:
    """The borrower has a card to repay from."""
    card = bank_card_default(contract.customer_id)
    return _passed("card_bound", card=card.card_no_masked) if card else _failed("card_missing")


CHECKS: dict[str, Check] = {
    "contract_signed": contract_signed,
    "offer_not_held": offer_not_held,
    "approval_valid": approval_valid,
    "invoice_matches": invoice_matches,
    "dealer_active": dealer_active,
    "vehicle_not_paid": vehicle_not_paid,
    "repayment_card": repayment_card,
}
"""Checks by the code of their condition."""


def _invoice(contract: Contract, values: dict[str, str | int]) -> Finding:
    vin, price = values.get("vin"), values.get("price_fen")
    if vin != contract.vin:
        return _failed("invoice_vin_differs", vin=str(vin or "—"))
    if price != contract.vehicle_price:
        return _failed("invoice_price_differs", price=yuan(Fen(price)) if isinstance(price, int) else "—")
    return _passed("invoice_agrees", price=yuan(contract.vehicle_price))


def _passed(code: str, **params: str) -> Finding:
    return Finding(is_satisfied=True, code=code, params=params)


def _failed(code: str, **params: str) -> Finding:
    return Finding(is_satisfied=False, code=code, params=params)
