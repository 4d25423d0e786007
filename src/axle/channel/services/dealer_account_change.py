"""The settlement account: where a dealer is paid."""

from axle.channel.models import Dealer
from axle.channel.permissions import DEALER_ACCOUNT_CHANGE
from axle.channel.services.dealer_save import dealer_locked
from axle.platform.public import Actor


def dealer_account_change(*, actor: Actor, dealer_id: int, name: str, bank: str, account_no: str) -> Dealer:
    """Replace the settlement account; payments registered from now on go there. Errors: NotFound."""
    dealer = dealer_locked(actor, DEALER_ACCOUNT_CHANGE, dealer_id)
    dealer.account_name, dealer.account_bank, dealer.account_no = name, bank, account_no
    dealer.save(update_fields=["account_name", "account_bank", "account_no"])
    return dealer
