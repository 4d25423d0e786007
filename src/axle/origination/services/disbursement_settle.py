"""What the bank answered: a loan begins, or the registration waits for a new review."""

from datetime import date

from django.utils import timezone

from axle.kernel.money import Fen
from axle.origination.domain.holds import HoldEnd
from axle.origination.domain.lifecycle import application_after, contract_after, disbursement_after
from axle.origination.events import ContractDisbursed
from axle.origination.models import Contract, Disbursement
from axle.origination.services.application_lock import application_store, application_take
from axle.origination.services.contract_lock import contract_store, contract_take
from axle.origination.services.disbursement_lock import disbursement_store, disbursement_take
from axle.origination.services.offer_holds_lapse import offer_holds_lapse
from axle.platform.public import publish


def disbursement_succeed(
    *, disbursement_id: int, payout_no: str, value_on: date, bank_serial: str, bank_account_id: int
) -> None:
    """Mark the money as paid and begin the loan on the bank's value date. Errors: StateRefused."""
    disbursement = disbursement_take(disbursement_id)
    disbursement.state = disbursement_after(disbursement.state, "succeed")
    disbursement.value_on, disbursement.bank_serial, disbursement.paid_at = value_on, bank_serial, timezone.now()
    disbursement_store(disbursement)
    contract = contract_take(disbursement.contract_id)
    contract.state = contract_after(contract.state, "disburse")
    contract_store(contract)
    application = application_take(contract.application_id)
    application.state = application_after(application.state, "disburse")
    application_store(application)
    offer_holds_lapse([application.pk], end=HoldEnd.DISBURSED)
    publish(_disbursed(contract, disbursement, payout_no=payout_no, bank_account_id=bank_account_id))


def disbursement_fail(*, disbursement_id: int, code: str, message: str) -> None:
    """Keep the bank's reason; the registration waits for another review. Errors: StateRefused."""
    disbursement = disbursement_take(disbursement_id)
    disbursement.state = disbursement_after(disbursement.state, "fail")
    disbursement.failure_code, disbursement.failure_message = code[:40], message[:300]
    disbursement.checker_id, disbursement.checker_name, disbursement.reviewed_at = None, "", None
    disbursement_store(disbursement)


def _disbursed(
    contract: Contract, disbursement: Disbursement, *, payout_no: str, bank_account_id: int
) -> ContractDisbursed:
    assert disbursement.value_on is not None
    return ContractDisbursed(
        contract_id=contract.pk,
        contract_no=contract.contract_no,
        application_id=contract.application_id,
        legal_entity_id=contract.legal_entity_id,
        department_id=contract.department_id,
        owner_id=contract.owner_id,
        customer_id=contract.customer_id,
        dealer_id=contract.dealer_id,
        vehicle_id=contract.vehicle_id,
        product_version_id=contract.product_version_id,
        product_code=contract.product_code,
        principal=Fen(contract.principal),
        terms=contract.terms,
        value_on=disbursement.value_on,
        payout_no=payout_no,
        bank_account_id=bank_account_id,
    )
