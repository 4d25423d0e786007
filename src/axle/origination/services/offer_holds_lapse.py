"""Close what is held about approvals whose case ended before anybody settled it."""

from collections.abc import Collection

from axle.origination.domain.holds import HoldCause, HoldEnd, HoldState
from axle.origination.models import OfferHold
from axle.platform.public import business_date, track


def offer_holds_lapse(application_ids: Collection[int], *, end: HoldEnd) -> None:
    """Close the open holds of applications, locked by the caller, with why they closed. Repeating does nothing.

    A ring is worth knowing of a loan that was paid out, too: its hold becomes a warning, which a person takes note of.
    """
    open_ones = OfferHold.objects.filter(application__in=application_ids, state=HoldState.OPEN)
    for hold in map(track, open_ones.select_for_update().order_by("pk")):
        if end == HoldEnd.DISBURSED and hold.cause == HoldCause.RING:
            hold.is_paid_out = True
        else:
            hold.state, hold.lapsed_by, hold.settled_on = HoldState.LAPSED, end, business_date()
        hold.save()
