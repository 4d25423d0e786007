"""What a bank statement says of somebody's income (流水收入): what returns every month, what only passes through."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from axle.documents.domain.statement import (
    Statement,
    StatementFigures,
    StatementIncome,
    StatementLine,
    StatementMonth,
)
from axle.documents.domain.statement_checks import DepositRates, findings_of, verdict
from axle.documents.domain.statement_words import (
    is_gambling,
    is_interest,
    is_loan,
    is_own,
    is_refund,
    is_salary,
)
from axle.documents.domain.text_forms import squeezed
from axle.kernel.money import Fen
from axle.kernel.rounding import round_rate

_YEAR_DAYS = Decimal("365.2425")
_OF_MONTHS = Decimal("0.6")
"""Who pays in three of five months pays regularly."""
_MONTHS_LEAST = 2
_ROUND_TRIP_LEAST = 100_000
"""Smaller inflows (1,000 yuan) that leave again are living, not a turnover that is made."""
_SAME_AMOUNT = Decimal("0.95")
_SAME_PARTY_DAYS = 30
_LINES_AHEAD = 500
"""An account that moves more than this in the days looked at is a shop's."""


@dataclass(frozen=True, slots=True)
class FigureRules:
    """How a statement is judged: between which rates deposits earn, the fewest months that tell an income, and within
    how many days an inflow that leaves is a round trip."""

    rates: DepositRates
    months_least: int
    round_trip_days: int


def figures_of(statement: Statement, rules: FigureRules) -> StatementFigures:
    """What the statement comes to. It has a line at least, and its lines are in order."""
    lines = statement.lines
    findings = findings_of(statement, rules.rates)
    returned = _returned(lines, rules.round_trip_days)
    months = months_covered(lines[0].booked_on, lines[-1].booked_on)
    incomes = _recurring(statement, returned, months)
    inflow = Fen(sum(line.amount for line in lines if line.amount > 0))
    total = sum(line.amount for line in incomes)
    return StatementFigures(
        holder_name=statement.holder_name,
        account_no=statement.account_no,
        from_on=lines[0].booked_on,
        to_on=lines[-1].booked_on,
        lines=len(lines),
        inflow=inflow,
        outflow=Fen(-sum(line.amount for line in lines if line.amount < 0)),
        check=verdict(statement, findings),
        findings=findings,
        income_fen=Fen(total // months) if months >= rules.months_least else None,
        round_trip_rate=str(round_rate(Decimal(sum(returned.values())) / inflow, 4)) if inflow else "0",
        gambling=[line.no for line in lines if is_gambling(f"{line.counterparty} {line.summary}")],
        months=_months(lines, incomes),
        incomes=_sources(incomes),
    )


def months_covered(first: date, last: date) -> int:
    """How many months lie between two days, both counted, to the nearest; at least one."""
    days = (last - first).days + 1
    return max(1, int(Decimal(days) * 12 / _YEAR_DAYS + Decimal("0.5")))


def _recurring(statement: Statement, returned: Mapping[int, int], months: int) -> list[StatementLine]:
    """The inflows that count as income: salaries, and what the same payer brings in most months."""
    by_payer: dict[str, list[StatementLine]] = defaultdict(list)
    for line in statement.lines:
        if line.amount > 0 and line.no not in returned and not _is_no_income(line, statement):
            by_payer[_payer(line)].append(line)
    return [line for lines in by_payer.values() if _is_regular(lines, months) for line in lines]


def _is_regular(lines: Sequence[StatementLine], months: int) -> bool:
    seen = len({_month(line) for line in lines})
    if seen < _MONTHS_LEAST:
        return False
    return any(is_salary(line.summary) for line in lines) or seen >= months * _OF_MONTHS


def _is_no_income(line: StatementLine, statement: Statement) -> bool:
    """Interest, one's own money from elsewhere, money lent, and money given back."""
    if is_salary(line.summary):
        return False
    text = f"{line.counterparty} {line.summary}"
    is_holder = bool(statement.holder_name) and squeezed(line.counterparty) == statement.holder_name
    return is_holder or is_interest(line.summary) or is_own(text) or is_loan(text) or is_refund(line.summary)


def _payer(line: StatementLine) -> str:
    return squeezed(line.counterparty or line.account or line.summary)


def _returned(lines: Sequence[StatementLine], days: int) -> dict[int, int]:
    """The inflows that left again (快进快出), by their number in the file: to whom they came from within a month, or to
    anybody within ``days``; each outflow answers one inflow, and salaries are spent, not passed on."""
    taken: set[int] = set()
    found: dict[int, int] = {}
    for place, line in enumerate(lines):
        if line.amount < _ROUND_TRIP_LEAST or is_salary(line.summary):
            continue
        for out in _within(lines[place + 1 : place + 1 + _LINES_AHEAD], line.booked_on, max(days, _SAME_PARTY_DAYS)):
            if out.no not in taken and _answers(out, line, days):
                taken.add(out.no)
                found[line.no] = line.amount
                break
    return found


def _within(lines: Sequence[StatementLine], on: date, days: int) -> Iterator[StatementLine]:
    """The outflows among the lines that follow, up to so many days on."""
    for line in lines:
        if line.booked_on > on + timedelta(days=days):
            return
        if line.amount < 0:
            yield line


def _answers(out: StatementLine, line: StatementLine, days: int) -> bool:
    """Whether an outflow passes an inflow on: the same amount but for a fee, or at least that to whom it came from."""
    least = line.amount * _SAME_AMOUNT
    if _payer(out) == _payer(line) and (out.counterparty or out.account):
        return -out.amount >= least
    return out.booked_on <= line.booked_on + timedelta(days=days) and least <= -out.amount <= line.amount


def _months(lines: Sequence[StatementLine], incomes: Sequence[StatementLine]) -> list[StatementMonth]:
    inflow: Counter[str] = Counter()
    outflow: Counter[str] = Counter()
    income: Counter[str] = Counter()
    for line in lines:
        (inflow if line.amount > 0 else outflow)[_month(line)] += abs(line.amount)
    for line in incomes:
        income[_month(line)] += line.amount
    months = sorted(inflow.keys() | outflow.keys())
    return [StatementMonth(month, Fen(inflow[month]), Fen(outflow[month]), Fen(income[month])) for month in months]


def _sources(incomes: Iterable[StatementLine]) -> list[StatementIncome]:
    by_payer: dict[str, list[StatementLine]] = defaultdict(list)
    for line in incomes:
        by_payer[line.counterparty or line.summary].append(line)
    found = [
        StatementIncome(payer, len({_month(line) for line in lines}), Fen(sum(line.amount for line in lines)))
        for payer, lines in by_payer.items()
    ]
    return sorted(found, key=lambda one: -one.total)


def _month(line: StatementLine) -> str:
    return f"{line.booked_on:%Y-%m}"
