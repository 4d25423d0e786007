"""The kinds of events that ``replay`` knows, one module each.

A new kind is a module with its event, a ``KIND`` and its place in ``KINDS``; reading, writing, checking and replaying
find it there.
"""

from axle.amortization.kinds import (
    acceleration,
    accrual_resumption,
    agreed_plan,
    charge,
    charge_off,
    chargeback,
    claim_transfer,
    deferral,
    deposit_offset,
    disbursement,
    due_day_change,
    extension,
    interest_pause,
    lease_termination,
    partial_prepayment,
    payoff,
    purchase_option,
    rate_change,
    re_ageing,
    re_amortisation,
    receipt,
    recovery,
    refund,
    reversal,
    subvention_receipt,
    waiver,
    write_off,
)
from axle.amortization.kinds.kind import Event, Kind

KINDS: tuple[Kind, ...] = (
    disbursement.KIND,
    rate_change.KIND,
    due_day_change.KIND,
    extension.KIND,
    deferral.KIND,
    re_amortisation.KIND,
    agreed_plan.KIND,
    interest_pause.KIND,
    charge.KIND,
    waiver.KIND,
    deposit_offset.KIND,
    receipt.KIND,
    subvention_receipt.KIND,
    partial_prepayment.KIND,
    payoff.KIND,
    purchase_option.KIND,
    refund.KIND,
    chargeback.KIND,
    re_ageing.KIND,
    acceleration.KIND,
    lease_termination.KIND,
    charge_off.KIND,
    accrual_resumption.KIND,
    write_off.KIND,
    recovery.KIND,
    claim_transfer.KIND,
    reversal.KIND,
)
"""Every kind, in the order in which events of one date count."""

RANK: dict[type[Event], int] = {kind.event: rank for rank, kind in enumerate(KINDS)}
_BY_EVENT: dict[type[Event], Kind] = {kind.event: kind for kind in KINDS}


def kind_of(event: Event) -> Kind:
    """The kind of an event."""
    return _BY_EVENT[type(event)]
