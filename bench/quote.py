"""Schedules and rates: one by one, by the million, and beside what else one would take.

``size`` is the number of loans of the vector workloads. Everything runs on one core in one process; each figure is the
best of several runs. The floor is the same portfolio in bare NumPy: closed form, doubles, no rounding, no loop.
Goals: a 36-month schedule in 150 µs; 500,000 schedules a second; at most three times the floor.
"""

from datetime import date, timedelta
from decimal import Decimal
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np
import numpy_financial
import pyxirr

from axle.amortization.public import (
    RATE_UNIT,
    Terms,
    irr,
    irrs,
    level_schedules,
    portfolio,
    quote_json,
    schedule,
    xirr,
)
from axle.config.cli.measure import best_seconds, machine

quantlib = import_module("QuantLib") if find_spec("QuantLib") else None

PERIODS = 36
PRINCIPAL, RATE, START = 10_000_000, Decimal("0.0899"), date(2026, 2, 25)
TERMS = {
    "principal": "100000.00",
    "annual_rate": "0.0899",
    "method": "level_payment",
    "periods": PERIODS,
    "start_on": "2026-02-25",
}
_LANES = 8192
_PEER_LOANS, _PEER_RATES = 2000, 200
"""Loans that a peer is timed on; its seconds are scaled up from them."""

_LEASES, _SCALAR_LEASES = 20_000, 500


def run(size: int = 1_000_000) -> dict[str, Any]:
    """Measure; times in the unit that a figure's name ends with."""
    figures = {"loans": size, "periods": PERIODS} | machine("numpy", "numpy-financial", "pyxirr", "quantlib")
    return figures | _one_schedule() | _portfolio(size) | _leases(size) | _one_rate() | _rates(size)


# --- one schedule --------------------------------------------------------------------------------------------


def _terms() -> Terms:
    return Terms(principal=PRINCIPAL, annual_rate=RATE, method="level_payment", periods=PERIODS, start_on=START)


def _one_schedule() -> dict[str, Any]:
    terms = _terms()
    ours = best_seconds(lambda: schedule(terms), number=200)
    peer = best_seconds(_numpy_financial_schedule, number=50)
    found = {
        "schedule_us": ours * 1e6,
        "schedule_goal_us": 150,
        "terms_and_schedule_us": best_seconds(lambda: schedule(_terms()), number=200) * 1e6,
        "quote_json_us": best_seconds(lambda: quote_json(TERMS), number=20) * 1e6,
        "numpy_financial_schedule_us": peer * 1e6,
        "numpy_financial_to_ours": peer / ours,
    }
    if quantlib is not None:
        peer = best_seconds(_quantlib_schedule, number=20)
        found |= {"quantlib_schedule_us": peer * 1e6, "quantlib_to_ours": peer / ours}
    return found


def _numpy_financial_schedule() -> None:
    """Payment, interest and principal of every period; no due dates, no rounding."""
    rate, periods = float(RATE) / 12, np.arange(1, PERIODS + 1)
    numpy_financial.pmt(rate, PERIODS, PRINCIPAL)
    numpy_financial.ipmt(rate, periods, PERIODS, PRINCIPAL)
    numpy_financial.ppmt(rate, periods, PERIODS, PRINCIPAL)


def _quantlib_schedule() -> None:
    """The cash flows of an amortising bond with the same payments; no rounding."""
    start, day_count = quantlib.Date(25, 2, 2026), quantlib.Thirty360(quantlib.Thirty360.BondBasis)
    dates = quantlib.Schedule(
        start,
        start + quantlib.Period(PERIODS, quantlib.Months),
        quantlib.Period(quantlib.Monthly),
        quantlib.NullCalendar(),
        quantlib.Unadjusted,
        quantlib.Unadjusted,
        quantlib.DateGeneration.Forward,
        False,
    )
    notionals = quantlib.sinkingNotionals(
        quantlib.Period(PERIODS, quantlib.Months), quantlib.Monthly, float(RATE), PRINCIPAL / 100
    )
    bond = quantlib.AmortizingFixedRateBond(0, notionals, dates, [float(RATE)], day_count)
    [(flow.date(), flow.amount()) for flow in bond.cashflows()]


# --- a portfolio ---------------------------------------------------------------------------------------------


