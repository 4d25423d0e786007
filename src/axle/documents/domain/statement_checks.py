"""Whether a bank statement can be what a bank printed (流水真伪): its arithmetic, its interest days, its file.

Arithmetic alone says that something is wrong, not who did it, and a reader may miss a line: one kind of evidence sends
a statement to a person, and only arithmetic and the file together call it forged.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from axle.documents.domain.statement import Finding, Statement, StatementCheck, StatementLine
from axle.documents.domain.statement_words import is_interest
from axle.kernel.money import Fen

ARITHMETIC = frozenset({"balance_breaks", "totals_differ", "interest_implausible", "interest_missing"})
OF_FILE = frozenset({"edited_by_tool", "fonts_mixed"})
_QUARTER_ENDS = (3, 6, 9, 12)
_INTEREST_DAY = 21
_DAYS_AROUND = 1
"""Banks settle at the end of the 20th or on the 21st, and some book it a day later."""
_YEAR_DAYS = 360
"""Demand deposits earn by the day, a year of 360."""


@dataclass(frozen=True, slots=True)
class DepositRates:
    """Between which annual rates demand deposits earn."""

    lowest: Decimal
    highest: Decimal


def in_order(lines: Sequence[StatementLine]) -> tuple[StatementLine, ...]:
    """The lines oldest first: a statement is printed one way or the other. Where the days do not tell, the balances
    do."""
    if len(lines) < 2:
        return tuple(lines)
    turned = tuple(reversed(lines))
    if lines[0].booked_on != lines[-1].booked_on:
        return tuple(lines) if lines[0].booked_on < lines[-1].booked_on else turned
    return min((tuple(lines), turned), key=lambda one: sum(1 for _ in _breaks(one)))


def findings_of(statement: Statement, rates: DepositRates) -> list[Finding]:
    """Everything that is odd, the file's own marks last."""
    found = [*_breaks(statement.lines), *_out_of_order(statement.lines), *_totals(statement), *_unnamed(statement)]
    if has_balances(statement.lines):
        found += _interest(statement.lines, rates)
    return [*found, *statement.marks]


def verdict(statement: Statement, findings: Sequence[Finding]) -> StatementCheck | None:
    """genuine where nothing was found, suspicious, forged, or None where no balances are printed to check."""
    codes = {finding.code for finding in findings}
    if codes & ARITHMETIC and codes & OF_FILE:
        return "forged"
    if codes:
        return "suspicious"
    return "genuine" if has_balances(statement.lines) else None


def has_balances(lines: Sequence[StatementLine]) -> bool:
    return bool(lines) and all(line.balance is not None for line in lines)


def _breaks(lines: Sequence[StatementLine]) -> Iterator[Finding]:
    """Lines whose balance is not the balance before with their amount."""
    for before, line in pairwise(lines):
        if before.balance is None or line.balance is None:
            continue
        expected = before.balance + line.amount
        if expected != line.balance:
            yield Finding("balance_breaks", line.no, line.booked_on, expected, line.balance)


def _out_of_order(lines: Sequence[StatementLine]) -> Iterator[Finding]:
    for before, line in pairwise(lines):
        if line.booked_on < before.booked_on:
            yield Finding("dates_out_of_order", line.no, line.booked_on, before.booked_on.isoformat(), None)


def _totals(statement: Statement) -> Iterator[Finding]:
    inflow = sum(line.amount for line in statement.lines if line.amount > 0)
    outflow = -sum(line.amount for line in statement.lines if line.amount < 0)
    for stated, found in ((statement.inflow_stated, inflow), (statement.outflow_stated, outflow)):
        if stated is not None and stated != found:
            yield Finding("totals_differ", 0, None, stated, found)


def _unnamed(statement: Statement) -> Iterator[Finding]:
    if not statement.holder_name:
        yield Finding("holder_missing")


def _interest(lines: Sequence[StatementLine], rates: DepositRates) -> Iterator[Finding]:
    """Interest on days on which no bank settles it, none on the days on which one does, and of an impossible height."""
    for line in lines:
        if _is_settlement(line) and _settled_on(line.booked_on) is None:
            yield Finding("interest_off_day", line.no, line.booked_on, None, line.amount)
    for day in _days_within(lines[0].booked_on, lines[-1].booked_on):
        yield from _settled(lines, day, rates)


def _is_settlement(line: StatementLine) -> bool:
    """Interest that the bank pays; that of a loan is paid to it."""
    return line.amount > 0 and is_interest(line.summary)


def _settled(lines: Sequence[StatementLine], day: date, rates: DepositRates) -> Iterator[Finding]:
    begun = _quarter_begun(day)
    held = _day_balances(lines, max(begun, lines[0].booked_on), day)
    paid = [line for line in lines if _is_settlement(line) and _settled_on(line.booked_on) == day]
    least = held * rates.lowest / _YEAR_DAYS
    if not paid:
        if least >= 2:  # below two fen the bank may have paid nothing
            yield Finding("interest_missing", 0, day, int(least), None)
        return
    total = sum(line.amount for line in paid)
    if lines[0].booked_on < begun and not least - 2 <= total <= held * rates.highest / _YEAR_DAYS + 2:
        yield Finding("interest_implausible", paid[0].no, day, int(least), total)


def _day_balances(lines: Sequence[StatementLine], begin: date, end: date) -> int:
    """The sum of the balances at the end of each day from ``begin`` up to the day before ``end``, fen times days."""
    total, day_begun, balance = 0, begin, Fen(0)
    for line in lines:
        if line.booked_on >= end:
            break
        if line.booked_on > day_begun:
            total += balance * (line.booked_on - day_begun).days
            day_begun = line.booked_on
        balance = line.balance or Fen(0)
    return total + balance * (end - day_begun).days


def _settled_on(booked_on: date) -> date | None:
    """The settlement day that a line belongs to; None for a day that is none."""
    if booked_on.month not in _QUARTER_ENDS:
        return None
    day = booked_on.replace(day=_INTEREST_DAY)
    return day if abs((booked_on - day).days) <= _DAYS_AROUND else None


def _days_within(first: date, last: date) -> Iterator[date]:
    """The settlement days that the statement surely covers."""
    for year in range(first.year, last.year + 1):
        for month in _QUARTER_ENDS:
            day = date(year, month, _INTEREST_DAY)
            if first < day and day + timedelta(days=_DAYS_AROUND) < last:
                yield day


def _quarter_begun(day: date) -> date:
    return day.replace(year=day.year - 1, month=12) if day.month == 3 else day.replace(month=day.month - 3)
