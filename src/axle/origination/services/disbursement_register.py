"""Registration (登记) and review (复核) of a disbursement, by two people."""

from django.utils import timezone

from axle.channel.public import SettlementAccount, settlement_account
from axle.kernel.money import Fen
from axle.origination.domain.lifecycle import PAID, PAYING, REGISTERED, disbursement_after
from axle.origination.errors import PayeeAccountChanged, PayeeAccountMismatch, VehicleAlreadyPaid
from axle.origination.models import Disbursement
from axle.origination.permissions import DISBURSEMENT_REGISTER, DISBURSEMENT_REVIEW
from axle.origination.services.conditions_settle import conditions_demand
from axle.origination.services.disbursement_lock import disbursement_lock, disbursement_store
from axle.payments.public import PayeeAccount, payout_create
from axle.platform.errors import MakerMayNotCheck, StateRefused
from axle.platform.public import Actor, Subject


def disbursement_register(*, actor: Actor, disbursement_id: int, version: int | None = None) -> Disbursement:
    """Register the payment of the contract's principal to the dealer's account, once all conditions hold.

    Errors: NotFound, StaleVersion, StateRefused, ConditionsNotMet, VehicleAlreadyPaid, DealerHasNoAccount.
    """
    disbursement = disbursement_lock(actor, disbursement_id, permission=DISBURSEMENT_REGISTER, version=version)
    state = disbursement_after(disbursement.state, "register")
    _refuse_second_payment(disbursement)
    conditions_demand(disbursement)
    payee = _payee(disbursement)
    disbursement.payee_name, disbursement.payee_bank = payee.name, payee.bank_name
    disbursement.payee_account = payee.account_no
    disbursement.maker_id, disbursement.maker_name = actor.user_id, actor.name
    disbursement.registered_at = timezone.now()
    disbursement.checker_id, disbursement.checker_name, disbursement.reviewed_at = None, "", None
    disbursement.review_opinion = disbursement.failure_code = disbursement.failure_message = ""
    disbursement.state = state
    disbursement_store(disbursement)
    return disbursement


def disbursement_approve(
    *, actor: Actor, disbursement_id: int, account_tail: str, opinion: str = "", version: int | None = None
) -> Disbursement:
    """Review a registration and order the payment; ``account_tail`` is keyed anew by the checker.

    Errors: NotFound, StaleVersion, StateRefused, MakerMayNotCheck, PayeeAccountMismatch, PayeeAccountChanged,
    ConditionsNotMet, VehicleAlreadyPaid, and what payments refuses.
    """
    disbursement = _take_for_review(actor, disbursement_id, version)
    state = disbursement_after(disbursement.state, "pay")
    _refuse_second_payment(disbursement)
    _check_account(disbursement, account_tail)
    conditions_demand(disbursement)
    disbursement.attempt += 1
    payout = payout_create(
        actor=actor,
        legal_entity_id=disbursement.legal_entity_id,
        amount=Fen(disbursement.amount),
        payee=PayeeAccount(disbursement.payee_name, disbursement.payee_bank, disbursement.payee_account or ""),
        purpose=f"{disbursement.contract.contract_no} 购车贷款",
        ref=Subject("disbursement", disbursement.pk),
        request_no=f"{disbursement.disbursement_no}-{disbursement.attempt}",
    )
    disbursement.payout_no, disbursement.state = payout.order_no, state
    _sign_off(disbursement, actor, opinion)
    return disbursement


def disbursement_reject(
    *, actor: Actor, disbursement_id: int, opinion: str, version: int | None = None
) -> Disbursement:
    """Send a registration back to its maker. Errors: NotFound, StaleVersion, StateRefused, MakerMayNotCheck."""
    disbursement = _take_for_review(actor, disbursement_id, version)
    disbursement.state = disbursement_after(disbursement.state, "reject")
    _sign_off(disbursement, actor, opinion)
    return disbursement


def _take_for_review(actor: Actor, disbursement_id: int, version: int | None) -> Disbursement:
    disbursement = disbursement_lock(actor, disbursement_id, permission=DISBURSEMENT_REVIEW, version=version)
    if disbursement.state != REGISTERED:
        raise StateRefused(state=disbursement.state, act="review")
    if actor.user_id is None or actor.user_id == disbursement.maker_id:
        raise MakerMayNotCheck()
    return disbursement


def _sign_off(disbursement: Disbursement, actor: Actor, opinion: str) -> None:
    disbursement.checker_id, disbursement.checker_name = actor.user_id, actor.name
    disbursement.reviewed_at, disbursement.review_opinion = timezone.now(), opinion
    disbursement_store(disbursement)


def _check_account(disbursement: Disbursement, account_tail: str) -> None:
    account_no = disbursement.payee_account or ""
    if len(account_tail) != 4 or not account_no.endswith(account_tail):
        raise PayeeAccountMismatch(field="account_tail")
    if _payee(disbursement).account_no != account_no:
        raise PayeeAccountChanged()


def _payee(disbursement: Disbursement) -> SettlementAccount:
    """A car loan is paid to the dealer (受托支付). Errors: DealerHasNoAccount. Source: REG-PERSONAL-LOAN-2024."""
    return settlement_account(disbursement.dealer_id or 0)


def _refuse_second_payment(disbursement: Disbursement) -> None:
    others = Disbursement.objects.filter(vin=disbursement.vin, state__in=[REGISTERED, PAYING, PAID])
    other = others.exclude(pk=disbursement.pk).values_list("disbursement_no", flat=True).first()
    if other is not None:
        raise VehicleAlreadyPaid(disbursement_no=other)
