"""Rates from cash flows (年化利率): IRR, XIRR, and the annualised rate that must be disclosed.

A rate is the root of a sum of discounted flows. It is an approximation by nature: it is solved in doubles on the
logarithm of the growth factor, where the search is bracketed and cannot run away, and given as a ``Decimal`` rounded
half up. Amounts are integers of fen throughout; none is derived from a double.

Source: REG-PBOC-2021-3 (annualised rate: all costs of the loan over the principal really used, by IRR or labelled
as simple interest).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import exp, expm1, inf, isfinite, log1p

from axle.amortization.errors import NoRate
from axle.amortization.newton import growth_at, growth_of_even
from axle.kernel.rounding import round_rate

RATE_PLACES = 10
XIRR_DAYS = 365

_BRACKET_STEP = 0.05
_BRACKET_GROWTH = 1.25
_NEAR_FIELD = 3.0
_FAR_FIELD = 64.0
_TOP_GROWTH = log1p(1e12)
"""Past this a year's growth says nothing to anybody, and its decimals no longer fit."""


@dataclass(frozen=True, slots=True)
class AnnualRates:
    """One internal rate, three ways: by period, times the periods of a year (单利), and compounded (复利)."""

    periodic: Decimal
    simple: Decimal
    compound: Decimal


def irr(flows: Sequence[int], *, guess: float = 0.01) -> Decimal:
    """The rate by period at which equally spaced flows are worth nothing; the first one is at time zero.

    Flows are the investor's: money put in is negative. Where several rates solve them, the one is taken at which a
    higher rate turns the worth from gain to loss, and of those the nearest to ``guess``. Errors: NoRate.
    """
    growth = growth_of_even(flows)
    return irr_at(enumerate(flows), guess=guess) if growth is None else _rate_of_growth(growth)


def irr_at(flows: Iterable[tuple[float, int]], *, guess: float = 0.01) -> Decimal:
    """Like ``irr`` for flows at any times, counted in periods. Errors: NoRate."""
    return _rate_of_growth(_solve([(float(time), flow) for time, flow in flows if flow], log1p(guess)))


def xirr(flows: Iterable[tuple[date, int]], *, guess: float = 0.1) -> Decimal:
    """The annual compound rate of dated flows, a year of 365 days. Errors: NoRate."""
    dated = sorted((on, flow) for on, flow in flows if flow)
    if not dated:
        raise NoRate(field="cash_flows")
    start = dated[0][0]
    daily = growth_at([((on - start).days, flow) for on, flow in dated], XIRR_DAYS)
    if daily is not None:
        return _rate_of_growth(daily * XIRR_DAYS)
    return irr_at((((on - start).days / XIRR_DAYS, flow) for on, flow in dated), guess=guess)


def annual_rates(periodic: Decimal, periods_a_year: Decimal) -> AnnualRates:
    """A periodic rate by the year. Errors: NoRate. Source: REG-PBOC-2021-3."""
    compound = _rate_of_growth(float(periods_a_year) * log1p(float(periodic)))
    return AnnualRates(periodic, round_rate(periodic * periods_a_year, RATE_PLACES), compound)


def _rate_of_growth(growth: float) -> Decimal:
    """The rate of a logarithmic growth. Errors: NoRate, past a trillionfold."""
    if growth > _TOP_GROWTH:
        raise NoRate(field="cash_flows")
    return round_rate(expm1(growth), RATE_PLACES)


# --- the search ----------------------------------------------------------------------------------------------


def _solve(flows: list[tuple[float, int]], guess: float) -> float:
    """The growth s = ln(1 + rate) nearest to the guess at which Σ flow·e^(−s·time) changes sign."""
    if not (any(flow > 0 for _, flow in flows) and any(flow < 0 for _, flow in flows)):
        raise NoRate(field="cash_flows")
    start = min(time for time, _ in flows)
    span = max(time for time, _ in flows) - start
    if not span:
        raise NoRate(field="cash_flows")
    moved = [(time - start, flow) for time, flow in flows]
    found = _ordinary(moved, span)
    if found is not None:
        return found
    low, high = _bracket(lambda growth: _worth(moved, growth), guess)
    return _refine(moved, low, high)


def _ordinary(flows: list[tuple[float, int]], span: float) -> float | None:
    """The growth of an ordinary loan, whose flows have one root wherever one looks for it."""
    ordered = sorted(flows)
    if len(ordered) == span + 1 and all(time == no for no, (time, _) in enumerate(ordered)):
        return growth_of_even([flow for _, flow in ordered])
    return growth_at(ordered)


def _worth(flows: list[tuple[float, int]], growth: float) -> float:
    """Σ flow·e^(−growth·time), on a scale that cannot overflow."""
    top = max(-growth * time for time, _ in flows)
    return sum(flow * exp(-growth * time - top) for time, flow in flows)


def _bracket(worth: Callable[[float], float], guess: float) -> tuple[float, float]:
    """The nearest change from gain to loss, looking further and further on both sides of the guess.

    Without one in the near field, the nearest change of either kind.
    """
    up = down = guess
    at_up = at_down = worth(guess)
    step, rising = _BRACKET_STEP, None
    while up - guess < (_NEAR_FIELD if rising else _FAR_FIELD):
        next_up, next_down = up + step, down - step
        worth_up, worth_down = worth(next_up), worth(next_down)
        if at_up >= 0 > worth_up:
            return up, next_up
        if worth_down > 0 >= at_down:
            return next_down, down
        if rising is None:
            rising = _rising(((up, at_up), (next_up, worth_up)), ((next_down, worth_down), (down, at_down)))
        up, down, at_up, at_down = next_up, next_down, worth_up, worth_down
        step *= _BRACKET_GROWTH
    if rising is None:
        raise NoRate(field="cash_flows")
    return rising


def _rising(*spans: tuple[tuple[float, float], tuple[float, float]]) -> tuple[float, float] | None:
    """The first span over which the worth changes from loss to gain."""
    for (low, at_low), (high, at_high) in spans:
        if at_low <= 0 < at_high or at_low < 0 <= at_high:
            return low, high
    return None


def _refine(flows: list[tuple[float, int]], low: float, high: float) -> float:
    """Newton's method kept inside the bracket, halving it where Newton would leave."""
    at_low = _worth(flows, low)
    x = (low + high) / 2
    for _ in range(200):
        value, slope = _worth_and_slope(flows, x)
        if value == 0:
            return x
        if (value < 0) == (at_low < 0):
            low = x
        else:
            high = x
        newton = x - value / slope if slope else inf
        nearer = newton if low < newton < high and isfinite(newton) else (low + high) / 2
        if abs(nearer - x) <= 1e-15 * max(1.0, abs(x)) or nearer in (low, high):
            return nearer
        x = nearer
    return x


def _worth_and_slope(flows: list[tuple[float, int]], growth: float) -> tuple[float, float]:
    top = max(-growth * time for time, _ in flows)
    value = slope = 0.0
    for time, flow in flows:
        part = flow * exp(-growth * time - top)
        value += part
        slope -= time * part
    return value, slope
