"""Internal rates of return of many loans.

Flows are the lender's: money out first (row 0, negative), then money in. As a function of v = 1 / (1 + rate) their
worth Σ flow_k·v^k grows and is convex, so that Newton's method reaches its one root from any positive start. Loans of
another shape, and those whose powers leave the range of a double, are handed to the scalar form.

Where a double is safe: Horner's rule errs by at most 2n·u·Σ|flow_k|·v^k = 4n·u·P at the root (u = 2^−53, P the money
put in), and the slope there times v is Σ k·flow_k·v^k >= P; so v is within 4n·u of the root, relatively, and the rate
within (4n + 2)·u·(1 + rate): 2.2e-13 for 480 periods. The scalar form errs as little. Rates have ten decimals; one
that lies closer to a half than both errors together, four times over, is found by the scalar form.
"""

import numpy as np

from axle.amortization.errors import NoRate
from axle.amortization.irr import RATE_PLACES, irr
from axle.amortization.vector.columns import Doubles, Int64

RATES_UNIT = 10**RATE_PLACES
NO_RATE = np.iinfo(np.int64).min
"""Stands for a loan whose flows no rate solves."""

_ULP = 2.0**-53
_LANES = 4096
_STEPS = 100
_TOP_RATE = 1e6


def irrs(flows: Int64, *, guess: float = 0.01) -> Int64:
    """The rate by period of each loan in units of 1e-10, as ``irr`` gives it; NO_RATE where it raises NoRate.

    ``flows`` is int64 fen of shape (periods + 1, loans).
    """
    found = np.empty(flows.shape[1], np.int64)
    for first in range(0, flows.shape[1], _LANES):
        lanes = slice(first, first + _LANES)
        found[lanes] = _irrs(np.ascontiguousarray(flows[:, lanes]), guess)
    return found


def _irrs(flows: Int64, guess: float) -> Int64:
    is_loan = (flows[0] < 0) & (flows[1:] >= 0).all(axis=0) & (flows[1:] > 0).any(axis=0)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        rate, is_found = _newton(flows.astype(np.float64), guess)
        scaled = rate * RATES_UNIT
        error = (32 * len(flows) + 32) * _ULP * (1 + rate) * RATES_UNIT
        is_sure = np.abs(scaled - np.floor(scaled) - 0.5) > error
        is_sure &= is_loan & is_found & (rate < _TOP_RATE)
        rounded = np.where(is_sure, np.rint(scaled), 0).astype(np.int64)
    for loan in np.flatnonzero(~is_sure):
        rounded[loan] = _scalar(flows[:, loan].tolist(), guess)
    return rounded


def _newton(flows: Doubles, guess: float) -> tuple[Doubles, np.ndarray]:
    """The rate of each loan, and whether the search came to rest."""
    v = np.full(flows.shape[1], 1 / (1 + guess))
    is_at_rest = np.zeros(flows.shape[1], bool)
    for _ in range(_STEPS):
        step = _step(flows, v)
        v = v - step
        is_at_rest = np.abs(step) <= 4 * len(flows) * _ULP * v
        if is_at_rest.all():
            break
    return 1 / v - 1, is_at_rest & (v > 0)


def _step(flows: Doubles, v: Doubles) -> Doubles:
    """Worth over slope at v, both by Horner's rule."""
    worth, slope = flows[-1].copy(), np.zeros_like(v)
    for row in flows[-2::-1]:
        slope *= v
        slope += worth
        worth *= v
        worth += row
    change: Doubles = worth / slope
    return change


def _scalar(flows: list[int], guess: float) -> int:
    try:
        return int(irr(flows, guess=guess) * RATES_UNIT)
    except NoRate:
        return int(NO_RATE)
