"""The slow model, with changes of the contract: the same walk day by day, in fractions.

Another algorithm than the engine's: rows are remade from the rows that are there, not from a course kept apart; a
holiday is a mark on rows.
"""

from calendar import monthrange
from dataclasses import replace
from datetime import date
from fractions import Fraction

from axle.amortization.public import (
    AgreedPlan,
    Deferral,
    Disbursement,
    DueDayChange,
    Extension,
    InterestPause,
    PartialPrepayment,
    RateChange,
    ReAgeing,
    ReAmortisation,
)
from axle.amortization.tests.slow_model import (
    COMPONENTS,
    SlowLoan,
    SlowRow,
    counted_days,
    slow_rows,
    slow_schedule,
    to_fen,
    year_length,
)

Period = tuple[int, date, date, int]


class Refused(Exception):
    """The life cannot go on; the engine refuses it too."""


def on_day(year: int, month: int, day: int) -> date:
    """A day of a month that may lie beyond December, or the last day of a shorter month."""
    while month > 12:
        year, month = year + 1, month - 12
    while month < 1:
        year, month = year - 1, month + 12
    return date(year, month, min(day, monthrange(year, month)[1]))


class SlowChanges(SlowLoan):
    """One loan with every change that may happen to a monthly loan without stub."""

    def __init__(self, terms, rules):
        super().__init__(terms, rules)
        self.limit, self.anchor = terms.principal, terms.start_on.day
        self.lent = 0
        self.begun: dict[int, date] = {}
        self.holiday: dict[int, str] = {}
        self.still: list[tuple[date, date]] = []
        self.interest_resumes = terms.start_on
        self.is_agreed = False

    def handlers(self):
        return super().handlers() | {
            RateChange: self._change_rate,
            DueDayChange: self._change_due_day,
            Extension: self._extend,
            Deferral: self._defer,
            ReAmortisation: self._re_amortise,
            ReAgeing: self._re_age,
            InterestPause: self._pause,
            AgreedPlan: self._agree,
        }

    def _disburse(self, event: Disbursement) -> None:
        self.lent += event.amount
        if self.lent > self.limit:
            raise Refused
        if self.lent == event.amount:
            self.original, level = slow_schedule(replace(self.terms, principal=event.amount, deposit=None))
            self.level = level + self.original[0].due["interest"] if self.terms.method == "flat" else level
            self.flat_base = int(event.amount)
            super()._disburse(event)
            self.begun = {row.name[1]: row.starts_on for row in self.future}
        else:
            self._require_rows()
            self._remake(self.principal_left() + event.amount, self.rest(), self.accrued_total())

    def _require_rows(self) -> None:
        if not self.future:
            raise Refused

    def rest(self) -> list[Period]:
        """The periods of the rows to come, from today or the end of a pause on."""
        begin = max(self.today, self.interest_resumes)
        periods = []
        for row in self.future:
            start = max(row.starts_on, min(begin, row.due_on))
            days = max(row.days - counted_days(self.terms, row.starts_on, start), 0)
            periods.append((row.name[1], start, row.due_on, days))
        return periods

    def _remake(self, balance: int, periods: list[Period], carried: int, *, mode: str = "", old: int = 0) -> None:
        """Rows anew over the periods, those on holiday first; they repay nothing, and may grow the balance."""
        if self.is_agreed:
            raise Refused
        old = old or self.principal_left()
        base = to_fen(Fraction(self.flat_base * balance, old)) if old else balance
        waiting, grown, later = self._on_holiday(balance, periods, carried)
        keeps = mode == "keep_instalment" and self.terms.method != "interest_first"
        level = self.level if keeps else None
        rows, found = slow_rows(
            self.terms, grown, later, level=level, flat_base=base, carried=0 if waiting else carried
        )
        self.future = waiting + rows
        if not keeps:
            self.level = found + (rows[0].due["interest"] if self.terms.method == "flat" else 0)
        self.flat_base = base

    def _on_holiday(self, balance: int, periods: list[Period], carried: int) -> tuple[list[SlowRow], int, list[Period]]:
        rows: list[SlowRow] = []
        while len(periods) > 1 and periods[0][0] in self.holiday:
            (no, start, due, days), *periods = periods
            exact = Fraction(self.terms.annual_rate) * balance * days / year_length(self.terms)
            amounts = dict.fromkeys(COMPONENTS, 0) | {"interest": to_fen(exact) + (0 if rows else carried)}
            row = SlowRow(("instalment", no, ""), due, start, days, exact, amounts, carried=0 if rows else carried)
            row.joins = amounts["interest"] if self.holiday[no] == "capitalised" else 0
            row.moved["interest"] = row.joins
            balance += row.joins
            rows.append(row)
        return rows, balance, periods

    def _lay_out(self, old: int, new: int, mode: str) -> None:
        self._remake(new, self.rest(), 0, mode=mode, old=old)

    def _set_rate(self, rate) -> None:
        if rate is not None:
            rate = max(self.rules.rate_floor, min(rate, self.rules.rate_cap))
            self.terms = replace(self.terms, annual_rate=rate)

    def _change_rate(self, event: RateChange) -> None:
        self._require_rows()
        carried = self.accrued_total()
        self._set_rate(event.annual_rate)
        self._remake(self.principal_left(), self.rest(), carried)

    def _months_after(self, due: date, months: int) -> date:
        return on_day(due.year, due.month + months, self.anchor)

    def _whole_days(self, start: date, due: date) -> int:
        if self.terms.day_count == "30/360":
            return 30 * self.terms.every
        return counted_days(self.terms, start, due)

    def _more(self, due: date, no: int, count: int) -> list[Period]:
        """``count`` whole periods after a due date, without the days that a pause still covers."""
        found = []
        for _ in range(count):
            no, begin, due = no + 1, due, self._months_after(due, self.terms.every)
            found.append(self._begin(no, begin, due, self._whole_days(begin, due)))
        return found

    def _begin(self, no: int, begin: date, due: date, days: int) -> Period:
        self.begun[no] = begin
        start = max(begin, min(max(self.today, self.interest_resumes), due))
        return no, start, due, max(days - counted_days(self.terms, begin, start), 0)

    def _longer(self, count: int) -> list[Period]:
        rest = self.rest()
        return rest + self._more(rest[-1][2], rest[-1][0], count)

    def _extend(self, event: Extension) -> None:
        self._require_rows()
        carried = self.accrued_total()
        self._set_rate(event.annual_rate)
        self._remake(self.principal_left(), self._with_rows(len(self.future) + event.periods), carried)

    def _with_rows(self, count: int | None) -> list[Period]:
        periods = self.rest()
        if count is None:
            return periods
        return self._longer(count - len(periods)) if count > len(periods) else periods[:count]

    def _re_amortise(self, event: ReAmortisation) -> None:
        self._require_rows()
        carried = self.accrued_total()
        self._set_rate(event.annual_rate)
        self._remake(self.principal_left(), self._with_rows(event.periods), carried)

    def _re_age(self, event: ReAgeing) -> None:
        if not self.owed_now():
            raise Refused
        carried, balance = self.accrued_total(), self.principal_left() + self.owed_now()
        had_rows = self.future
        for row in self.fallen:
            for component in COMPONENTS:
                row.moved[component] += row.owes(component)
        self._set_rate(event.annual_rate)
        if had_rows:
            self._remake(balance, self._with_rows(event.periods), carried)
        else:
            self._begin_again(balance, event.periods or 1)

    def _begin_again(self, balance: int, count: int) -> None:
        fallen = [row for row in self.fallen if row.name[0] == "instalment"]
        no = max((row.name[1] for row in fallen), default=0) + 1
        due = max((row.due_on for row in fallen), default=self.terms.start_on)
        while due <= self.today:
            due = self._months_after(due, self.terms.every)
        whole = self._months_after(due, -self.terms.every) == self.today
        days = self._whole_days(self.today, due) if whole else counted_days(self.terms, self.today, due)
        self.begun, self.holiday = {}, {}
        self._remake(balance, [self._begin(no, self.today, due, days), *self._more(due, no, count - 1)], 0)

    def _change_due_day(self, event: DueDayChange) -> None:
        """The running period ends on the new day; its days are counted from where it began, less what has run."""
        self._require_rows()
        carried, rows = self.accrued_total(), self.rest()
        no, _, due, _ = rows[0]
        begun = self.begun[no]
        self.anchor = event.due_day
        first = self._months_after(due, 0)
        if first <= max(self.today, begun):
            first = self._months_after(due, 1)
        whole = self._months_after(first, -self.terms.every) == begun
        days = self._whole_days(begun, first) if whole else counted_days(self.terms, begun, first)
        periods = [self._begin(no, begun, first, days), *self._more(first, no, len(rows) - 1)]
        self._remake(self.principal_left(), periods, carried)

    def _defer(self, event: Deferral) -> None:
        self._require_rows()
        carried, count, no = self.accrued_total(), event.periods, self.future[0].name[1]
        if event.interest in ("paid", "capitalised"):
            if self.terms.method == "flat":
                raise Refused
            self.holiday = {number + count: kind for number, kind in self.holiday.items() if number >= no}
            self.holiday |= {no + index: event.interest for index in range(count)}
            rows = self._longer(count)
        else:
            if count > len(self.future):
                raise Refused
            self.holiday = {number - count: kind for number, kind in self.holiday.items() if number >= no + count}
            rows = self._put_off(count, is_carried=event.interest == "carried")
        self._remake(self.principal_left(), rows, carried)

    def _put_off(self, count: int, *, is_carried: bool) -> list[Period]:
        """The rows without the first ones, whose days the next one bears where interest is carried."""
        known = len(self.future)
        rows = self._longer(count)
        begun = {no: self.begun[no] if index >= known else start for index, (no, start, _, _) in enumerate(rows)}
        head = rows[count]
        if is_carried:
            start = max(rows[0][1], min(max(self.today, self.interest_resumes), head[2]))
            head = (head[0], start, head[2], sum(days for _, _, _, days in rows[: count + 1]))
            begun[head[0]] = start
        self.begun = {no - count: begin for no, begin in begun.items()}
        return [(no - count, start, due, days) for no, start, due, days in [head, *rows[count + 1 :]]]

    def _prepay(self, event: PartialPrepayment) -> None:
        if self.is_agreed:
            raise Refused
        super()._prepay(event)

    def _agree(self, event: AgreedPlan) -> None:
        """Rows as they were agreed, one after the other; the last one may take what is left."""
        self._require_rows()
        dues = [row.due_on for row in event.rows]
        if self.terms.method == "flat" or dues[0] <= max(self.today, self.interest_resumes):
            raise Refused
        carried, left, no = self.accrued_total(), self.principal_left(), self.future[0].name[1]
        self._set_rate(event.annual_rate)
        start, rows = self.begun[no], list[SlowRow]()
        for number, row in enumerate(event.rows, no):
            principal = left if row.principal is None else row.principal
            if principal > left:
                raise Refused
            whole = counted_days(self.terms, start, row.due_on)
            _, begin, due, days = self._begin(number, start, row.due_on, whole)
            exact = Fraction(self.terms.annual_rate) * left * days / year_length(self.terms)
            earned = 0 if rows else carried
            amounts = dict.fromkeys(COMPONENTS, 0) | {"principal": principal, "interest": to_fen(exact) + earned}
            rows.append(SlowRow(("instalment", number, ""), due, begin, days, exact, amounts, carried=earned))
            left, start = left - principal, row.due_on
        if left:
            raise Refused
        self.future, self.holiday, self.is_agreed, self.level = rows, {}, True, 0

    def _pause(self, event: InterestPause) -> None:
        if not event.keeps_penalty:
            self.still.append((event.on, event.until))
        elif not self.future:
            raise Refused
        if not self.future:
            return
        carried = self.accrued_total()
        self.interest_resumes = max(self.interest_resumes, event.until)
        left = self.principal_left()
        for row, (no, start, _, days) in zip(self.future, self.rest(), strict=True):
            base = self.flat_base if self.terms.method == "flat" else left
            row.starts_on, row.days = start, days
            row.exact = Fraction(self.terms.annual_rate) * base * days / year_length(self.terms)
            row.carried = carried if row is self.future[0] else 0
            row.due["interest"] = row.carried + to_fen(row.exact)
            is_last = row is self.future[-1]
            row.due["principal"] = left if is_last else min(row.due["principal"], left)
            row.joins = row.due["interest"] if self.holiday.get(no) == "capitalised" and not is_last else 0
            row.moved["interest"] = row.joins
            left += row.joins - row.due["principal"]

    def is_paused(self, day: date) -> bool:
        return any(start <= day < until for start, until in self.still)
