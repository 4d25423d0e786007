"""Approvals that are not paid out are decided again on their kept facts when policy changed.

Those that would no longer be given are held until a person confirms, lowers or withdraws them.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from axle.decisioning.public import DecidedAgain, subjects_again
from axle.kernel.money import Fen
from axle.origination.domain.holds import Answer, Fallen, HoldCause, fallen, known_rules
from axle.origination.domain.lifecycle import APPROVED, CONTRACTED
from axle.origination.models import Application
from axle.origination.services.application_lock import application_take
from axle.origination.services.offer_hold_open import offer_hold_open
from axle.platform.public import acting, business_date, system_actor

OFFERED = (APPROVED, CONTRACTED)
"""States in which an approval stands and nothing was paid out."""
_AT_ONCE = 500


def offers_exist() -> bool:
    """Whether there is anything to look at."""
    return Application.objects.filter(state__in=OFFERED).exists()


def offers_look_again() -> int:
    """Look at every open offer; gives how many are newly held. Done again with the same policy, it holds no more."""
    rows = Application.objects.filter(state__in=OFFERED).order_by("pk")
    terms = rows.values_list("pk", "approved_amount", "approved_periods", "periods")
    open_ones = [(pk, Fen(amount or 0), approved or periods or 0) for pk, amount, approved, periods in terms]
    return sum(_look(open_ones[start : start + _AT_ONCE]) for start in range(0, len(open_ones), _AT_ONCE))


def _look(offers: Sequence[tuple[int, Fen, int]]) -> int:
    terms = {pk: (amount, periods) for pk, amount, periods in offers}
    held = 0
    for again in subjects_again("application", terms.keys(), on=business_date()):
        amount, periods = terms[again.subject_id]
        why = fallen(_then(again), _now(again), amount=amount, periods=periods)
        if why is not None:
            held += _hold(again.subject_id, why, again.basis)
    return held


def _hold(application_id: int, why: Fallen, basis: str) -> bool:
    with acting(system_actor("decision"), "offer_hold_open"):
        application = application_take(application_id)
        if application.state not in OFFERED:
            return False
        return offer_hold_open(application, cause=HoldCause.POLICY, basis=basis, why=why)


def _then(again: DecidedAgain) -> Answer:
    result: Mapping[str, Any] = again.record.result
    return Answer(result["outcome"], known_rules(result["hits"]), result["results"], bool(result["faults"]))


def _now(again: DecidedAgain) -> Answer | None:
    if again.now is None:
        return None
    now = again.now
    return Answer(now.outcome, {hit.code: hit.severity for hit in now.hits}, now.results, bool(now.faults))
