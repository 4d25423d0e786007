"""Penalty interest (罚息) and compound interest (复利) on what is overdue.

Each overdue row keeps base x days as an integer; the amount due is that sum times the rate, rounded once (the
difference method), so that daily figures never drift from the total. Penalty bears no penalty.

Source: REG-PBOC-2003-251: penalty on overdue principal, compound interest on overdue interest.
"""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from axle.amortization.row import COMPOUND, INTEREST, PENALTY, PRINCIPAL, Row
from axle.amortization.rules import Rules
from axle.kernel.rounding import half_up

_NO_TOP = 10**20
"""More than any row can come to."""


class PenaltyMeter:
    """Runs the penalty of rows up to a date, by one set of rules."""

    __slots__ = (
        "_caps", "_compound", "_ends", "_grace", "_is_off", "_is_retroactive", "_on_instalment", "_pauses", "_penalty",
    )  # fmt: skip

    def __init__(self, rules: Rules) -> None:
        self._penalty = _daily(rules.penalty_rate.as_integer_ratio(), rules.penalty_year_days)
        self._compound = _daily(rules.compound_rate.as_integer_ratio(), rules.penalty_year_days)
        self._grace = timedelta(days=rules.grace_days)
        self._is_retroactive = rules.grace_is_retroactive
        self._on_instalment = rules.penalty_base == "instalment"
        self._caps = _ratio(rules.penalty_cap), _ratio(rules.compound_cap)
        self._is_off = not (self._penalty[0] or self._compound[0])
        self._pauses: list[tuple[date, date]] = []
        self._ends = date.max

    def pause(self, start: date, until: date) -> None:
        """No penalty runs from one date to another; pauses come in the order of their starts."""
        if self._pauses:
            start = max(start, self._pauses[-1][1])
        if start < until:
            self._pauses.append((start, until))

    def end(self, on: date) -> None:
        """No penalty runs from a date on, and none comes of days of grace that were not over by then."""
        self._ends = on
        self.pause(on, date.max)

    def _paused_days(self, since: date, on: date) -> int:
        return sum(max((min(on, until) - max(since, start)).days, 0) for start, until in self._pauses)

    def run(self, row: Row, on: date) -> None:
        """Bring the row's penalty and compound interest to a date. Money that came within grace was on time."""
        last_free = row.due_on + self._grace
        if on <= last_free or self._is_off or last_free >= self._ends:
            return
        since = row.penalty_to or row.due_on
        if not self._is_retroactive:
            since = max(since, last_free)
        row.penalty_to = on
        principal, interest = row.outstanding(PRINCIPAL), row.outstanding(INTEREST)
        if not (principal or interest):
            return
        days = (on - since).days - self._paused_days(since, on)
        row.principal_days += (principal + interest if self._on_instalment else principal) * days
        row.interest_days += interest * days
        penalty_top, compound_top = self._tops(row)
        row.due[PENALTY] = min(half_up(row.principal_days * self._penalty[0], self._penalty[1]), penalty_top)
        row.due[COMPOUND] = min(half_up(row.interest_days * self._compound[0], self._compound[1]), compound_top)

    def per_day(self, row: Row, on: date) -> Fraction:
        """What one more day after a date adds, unrounded; nothing within grace, in a pause, or at the cap."""
        if on <= row.due_on + self._grace or self._paused_days(on, on + timedelta(days=1)):
            return Fraction(0)
        principal, interest = row.outstanding(PRINCIPAL), row.outstanding(INTEREST)
        base = principal + interest if self._on_instalment else principal
        penalty_top, compound_top = self._tops(row)
        penalty = base * Fraction(*self._penalty) if row.due[PENALTY] < penalty_top else Fraction(0)
        compound = interest * Fraction(*self._compound) if row.due[COMPOUND] < compound_top else Fraction(0)
        return penalty + compound

    def _tops(self, row: Row) -> tuple[int, int]:
        """The most that penalty and compound interest of a row may come to."""
        owed = row.due[PRINCIPAL] + row.due[INTEREST]
        penalty, compound = (_NO_TOP if cap is None else half_up(owed * cap[0], cap[1]) for cap in self._caps)
        return penalty, compound


def _ratio(cap: Decimal | None) -> tuple[int, int] | None:
    return None if cap is None else cap.as_integer_ratio()


def _daily(rate: tuple[int, int], year: int) -> tuple[int, int]:
    return rate[0], rate[1] * year
