"""Servicing rules: how money pays what is due, what lateness costs, and how a loan is repaid early.

Rules are agreed with the terms and travel with them; all of them are data.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from axle.amortization import errors
from axle.amortization.bounds import check_amount, check_choice, check_number, check_rate
from axle.amortization.choices import (
    COMPONENTS,
    AllocationMode,
    Component,
    InterestTo,
    PartialMode,
    PenaltyBase,
    Standing,
)
from axle.kernel.money import ONE_FEN, ZERO, Fen


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeBand:
    """A prepayment fee rate for loans younger than ``before_month`` whole months; None has no end."""

    before_month: int | None
    rate: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepayment:
    """The rule of early repayment (提前还款).

    The fee is the rate of the loan's age band on the principal repaid early, plus ``fee_fixed``, at least ``fee_min``
    and at most ``fee_max``. No fee is taken when nothing is repaid early.
    """

    fee_bands: tuple[FeeBand, ...] = ()
    fee_fixed: Fen = ZERO
    fee_min: Fen = ZERO
    fee_max: Fen | None = None
    principal_min: Fen = ONE_FEN
    mode: PartialMode = "keep_term"
    interest_to: InterestTo = "date"

    def __post_init__(self) -> None:
        check_choice(self.mode, PartialMode, "prepayment.mode")
        check_choice(self.interest_to, InterestTo, "prepayment.interest_to")
        check_amount(self.fee_fixed, "prepayment.fee_fixed")
        check_amount(self.fee_min, "prepayment.fee_min")
        check_amount(self.principal_min, "prepayment.principal_min", 1)
        if self.fee_max is not None:
            check_amount(self.fee_max, "prepayment.fee_max", self.fee_min)
        months = 0
        for index, band in enumerate(self.fee_bands):
            check_rate(band.rate, "prepayment.fee_bands")
            if band.before_month is None and index == len(self.fee_bands) - 1:
                continue
            check_number(band.before_month or 0, "prepayment.fee_bands", months + 1, 1200)
            months = band.before_month or 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The servicing rules of one loan.

    ``penalty_rate`` and ``compound_rate`` are annual fractions over a year of ``penalty_year_days`` days: 0.05 % a day
    is ``Decimal("0.18")`` over 360. Money that comes within ``grace_days`` of the due date counts as on time; after
    them penalty runs from the due date (``grace_is_retroactive``) or from the day after grace. ``rate_floor`` and
    ``rate_cap`` bound every rate change. ``standing_orders`` are allocation orders for loans that are accelerated,
    non-accrual or written off, the last of them that applies; a written-off loan pays costs, principal, then interest
    unless another order is agreed.

    ``penalty_cap`` and ``compound_cap``: the most that a row may come to, as fractions of its principal and interest.

    Source: REG-CIVIL-561 for the default order (costs, then interest, then principal); REG-PBOC-2003-251 for
    penalty and compound interest.
    """

    allocation_order: tuple[Component, ...] = ("fee", "penalty", "compound", "interest", "principal")
    allocation_mode: AllocationMode = "horizontal"
    grace_days: int = 0
    grace_is_retroactive: bool = True
    penalty_rate: Decimal = Decimal(0)
    penalty_base: PenaltyBase = "principal"
    penalty_cap: Decimal | None = None
    compound_rate: Decimal = Decimal(0)
    compound_cap: Decimal | None = None
    penalty_year_days: int = 360
    rate_floor: Decimal = Decimal(0)
    rate_cap: Decimal = Decimal(1)
    overdue_tolerance: Fen = ZERO
    prepayment: Prepayment = field(default_factory=Prepayment)
    standing_orders: tuple[tuple[Standing, tuple[Component, ...]], ...] = ()

    def __post_init__(self) -> None:
        _check_order(self.allocation_order, "allocation_order")
        for standing, order in self.standing_orders:
            check_choice(standing, Standing, "standing_orders")
            _check_order(order, f"standing_orders.{standing}")
        self._check_rates()
        check_choice(self.allocation_mode, AllocationMode, "allocation_mode")
        check_number(self.grace_days, "grace_days", 0, 365)
        check_choice(self.penalty_base, PenaltyBase, "penalty_base")
        check_number(self.penalty_year_days, "penalty_year_days", 360, 366)
        check_amount(self.overdue_tolerance, "overdue_tolerance")
        if self.penalty_base == "instalment" and self.compound_rate:
            raise errors.NotForMethod(field="compound_rate", method="penalty_base=instalment")

    def _check_rates(self) -> None:
        for name in ("penalty_rate", "compound_rate", "penalty_cap", "compound_cap", "rate_floor", "rate_cap"):
            rate: Decimal | None = getattr(self, name)
            if rate is not None:
                check_rate(rate, name)
        if self.rate_floor > self.rate_cap:
            raise errors.RateOutOfRange(field="rate_caps", value=str(self.rate_floor)[:40])

    def allocation_of(self, standings: Iterable[Standing]) -> tuple[tuple[Component, ...], AllocationMode]:
        """The allocation order and mode of a loan with these standings, the most serious last.

        After a write-off money pays component by component, over all that is owed.
        """
        order, mode, own = self.allocation_order, self.allocation_mode, dict(self.standing_orders)
        for standing in standings:
            if standing == "written_off":
                order, mode = WRITTEN_OFF_ORDER, "vertical"
            order = own.get(standing, order)
        return order, mode


WRITTEN_OFF_ORDER: tuple[Component, ...] = ("fee", "principal", "interest", "penalty", "compound")
"""Costs, then principal, then interest: how what is recovered after a write-off is applied."""


def _check_order(order: tuple[Component, ...], field: str) -> None:
    if sorted(order) != sorted(COMPONENTS):
        raise errors.UnknownChoice(field=field, value=", ".join(order)[:80], choices=", ".join(COMPONENTS))
