"""Similar past cases (类似案例): the same product, class of vehicle and kind (new or used), a near score and a near
share of down payment."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from axle.kernel.money import Fen
from axle.kernel.rounding import half_up, share
from axle.origination.domain.lifecycle import APPROVED, CONTRACTED, DECLINED, DISBURSED

SCORE_NEAR = 30
SHARE_NEAR_BPS = 1_000
"""Ten percentage points of the price."""
BASIS = 10_000


@dataclass(frozen=True)
class Likeness:
    """What a past case has to be like. Scores are None where the case has none, shares where nothing was paid down."""

    product_id: int
    vehicle_class: str
    is_new: bool
    scores: tuple[int, int] | None
    shares_bps: tuple[int, int] | None


def likeness(
    *, product_id: int, vehicle_class: str, is_new: bool, score: int | None, down_payment: Fen | None, price: Fen | None
) -> Likeness:
    """The bands around a case."""
    paid = half_up(down_payment * BASIS, price) if down_payment is not None and price else None
    return Likeness(
        product_id,
        vehicle_class,
        is_new,
        None if score is None else (score - SCORE_NEAR, score + SCORE_NEAR),
        None if paid is None else (max(0, paid - SHARE_NEAR_BPS), min(BASIS, paid + SHARE_NEAR_BPS)),
    )


@dataclass(frozen=True)
class Outcomes:
    """How some past cases ended, and how those stand that were paid out."""

    cases: int
    approved: int
    declined: int
    paid_out: int
    overdue: int
    defaulted: int

    @property
    def approval_rate(self) -> Decimal | None:
        """The share of those decided that were approved."""
        return share(self.approved, self.approved + self.declined)


def outcomes(states: Iterable[str], loans: Iterable[tuple[int, bool]]) -> Outcomes:
    """From the states of cases, and of each loan its days overdue and whether it defaulted."""
    ended, stand = list(states), list(loans)
    return Outcomes(
        cases=len(ended),
        approved=sum(state in (APPROVED, CONTRACTED, DISBURSED) for state in ended),
        declined=ended.count(DECLINED),
        paid_out=len(stand),
        overdue=sum(days > 0 for days, _is_bad in stand),
        defaulted=sum(is_bad for _days, is_bad in stand),
    )
