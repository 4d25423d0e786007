"""The rate of an ordinary loan, fast: money goes out once, at the start, and comes back later. Internal to ``irr``.

The worth of such flows grows with v = 1 / (1 + rate) and is convex, so that there is one root and Newton's method
reaches it from anywhere. It is proved by a change of sign over a span of a few units in the last place around it, where
the worth exceeds what rounding can have done to it; flows of another shape, and what is not proved, are left to the
bracketed search of ``irr``.

u = 2^−53. Evenly spaced flows: Horner's rule errs by at most 4n·u·P in the span (P the money put in), and v times the
slope is at least P, so that the worth at v·(1 ± 8n·u) is at least 8n·u·P away from zero. Flows at any times: every
term errs by (|growth|·time + 3n + 4)·u of itself; four times that is allowed for.
"""

from collections.abc import Sequence
from math import exp, log
from operator import mul, sub

_ULP = 2.0**-53
_STEPS = 60
_CLOSE = 1e-9
"""Newton squares its error: after a step of this size nothing is left that a double could tell."""


def growth_of_even(flows: Sequence[int]) -> float | None:
    """ln(1 + rate) by period of flows one period apart; None where this does not answer."""
    if len(flows) < 2 or not flows[0] < 0 <= min(flows[1:]) or not any(flows[1:]):
        return None
    back = [float(flow) for flow in flows[:0:-1]]
    lent = float(flows[0])
    times = range(len(back), 0, -1)
    v = exp(-_first_growth(-lent, sum(back), sum(map(mul, times, back))))
    for _ in range(_STEPS):
        worth = slope = 0.0
        for flow in back:
            worth = worth * v + flow
            slope = slope * v + worth
        step = (worth * v + lent) / slope
        v -= step
        if abs(step) <= _CLOSE * v:
            return -log(v) if _is_proved(back, lent, v) else None
    return None


def _first_growth(lent: float, back: float, weighted: float) -> float:
    """The growth over the mean time of what comes back: the root, but for the spread of the times."""
    return log(back / lent) * back / weighted


def _is_proved(back: list[float], lent: float, v: float) -> bool:
    span, error = 8 * len(back) * _ULP, 4 * len(back) * _ULP * -lent
    return _worth(back, lent, v * (1 - span)) < -error and _worth(back, lent, v * (1 + span)) > error


def _worth(back: list[float], lent: float, v: float) -> float:
    worth = 0.0
    for flow in back:
        worth = worth * v + flow
    return worth * v + lent


# --- any times -----------------------------------------------------------------------------------------------


def growth_at(flows: Sequence[tuple[float, int]], units: int = 1) -> float | None:
    """ln(1 + rate) by unit of time of flows in order of their times, the first at zero and none of nothing, or None.

    Fastest where the times between the flows repeat, as days do; the rate is one of so many ``units`` of time.
    """
    (first, out), *later = flows
    if not later or first or out >= 0 or later[0][0] <= 0 or min(flow for _, flow in later) <= 0:
        return None
    lent, times, back = float(-out), [time for time, _ in later], [float(flow) for _, flow in later]
    gaps = list(map(sub, times, [0, *times]))[::-1]
    found = _first_growth(lent, sum(back), sum(map(mul, times, back)))
    back.reverse()
    try:
        for _ in range(_STEPS):
            worth, slope = _worth_at(gaps, back, found)
            step = (worth - lent) / slope
            found += step
            if abs(step) * max(times[-1], 1.0) <= _CLOSE:
                error = (abs(found) * times[-1] + 3 * len(back) + 4) * 4 * _ULP * lent
                span = 2 * error / slope
                is_sure = span * units <= _SPAN and _is_proved_at(gaps, back, lent, found, error, span)
                return found if is_sure else None
    except (OverflowError, ZeroDivisionError):
        return None
    return None


def _worth_at(gaps: list[float], back: list[float], growth: float) -> tuple[float, float]:
    """Σ flow·e^(−growth·time) and Σ time·flow·e^(−growth·time), from the last flow to the first."""
    discounts = {gap: exp(-growth * gap) for gap in set(gaps)}
    worth = slope = 0.0
    for gap, flow in zip(gaps, back, strict=True):
        worth += flow
        discount = discounts[gap]
        slope = (slope + gap * worth) * discount
        worth *= discount
    return worth, slope


def _is_proved_at(gaps: list[float], back: list[float], lent: float, growth: float, error: float, span: float) -> bool:
    above, below = (_worth_at(gaps, back, at)[0] - lent for at in (growth - span, growth + span))
    return below < -error < error < above


_SPAN = 1e-12
"""The widest span of growth that leaves ten decimals of a rate sure, but for ties."""
