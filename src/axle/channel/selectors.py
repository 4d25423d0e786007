"""Which dealers an actor may see."""

from django.db.models import QuerySet

from axle.channel import permissions as may
from axle.channel.models import Dealer
from axle.platform.public import Actor


def dealers_visible(actor: Actor) -> QuerySet[Dealer]:
    """The dealers in the actor's data scope; a dealer's own people see their own."""
    return actor.scope(may.DEALER_VIEW).filter(Dealer.objects.all(), channel="id")
