"""Affordability (偿债能力) of a decided case: what it owes each month against what it earns, and what that carries.

Read from what the decision was told and found, so that the page says the same as the rules did.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import floor
from typing import Any

from axle.kernel.money import Fen
from axle.kernel.rounding import round_rate

MONTHS = 12
STEP_FEN = 10_000
"""Amounts are suggested in whole hundreds of yuan, as the strategies give their limits."""


@dataclass(frozen=True)
class Affordability:
    """``debt`` is due each month without this loan; ``unsecured`` and ``guaranteed`` are what the bureau tells of, None
    when it was not asked. Rates are shares of income: ``dsr`` of all dues a month, ``dti`` of unsecured debt a year."""

    income: Fen
    stated_income: Fen | None
    debt: Fen
    instalment: Fen
    exposure: Fen
    unsecured: Fen | None
    guaranteed: Fen | None

    @property
    def dues(self) -> Fen:
        """What is due each month with this loan."""
        return Fen(self.debt + self.instalment)

    @property
    def money_left(self) -> Fen:
        """What is left of a month's income; below zero when it does not suffice."""
        return Fen(self.income - self.dues)

    @property
    def dsr(self) -> Decimal:
        """Debt service ratio (月债务收入比)."""
        return round_rate(Decimal(self.dues) / self.income, 4)

    @property
    def dti(self) -> Decimal | None:
        """Unsecured debt against a year's income (收入负债比)."""
        if self.unsecured is None:
            return None
        return round_rate(Decimal(self.unsecured) / (self.income * MONTHS), 4)

    def instalment_max(self, share: Decimal) -> Fen:
        """The instalment that a share of the income carries beside the debt."""
        return Fen(max(0, floor(self.income * share) - self.debt))


def affordability(told: Mapping[str, Any]) -> Affordability | None:
    """From the inputs of a decision in stored form; None when it was not told income, debt and instalment."""
    income, debt, instalment = (
        fen_of(told.get(f"{name}_fen")) for name in ("monthly_income", "monthly_debt", "instalment")
    )
    if not income or debt is None or instalment is None:
        return None
    return Affordability(
        income=income,
        stated_income=fen_of(told.get("stated_income_fen")),
        debt=debt,
        instalment=instalment,
        exposure=fen_of(told.get("exposure_fen")) or Fen(0),
        unsecured=fen_of(told.get("bureau_unsecured_fen")),
        guaranteed=fen_of(told.get("bureau_guarantees_fen")),
    )


def fen_of(value: Any) -> Fen | None:
    """Money in stored form; what was refused is kept as text, and is none."""
    return Fen(value) if isinstance(value, int) and not isinstance(value, bool) else None


def rate_of(value: Any) -> Decimal | None:
    """A rate in stored form."""
    if not isinstance(value, int | str) or isinstance(value, bool):
        return None
    try:
        return Decimal(value)
    except ArithmeticError:
        return None


def in_steps(amount: Decimal | int) -> Fen:
    """An amount down to whole hundreds of yuan, none below zero."""
    return Fen(max(0, floor(Decimal(amount) / STEP_FEN) * STEP_FEN))
