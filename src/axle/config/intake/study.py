"""Our level payment against the one that the servicer reported, under several readings of the file.

A reading says how many instalments a contract has, how its days are counted and what becomes of a long first period.
The engine solves the payment of every row under each of them; the reading that gives the reported amounts is the
one that the servicer uses. Nothing is fitted: the readings are fixed beforehand.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal, localcontext

from axle.amortization.public import Terms, schedule
from axle.config.intake.book_row import BookRow
from axle.kernel.dates import add_months

CLOSE_RATES = (Decimal("0.01"), Decimal("0.026"))
QUANTILES = (0, 1, 5, 25, 50, 75, 95, 99, 100)
_DIGITS = 40
_ROUNDING = 1
"""Fen by which rounding alone sets two level payments apart: the servicer cuts factor and payment, we round once."""
_FACTOR_PLACES = Decimal("1e-8")

Payment = Callable[[BookRow], int]


@dataclass(frozen=True)
class Reading:
    """One way to read a row: a title, a sentence, and the payment in fen that follows."""

    title: str
    meaning: str
    payment: Payment


@dataclass(frozen=True)
class Finding:
    """How a reading's payments compare with the reported ones. ``differences`` are reported less ours, in fen, in
    the order of the rows; ``relative`` are those over ours."""

    reading: Reading
    differences: tuple[int, ...]
    relative: tuple[Decimal, ...]

    @property
    def rows(self) -> int:
        """Rows compared."""
        return len(self.differences)

    def within_fen(self, fen: int) -> int:
        """Rows whose difference is at most an amount."""
        return sum(abs(difference) <= fen for difference in self.differences)

    def within_rate(self, rate: Decimal) -> int:
        """Rows whose difference is at most a fraction of our payment."""
        return sum(abs(difference) <= rate for difference in self.relative)

    def quantile(self, percent: int) -> tuple[int, Decimal]:
        """The difference, and the relative one, that ``percent`` per cent of the rows do not exceed."""
        place = (self.rows - 1) * percent // 100
        return sorted(self.differences)[place], sorted(self.relative)[place]


def compared(rows: Iterable[BookRow], reading: Reading) -> Finding:
    """Solve every row that has a reported payment under a reading."""
    differences, relative = [], []
    for row in rows:
        if row.payment_reported is not None:
            ours = reading.payment(row)
            differences.append(row.payment_reported - ours)
            relative.append(Decimal(row.payment_reported - ours) / ours)
    return Finding(reading, tuple(differences), tuple(relative))


def _level(row: BookRow, *, periods: int, first_months: int = 1, **terms: object) -> int:
    """The engine's level payment, contracts beginning in the middle of their month (days are not in the file)."""
    start = row.originated_on.replace(day=15)
    solved = schedule(
        Terms(
            principal=row.amount,
            annual_rate=row.annual_rate,
            method="level_payment",
            periods=periods,
            start_on=start,
            first_due_on=add_months(start, first_months),
            **terms,  # type: ignore[arg-type]
        )
    )
    return solved.instalment


def as_filed(row: BookRow) -> int:
    """The term of the file as the number of instalments, whole months."""
    return _level(row, periods=row.term_months)


def by_days(row: BookRow) -> int:
    """The same, interest by actual days over 365."""
    return _level(row, periods=row.term_months, day_count="actual/365")


def long_first(row: BookRow) -> int:
    """The same, the payment solved with the real distance to the first instalment."""
    return _level(row, periods=row.term_months, first_months=row.months_before_first, stub="amortised")


def long_first_by_days(row: BookRow) -> int:
    """Both: actual days over 365 and the real first period."""
    months = row.months_before_first
    return _level(row, periods=row.term_months, first_months=months, stub="amortised", day_count="actual/365")


def as_booked(row: BookRow) -> int:
    """The term less the months before the first instalment, whole months: what a booked contract asks for."""
    return _level(row, periods=row.periods)


def as_booked_by_days(row: BookRow) -> int:
    """The same, interest by actual days over 365."""
    return _level(row, periods=row.periods, day_count="actual/365")


def put_off_months(row: BookRow) -> int | None:
    """Months by which the first instalment was put off without shortening the contract, when that explains what the
    servicer reported: the contract then has so many instalments more than its dates say."""
    for more in range(1, row.months_before_first):
        if abs((row.payment_reported or 0) - _level(row, periods=row.periods + more)) <= _ROUNDING:
            return more
    return None


def by_factor(row: BookRow) -> int:
    """As booked, from a factor per unit of amount cut to eight places, the payment cut to the cent."""
    with localcontext() as context:
        context.prec = _DIGITS
        rate, periods = row.annual_rate / 12, row.periods
        factor = rate / (1 - (1 + rate) ** -periods) if rate else Decimal(1) / periods
        cut = factor.quantize(_FACTOR_PLACES, ROUND_DOWN)
        return int((cut * row.amount).to_integral_value(ROUND_DOWN))


AS_FILED = Reading("as filed", "`originalLoanTerm` instalments, 30/360", as_filed)
AS_BOOKED = Reading("as booked", "`originalLoanTerm` less the months before the first instalment, 30/360", as_booked)
BY_FACTOR = Reading(
    "as booked, by factor", "the same from a payment factor cut to 8 places, the payment cut to the cent", by_factor
)
READINGS: tuple[Reading, ...] = (
    AS_FILED,
    Reading("simple interest by days", "as filed, actual/365", by_days),
    Reading("long first period", "as filed, 30/360, solved with the real first period", long_first),
    Reading("both", "as filed, actual/365, solved with the real first period", long_first_by_days),
    AS_BOOKED,
    Reading("as booked, by days", "as booked, actual/365", as_booked_by_days),
    BY_FACTOR,
)


@dataclass(frozen=True)
class Study:
    """All readings of a file, and the rows that the booked one leaves over.

    ``outliers`` differ from what is booked by more than a cent, each with the months that explain it, if any do.
    """

    findings: tuple[Finding, ...]
    unreported: int
    outliers: tuple[tuple[BookRow, int | None], ...]

    def finding(self, reading: Reading) -> Finding:
        """The finding of one reading."""
        return next(found for found in self.findings if found.reading is reading)


def study(rows: Sequence[BookRow], *, tell: Callable[[str], None]) -> Study:
    """Compare every row that has a reported payment under every reading."""
    reported = [row for row in rows if row.payment_reported is not None]
    findings = []
    for reading in READINGS:
        tell(reading.title)
        findings.append(compared(reported, reading))
    booked = findings[READINGS.index(AS_BOOKED)]
    outliers = tuple(
        (row, put_off_months(row))
        for row, apart in zip(reported, booked.differences, strict=True)
        if abs(apart) > _ROUNDING
    )
    return Study(tuple(findings), len(rows) - len(reported), outliers)
