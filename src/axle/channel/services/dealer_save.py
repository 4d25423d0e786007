"""Entering a dealer and changing its particulars."""

from dataclasses import dataclass

from axle.channel import permissions as may
from axle.channel.models import Dealer
from axle.platform.errors import NameTaken, NotFound
from axle.platform.public import Actor, business_date, created, next_no, track


@dataclass(frozen=True)
class DealerParticulars:
    """What a dealer is, apart from its account and state."""

    name: str
    region: str
    grade: str
    contact_name: str
    contact_phone: str
    department_id: int
    owner_id: int | None


def dealer_locked(actor: Actor, permission: str, dealer_id: int) -> Dealer:
    """A dealer that the permission reaches, locked for a change and noted for the log. Errors: NotFound."""
    reached = actor.scope(permission).filter(Dealer.objects.filter(pk=dealer_id), channel="id")
    dealer = reached.select_for_update().first()
    if dealer is None:
        raise NotFound(field="dealer_id", what="dealer")
    return track(dealer)


def _require_place(actor: Actor, particulars: DealerParticulars) -> None:
    scope = actor.scope(may.DEALER_MANAGE)
    if not scope.covers(department=particulars.department_id, owner=particulars.owner_id):
        raise NotFound(field="department_id", what="department")


def dealer_create(*, actor: Actor, uscc: str, particulars: DealerParticulars) -> Dealer:
    """Enter a dealer, pending until its account is there.

    Errors: NameTaken for a known company code, NotFound for a department out of scope.
    """
    _require_place(actor, particulars)
    if Dealer.objects.filter(uscc=uscc).exists():
        raise NameTaken(field="uscc")
    number = next_no("DL", on=business_date())
    return created(Dealer.objects.create(dealer_no=number, uscc=uscc, **vars(particulars)))


def dealer_update(*, actor: Actor, dealer_id: int, particulars: DealerParticulars) -> Dealer:
    """Change a dealer's particulars. Errors: NotFound."""
    dealer = dealer_locked(actor, may.DEALER_MANAGE, dealer_id)
    _require_place(actor, particulars)
    for name, value in vars(particulars).items():
        setattr(dealer, name, value)
    dealer.save()
    return dealer
