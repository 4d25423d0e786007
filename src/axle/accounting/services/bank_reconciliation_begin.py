"""Begin to reconcile a bank account with its statements."""

from datetime import date

from axle.accounting.errors import BankStartTaken
from axle.accounting.models import BankStart
from axle.kernel.money import Fen
from axle.payments.public import bank_account_get
from axle.platform.public import Actor, created


def bank_reconciliation_begin(*, actor: Actor, bank_account_id: int, start_on: date, balance: Fen) -> BankStart:
    """Say from which day on statements and books are compared line by line, and what the bank held before it.

    Errors: NotFound, BankStartTaken.
    """
    account = bank_account_get(bank_account_id)
    start, is_new = BankStart.objects.get_or_create(
        bank_account_id=account.id,
        defaults={
            "legal_entity_id": account.legal_entity_id,
            "start_on": start_on,
            "balance": balance,
            "set_by": actor.name,
        },
    )
    if not is_new:
        raise BankStartTaken(field="bank_account_id", name=account.name, on=start.start_on.isoformat())
    return created(start)
