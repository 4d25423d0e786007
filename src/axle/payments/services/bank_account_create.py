"""Opening a bank account in the system."""

from axle.payments.models import BankAccount
from axle.payments.ports import bank_gateway
from axle.platform.errors import NameTaken
from axle.platform.fields import blind_index
from axle.platform.public import Actor, created


def bank_account_create(
    *,
    actor: Actor,
    legal_entity_id: int,
    name: str,
    bank_name: str,
    account_no: str,
    channel: str,
    ledger_account_code: str,
    is_payer: bool = True,
) -> BankAccount:
    """Register an account of a legal entity; a paying one takes the place of the one before.

    Errors: BankChannelUnknown, NameTaken when the account number is known.
    """
    bank_gateway(channel)
    if BankAccount.objects.filter(account_no_index=blind_index(account_no)).exists():
        raise NameTaken(field="account_no")
    if is_payer:
        BankAccount.objects.filter(legal_entity_id=legal_entity_id, is_payer=True).update(is_payer=False)
    return created(
        BankAccount.objects.create(
            legal_entity_id=legal_entity_id,
            name=name,
            bank_name=bank_name,
            account_no=account_no,
            channel=channel,
            ledger_account_code=ledger_account_code,
            is_payer=is_payer,
        )
    )