def _columns(size: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    random = np.random.default_rng(20261126)
    principal = random.integers(3 * 10**6, 4 * 10**7, size)
    rate_units = random.integers(300, 1800, size) * (RATE_UNIT // 10_000)
    return principal, rate_units, np.full(size, PERIODS)


def _portfolio(size: int) -> dict[str, Any]:
    columns = _columns(size)
    ours = best_seconds(lambda: level_schedules(*columns), repeat=3)
    floor = best_seconds(lambda: _floor(*columns[:2]), repeat=3)
    few = tuple(column[:_PEER_LOANS] for column in columns)
    peer = best_seconds(lambda: _numpy_financial_portfolio(*few[:2]), repeat=3) * size / len(few[0])
    return {
        "vector_seconds": ours,
        "vector_schedules_a_second": round(size / ours),
        "vector_goal_a_second": 500_000,
        "floor_seconds": floor,
        "vector_to_floor": ours / floor,
        "vector_to_floor_goal": 3,
        "numpy_financial_portfolio_seconds": peer,
        "numpy_financial_portfolio_to_ours": peer / ours,
    }


def _floor(principal: np.ndarray, rate_units: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Principal, interest and balance of every row in closed form, in chunks that stay in the cache."""
    shape = (PERIODS, len(principal))
    principals, interests, balances = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    number = np.arange(PERIODS)[:, None]
    for first in range(0, len(principal), _LANES):
        lanes = slice(first, first + _LANES)
        rate = rate_units[lanes] / (12 * RATE_UNIT)
        payment = principal[lanes] * rate / -np.expm1(-PERIODS * np.log1p(rate))
        first_part = payment - principal[lanes] * rate
        repaid = first_part * np.exp(number * np.log1p(rate))
        principals[:, lanes] = repaid
        interests[:, lanes] = payment - repaid
        balances[:, lanes] = principal[lanes] - (repaid * (1 + rate) - first_part) / rate
    return principals, interests, balances


def _numpy_financial_portfolio(principal: np.ndarray, rate_units: np.ndarray) -> None:
    rate, periods = rate_units / (12 * RATE_UNIT), np.arange(1, PERIODS + 1)[:, None]
    numpy_financial.ipmt(rate, periods, PERIODS, principal)
    numpy_financial.ppmt(rate, periods, PERIODS, principal)


def _leases(size: int) -> dict[str, Any]:
    """Rents in advance on a due day, so with a broken first period: together, and one by one."""
    terms = [_lease(no) for no in range(min(size, _LEASES))]
    few = terms[:_SCALAR_LEASES]
    ours = best_seconds(lambda: portfolio(terms), repeat=3) / len(terms)
    scalar = best_seconds(lambda: [schedule(one) for one in few], repeat=3) / len(few)
    return {
        "leases_us_each": ours * 1e6,
        "leases_one_by_one_us_each": scalar * 1e6,
        "one_by_one_to_ours": scalar / ours,
    }


def _lease(no: int) -> Terms:
    return Terms(
        principal=PRINCIPAL + no,
        annual_rate=RATE,
        method="level_payment",
        periods=PERIODS,
        start_on=START + timedelta(days=no % 365),
        due_day=15,
        timing="advance",
        vat_rate=Decimal("0.13"),
        vat_base="rent",
    )


# --- rates ---------------------------------------------------------------------------------------------------


def _one_rate() -> dict[str, Any]:
    plan = schedule(_terms())
    flows = [-PRINCIPAL, *(row.total for row in plan.instalments)]
    dated = [(START, -PRINCIPAL), *((row.due_on, row.total) for row in plan.instalments)]
    floats = [float(flow) for flow in flows]
    return {
        "irr_us": best_seconds(lambda: irr(flows), number=50) * 1e6,
        "numpy_financial_irr_us": best_seconds(lambda: numpy_financial.irr(floats), number=20) * 1e6,
        "pyxirr_irr_us": best_seconds(lambda: pyxirr.irr(floats), number=50) * 1e6,
        "xirr_us": best_seconds(lambda: xirr(dated), number=50) * 1e6,
        "pyxirr_xirr_us": best_seconds(lambda: pyxirr.xirr(dated), number=50) * 1e6,
    }


def _rates(size: int) -> dict[str, Any]:
    principal, rate_units, periods = _columns(size)
    plan = level_schedules(principal, rate_units, periods)
    flows = np.vstack([-principal, plan.principal + plan.interest])
    ours = best_seconds(lambda: irrs(flows), repeat=2)
    few = [flows[:, loan].astype(float) for loan in range(min(size, _PEER_RATES))]
    pyxirr_seconds = best_seconds(lambda: [pyxirr.irr(row) for row in few], repeat=3) * size / len(few)
    return {
        "irr_of_all_seconds": ours,
        "irr_a_second": round(size / ours),
        "pyxirr_irr_of_all_seconds": pyxirr_seconds,
        "pyxirr_to_ours": pyxirr_seconds / ours,
    }
