"""Putting a dealer under flexible control, and ending it.

Whether a second person has to agree is an approval policy of the two commands.
"""

from collections.abc import Sequence
from datetime import date

from axle.channel.domain.control import ControlLevel, ExtraCheckKind, is_right_end
from axle.channel.errors import ControlEndRefused, ControlIncomplete, DealerNotControlled
from axle.channel.models import Dealer, DealerControl
from axle.channel.permissions import DEALER_CONTROL_SET
from axle.channel.services.dealer_save import dealer_locked
from axle.platform.public import Actor, business_date, created, next_no, track


def dealer_control_set(
    *,
    actor: Actor,
    dealer_id: int,
    level: ControlLevel,
    extra_checks: Sequence[ExtraCheckKind],
    cases_max: int | None,
    reason: str,
    note: str,
    until_on: date,
) -> DealerControl:
    """Control a dealer from today to a day, in place of what was set before.

    Errors: NotFound, ControlEndRefused, ControlIncomplete.
    """
    dealer, today = dealer_locked(actor, DEALER_CONTROL_SET, dealer_id), business_date()
    if not is_right_end(until_on, today=today):
        raise ControlEndRefused(field="until_on")
    if level.asks_people and not extra_checks:
        raise ControlIncomplete(field="extra_checks")
    if (level is ControlLevel.LIMITED) is (cases_max is None):
        raise ControlIncomplete(field="cases_max")
    _end(dealer, actor=actor, on=today, note="")
    return created(
        DealerControl.objects.create(
            control_no=next_no("DC", on=today),
            dealer=dealer,
            level=level,
            extra_checks=list(dict.fromkeys(extra_checks)),
            cases_max=cases_max,
            reason=reason,
            note=note,
            from_on=today,
            until_on=until_on,
            set_by=actor.name,
        )
    )


def dealer_control_end(*, actor: Actor, dealer_id: int, note: str) -> DealerControl:
    """End the control of a dealer before its day. Errors: NotFound, DealerNotControlled."""
    dealer = dealer_locked(actor, DEALER_CONTROL_SET, dealer_id)
    ended = _end(dealer, actor=actor, on=business_date(), note=note)
    if ended is None or ended.until_on < business_date():
        raise DealerNotControlled(field="dealer_id")
    return ended


def _end(dealer: Dealer, *, actor: Actor, on: date, note: str) -> DealerControl | None:
    """End what was set last, on the day on which it stopped counting."""
    control = DealerControl.objects.select_for_update().filter(dealer=dealer, state="in_force").first()
    if control is None:
        return None
    track(control)
    control.state, control.ended_on, control.ended_by, control.end_note = (
        "ended",
        min(on, control.until_on),
        actor.name,
        note,
    )
    control.save()
    return control
