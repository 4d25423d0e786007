"""The kinds of events that ``replay`` knows, one module each.

A new kind is a module with its event, a ``KIND`` and its place in ``KINDS``; reading, writing, checking and replaying
find it there.
"""

from axle.amortization.kinds import (
    charge,
    disbursement,
    partial_prepayment,
    payoff,
    receipt,
    refund,
    reversal,
    waiver,
)
from axle.amortization.kinds.kind import Event, Kind

KINDS: tuple[Kind, ...] = (
    disbursement.KIND,
    charge.KIND,
    waiver.KIND,
    receipt.KIND,
    partial_prepayment.KIND,
    payoff.KIND,
    refund.KIND,
    reversal.KIND,
)
"""Every kind, in the order in which events of one date count."""

RANK: dict[type[Event], int] = {kind.event: rank for rank, kind in enumerate(KINDS)}
_BY_EVENT: dict[type[Event], Kind] = {kind.event: kind for kind in KINDS}


def kind_of(event: Event) -> Kind:
    """The kind of an event."""
    return _BY_EVENT[type(event)]
