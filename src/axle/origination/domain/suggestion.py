"""What a decision suggests to its reviewer: an amount, what bounds it, and the conditions under which it could be
granted (建议金额与条件). A suggestion decides nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from math import ceil
from typing import Any

from axle.kernel.money import Fen, yuan
from axle.origination.domain.affordability import STEP_FEN, Affordability, fen_of, in_steps, rate_of


class AmountBound(StrEnum):
    """What keeps the amount down."""

    INCOME = "income"
    VALUE = "value"
    EXPOSURE = "exposure"
    PRODUCT = "product"


class ConditionCode(StrEnum):
    """What the case needs before it is granted."""

    NO_AMOUNT = "no_amount"
    LOWER_AMOUNT = "lower_amount"
    MORE_DOWN_PAYMENT = "more_down_payment"
    SHORTER_TERM = "shorter_term"
    HIGHER_RATE = "higher_rate"
    PROVEN_INCOME = "proven_income"


@dataclass(frozen=True)
class SuggestedCondition:
    """A condition and what its sentence says."""

    code: ConditionCode
    params: Mapping[str, Any] = field(default_factory=dict)


def amount_bounds(
    told: Mapping[str, Any], results: Mapping[str, Any], policy: Mapping[str, Any], found: Affordability | None
) -> list[tuple[AmountBound, Fen]]:
    """How much each side would allow, of those that the decision knows."""
    bounds: list[tuple[AmountBound, Fen]] = []
    amount, share = fen_of(told.get("loan_amount_fen")), rate_of(policy.get("dsr_refer_rate"))
    if found is not None and found.instalment and amount is not None and share is not None:
        carried = Decimal(amount) * found.instalment_max(share) / found.instalment
        bounds.append((AmountBound.INCOME, in_steps(carried * _term_left(told, results))))
    value, cap = fen_of(results.get("collateral_value_fen")), rate_of(results.get("ltv_limit_rate"))
    if value is not None and cap is not None:
        bounds.append((AmountBound.VALUE, in_steps(value * cap)))
    exposure_cap, exposure = fen_of(told.get("exposure_cap_fen")), fen_of(told.get("exposure_fen"))
    if exposure_cap is not None and exposure is not None:
        bounds.append((AmountBound.EXPOSURE, in_steps(exposure_cap - exposure)))
    product_max = fen_of(told.get("loan_amount_max_fen"))
    if product_max is not None:
        bounds.append((AmountBound.PRODUCT, product_max))
    return bounds


def _term_left(told: Mapping[str, Any], results: Mapping[str, Any]) -> Decimal:
    """What share of the months asked for is left: over fewer months an income carries that much less."""
    months, limit = told.get("term_months"), results.get("term_limit_months")
    if not isinstance(months, int) or not isinstance(limit, int) or not 0 < limit < months:
        return Decimal(1)
    return Decimal(limit) / months


def conditions_suggested(
    told: Mapping[str, Any],
    results: Mapping[str, Any],
    policy: Mapping[str, Any],
    found: Affordability | None,
    *,
    is_income_proven: bool,
) -> Sequence[SuggestedCondition]:
    """What would have to change, from what the decision was told and found."""
    return [
        *_amount(told, results),
        *_down_payment(told, results),
        *_term(told, results),
        *_rate(told, results),
        *([] if is_income_proven else _income(policy, found)),
    ]


def _amount(told: Mapping[str, Any], results: Mapping[str, Any]) -> list[SuggestedCondition]:
    amount, limit = fen_of(told.get("loan_amount_fen")), fen_of(results.get("limit_amount_fen"))
    if amount is None or limit is None or amount <= limit:
        return []
    if limit == 0:
        return [SuggestedCondition(ConditionCode.NO_AMOUNT)]
    return [SuggestedCondition(ConditionCode.LOWER_AMOUNT, {"amount": yuan(limit)})]


def _down_payment(told: Mapping[str, Any], results: Mapping[str, Any]) -> list[SuggestedCondition]:
    """The price less what the car may carry, up to whole hundreds of yuan."""
    price, paid = fen_of(told.get("vehicle_price_fen")), fen_of(told.get("down_payment_fen"))
    value, cap, ltv = (
        fen_of(results.get("collateral_value_fen")),
        rate_of(results.get("ltv_limit_rate")),
        rate_of(results.get("ltv_rate")),
    )
    if price is None or paid is None or value is None or cap is None or ltv is None or ltv <= cap:
        return []
    least = Fen(ceil((price - value * cap) / STEP_FEN) * STEP_FEN)
    return [SuggestedCondition(ConditionCode.MORE_DOWN_PAYMENT, {"amount": yuan(least)})] if least > paid else []


def _term(told: Mapping[str, Any], results: Mapping[str, Any]) -> list[SuggestedCondition]:
    months, limit = told.get("term_months"), results.get("term_limit_months")
    if not isinstance(months, int) or not isinstance(limit, int) or limit <= 0 or months <= limit:
        return []
    return [SuggestedCondition(ConditionCode.SHORTER_TERM, {"months": limit})]


def _rate(told: Mapping[str, Any], results: Mapping[str, Any]) -> list[SuggestedCondition]:
    rate, floor = rate_of(told.get("annual_rate")), rate_of(results.get("rate_floor"))
    if rate is None or floor is None or told.get("is_subvented") is True or rate >= floor:
        return []
    return [SuggestedCondition(ConditionCode.HIGHER_RATE, {"rate": f"{floor * 100:.2f}%"})]


def _income(policy: Mapping[str, Any], found: Affordability | None) -> list[SuggestedCondition]:
    line = rate_of(policy.get("dsr_refer_rate"))
    if found is None or line is None or found.dsr <= line:
        return []
    return [SuggestedCondition(ConditionCode.PROVEN_INCOME, {"share": f"{found.dsr * 100:.1f}%"})]
