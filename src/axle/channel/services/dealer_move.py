"""Moving a dealer through its life."""

from axle.channel.domain.states import DealerState, may_move
from axle.channel.errors import DealerHasNoAccount, DealerMoveRefused
from axle.channel.events import DealerSuspended
from axle.channel.models import Dealer
from axle.channel.permissions import DEALER_MANAGE
from axle.channel.services.dealer_save import dealer_locked
from axle.platform.public import Actor, publish


def dealer_move(*, actor: Actor, dealer_id: int, to: DealerState, reason: str) -> Dealer:
    """Activate, suspend or end a dealer. Errors: NotFound, DealerMoveRefused, DealerHasNoAccount."""
    dealer = dealer_locked(actor, DEALER_MANAGE, dealer_id)
    if not may_move(DealerState(dealer.state), to):
        raise DealerMoveRefused(state=dealer.state, to=to)
    if to == DealerState.ACTIVE and not dealer.account_no:
        raise DealerHasNoAccount()
    dealer.state = to
    dealer.save(update_fields=["state"])
    if to == DealerState.SUSPENDED:
        publish(DealerSuspended(dealer.pk, reason))
    return dealer
