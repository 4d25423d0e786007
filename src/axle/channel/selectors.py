"""Which dealers an actor may see, and which of them are controlled."""

from datetime import date

from django.db.models import QuerySet

from axle.channel import permissions as may
from axle.channel.models import Dealer, DealerControl
from axle.platform.errors import NotFound
from axle.platform.public import Actor


def dealers_visible(actor: Actor) -> QuerySet[Dealer]:
    """The dealers in the actor's data scope; a dealer's own people see their own."""
    return actor.scope(may.DEALER_VIEW).filter(Dealer.objects.all(), channel="id")


def dealer_visible(actor: Actor, dealer_id: int, *, permission: str = may.DEALER_VIEW) -> Dealer:
    """A dealer that a permission reaches. Errors: NotFound."""
    dealer = actor.scope(permission).filter(Dealer.objects.filter(pk=dealer_id), channel="id").first()
    if dealer is None:
        raise NotFound(what="dealer")
    return dealer


def controls_visible(actor: Actor) -> QuerySet[DealerControl]:
    """The controls, present and past, of the dealers in the actor's data scope."""
    scope = actor.scope(may.DEALER_CONTROL_VIEW)
    return scope.filter(
        DealerControl.objects.all(), department="dealer__department_id", owner="dealer__owner_id", channel="dealer_id"
    )


def control_in_force(dealer_id: int, on: date) -> DealerControl | None:
    """The control that counts for a dealer on a date."""
    return DealerControl.objects.filter(dealer_id=dealer_id, state="in_force", until_on__gte=on).first()
