"""Schedules of many loans as every later question needs them, whichever form laid them out."""

from typing import NamedTuple

import numpy as np

from axle.amortization.choices import DayCount
from axle.amortization.vector.columns import RATE_UNIT, Days, Int64
from axle.amortization.vector.interest import FINE_UNIT
from axle.amortization.vector.schedules import Schedules


class Laid(NamedTuple):
    """Schedules in columns: row k of an array is the k-th row of every loan.

    Shapes (rows, loans), but for ``lent``, ``rate`` (units of 1e-12), ``start_on``, ``counts``, ``instalment`` and
    ``deferred``, (loans,). Rows past a loan's count are zero, their dates NaT. Exact interest of a row is
    ``parts`` / year x rate x the balance before it (or ``base``, where interest runs on the first principal); it is
    earned over ``spans``, which differ where a stub is charged elsewhere. ``deferred`` is the part of the last row's
    interest that a stub left to it. ``is_broken`` tells the loans whose first period is no whole one.
    ``vat_added`` is the rate of a tax on the rent, in units of 1e-6.
    """

    day_count: DayCount
    lent: Int64
    rate: Int64
    start_on: Days
    counts: Int64
    instalment: Int64
    deferred: Int64
    starts: Days
    dues: Days
    principal: Int64
    interest: Int64
    balance: Int64
    parts: Int64
    spans: Int64
    base: Int64 | None
    is_broken: np.ndarray
    fee: Int64
    vat: Int64
    total: Int64
    vat_added: Int64

    def part(self, which: np.ndarray) -> "Laid":
        """Some of the loans."""
        if which.all():
            return self
        columns = self._asdict()
        kept = {name: column[..., which] for name, column in columns.items() if isinstance(column, np.ndarray)}
        return Laid(**columns | kept)

    @property
    def opening(self) -> Int64:
        """The balance before each row."""
        return np.vstack([self.lent[None, :], self.balance[:-1]])

    @property
    def exists(self) -> np.ndarray:
        """Which rows a loan has."""
        found: np.ndarray = np.arange(len(self.principal))[:, None] < self.counts
        return found


def laid_of(plan: Schedules, base: Int64 | None = None) -> Laid:
    """Plain schedules as laid-out ones."""
    exists, loans = np.arange(len(plan.parts))[:, None] < plan.loans.periods, plan.loans
    starts, dues = (np.where(exists, dates, np.datetime64("NaT")) for dates in (plan.dates[:-1], plan.dates[1:]))
    return Laid(
        plan.day_count,
        loans.principal,
        loans.rate_units * (FINE_UNIT // RATE_UNIT),
        loans.start_on,
        loans.periods,
        plan.rows.instalment,
        np.zeros_like(loans.principal),
        starts,
        dues,
        plan.rows.principal,
        plan.rows.interest,
        np.where(exists, plan.rows.balance, 0),
        plan.parts,
        plan.parts,
        base,
        np.zeros(len(loans.principal), bool),
        *uncharged(plan.rows.principal, plan.rows.interest),
    )


def uncharged(principal: Int64, interest: Int64) -> tuple[Int64, Int64, Int64, Int64]:
    """Fees, VAT, totals and added VAT of rows that are principal and interest only."""
    nothing = np.zeros_like(principal)
    return nothing, nothing, principal + interest, np.zeros(principal.shape[1], np.int64)
