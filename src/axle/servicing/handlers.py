"""Reactions to the facts of other contexts."""

from axle.amortization.public import rules_from_json, terms_from_json
from axle.decisioning.events import MarketFeedTaken
from axle.origination.events import ContractDisbursed
from axle.party.events import CustomerChanged
from axle.payments.events import PayoutFailed, PayoutSucceeded
from axle.platform.public import business_date, business_date_hold, system_actor
from axle.servicing.domain.warnings import WarningCause
from axle.servicing.events import LoanReopened, LoanSettled, PaperConcluded
from axle.servicing.jobs import issue_payoff_letter, warn_of_car_values
from axle.servicing.services.change_execute import change_conclude
from axle.servicing.services.inspection_plan import inspections_call_off
from axle.servicing.services.lien_release import lien_release_cancel, lien_release_open
from axle.servicing.services.loan_open import loan_open
from axle.servicing.services.opening import LoanOpening
from axle.servicing.services.payoff_letter_issue import payoff_letter_withdraw
from axle.servicing.services.pool_money import pool_money_settle
from axle.servicing.services.refund_settle import refund_fail, refund_succeed
from axle.servicing.services.warnings_settle import warnings_close, warnings_settle

REFUND, POOL_MONEY = "refund", "pool_money"


def loan_open_on_disbursement(event: ContractDisbursed) -> None:
    """Open the loan; it runs from the day the money left, whatever day the contract had planned."""
    opening = LoanOpening(
        contract_id=event.contract_id,
        contract_no=event.contract_no,
        legal_entity_id=event.legal_entity_id,
        department_id=event.department_id,
        owner_id=event.owner_id,
        dealer_id=event.dealer_id,
        customer_id=event.customer_id,
        vehicle_id=event.vehicle_id,
        product_version_id=event.product_version_id,
        product_code=event.product_code,
        bank_account_id=event.bank_account_id,
    )
    agreed = {key: value for key, value in event.terms["terms"].items() if key != "first_due_on"}
    loan_open(
        actor=system_actor("disbursement"),
        opening=opening,
        terms=terms_from_json(agreed | {"start_on": event.value_on.isoformat()}),
        rules=rules_from_json(event.terms["rules"]),
        business_on=business_date_hold(),
    )


def on_payout_succeeded(event: PayoutSucceeded) -> None:
    """The bank paid a refund, or the buyer of a pool."""
    if event.ref.type == REFUND:
        refund_succeed(
            refund_id=event.ref.id,
            value_on=event.value_on,
            bank_serial=event.bank_serial,
            bank_account_id=event.bank_account_id,
        )
    elif event.ref.type == POOL_MONEY:
        pool_money_settle(money_id=event.ref.id, value_on=event.value_on, bank_account_id=event.bank_account_id)


def on_payout_failed(event: PayoutFailed) -> None:
    """The bank refused to pay a refund, or the buyer of a pool."""
    if event.ref.type == REFUND:
        actor = system_actor("payments")
        refund_fail(actor=actor, refund_id=event.ref.id, code=event.code, message=event.message)
    elif event.ref.type == POOL_MONEY:
        pool_money_settle(money_id=event.ref.id, failure=event.message)


def change_conclude_on_paper(event: PaperConcluded) -> None:
    """Everybody has signed what was agreed."""
    change_conclude(event.document_id)


def lien_release_on_settlement(event: LoanSettled) -> None:
    """A settled loan's car is to be free of its mortgage."""
    lien_release_open(loan_id=event.loan_id, settled_on=event.settled_on)


def lien_release_cancel_on_reopening(event: LoanReopened) -> None:
    """The car secures the loan again."""
    lien_release_cancel(loan_id=event.loan_id)


def inspections_call_off_on_settlement(event: LoanSettled) -> None:
    """Nobody looks after a loan that is repaid."""
    inspections_call_off(loan_id=event.loan_id, reason="loan_settled")


def payoff_letter_on_settlement(event: LoanSettled) -> None:
    """The letter is written behind the payment; the queue holds it with the payment or not at all."""
    issue_payoff_letter.defer(loan_no=event.loan_no)


def payoff_letter_withdraw_on_reopening(event: LoanReopened) -> None:
    """What the letter says is no longer true."""
    payoff_letter_withdraw(actor=system_actor("servicing"), loan_id=event.loan_id)


def warn_on_prices(event: MarketFeedTaken) -> None:
    """Loans whose cars may be worth less are looked at behind the feed."""
    warn_of_car_values.defer()


def warnings_settle_on_new_id(event: CustomerChanged) -> None:
    """Another id, or another validity of it, ends a warning of it or raises one."""
    if not event.is_new and {"id_valid_until", "id_is_long_term"} & set(event.fields):
        warnings_settle(business_date(), causes=[WarningCause.ID_EXPIRY], customer_id=event.customer_id)


def warnings_close_on_settlement(event: LoanSettled) -> None:
    """Nobody looks after a loan that is repaid."""
    warnings_close(loan_id=event.loan_id, on=business_date())
