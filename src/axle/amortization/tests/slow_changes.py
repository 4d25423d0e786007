"""The slow model, with changes of the contract and endings: the same walk day by day, in fractions.

Other algorithms than the engine's: rows are remade from the rows that are there, not from a course kept apart; what a
chargeback takes back is found in a diary of payments; paused days are counted one by one.
"""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from axle.amortization.public import (
    Acceleration,
    AccrualResumption,
    Chargeback,
    ChargeOff,
    ClaimTransfer,
    DepositOffset,
    Disbursement,
    Extension,
    InterestPause,
    RateChange,
    ReAgeing,
    ReAmortisation,
    Recovery,
    SubventionReceipt,
    WriteOff,
)
from axle.amortization.tests.slow_model import (
    COMPONENTS,
    DAY,
    SlowLoan,
    SlowRow,
    counted_days,
    month_later,
    slow_rows,
    slow_schedule,
    to_fen,
    year_length,
)

Period = tuple[int, date, date, int]


class Refused(Exception):
    """The life cannot go on; the engine refuses it too."""


class SlowLife(SlowLoan):
    """One loan with everything that may happen to a monthly loan without stub."""

    def __init__(self, terms, rules):
        super().__init__(terms, rules)
        self.start_on, self.limit = terms.start_on, terms.principal
        self.lent = 0
        self.held: dict[str, int] = {}
        self.diary: list[list] = []
        self.still: list[tuple[date, date]] = []
        self.interest_resumes = terms.start_on
        self.is_written_off = False
        self.recovered = self.credited = self.charged_back = self.received = 0
        self.suspended_since: int | None = None

    def handlers(self):
        return super().handlers() | {
            RateChange: self._change_rate,
            Extension: self._extend,
            ReAmortisation: self._re_amortise,
            ReAgeing: self._re_age,
            InterestPause: self._pause,
            Chargeback: self._charge_back,
            DepositOffset: self._offset,
            SubventionReceipt: lambda event: None,
            Acceleration: self._accelerate,
            WriteOff: self._write_off,
            Recovery: self._recover,
            ChargeOff: self._charge_off,
            AccrualResumption: self._resume,
            ClaimTransfer: lambda event: None,
        }

    # --- money ---

    def _disburse(self, event: Disbursement) -> None:
        self.lent += event.amount
        if self.lent > self.limit:
            raise Refused
        if self.lent == event.amount:
            self.original, level = slow_schedule(replace(self.terms, principal=event.amount))
            self.level = level + self.original[0].due["interest"] if self.terms.method == "flat" else level
            self.flat_base = int(event.amount)
            super()._disburse(event)
        else:
            self._require_rows()
            self._remake(self.principal_left() + event.amount, self.rest(), self.accrued_total())

    def _take(self, event) -> None:
        self.received += event.amount
        if self.is_written_off:
            self.recovered += event.amount
        super()._take(event)

    def _offset(self, event: DepositOffset) -> None:
        self.credited += event.amount
        super()._take(event)

    def _recover(self, event: Recovery) -> None:
        if not self.is_written_off:
            raise Refused
        self._take(event)

    def _paid(self, receipt: str, row: SlowRow, component: str, part: int) -> None:
        if part:
            self.diary.append([receipt, row, component, part])

    def _charge_back(self, event: Chargeback) -> None:
        waiting = sum(left for name, left in self.purse if name == event.of)
        paid = sum(part for name, _, _, part in self.diary if name == event.of)
        left = waiting + paid if event.amount is None else min(event.amount, waiting + paid)
        self.charged_back += left
        for money in self.purse:
            if money[0] == event.of:
                part = min(left, money[1])
                money[1] -= part
                left -= part
        was_settled = {id(row) for row in self.fallen if not row.owes_anything()}
        for entry in reversed(self.diary):
            if entry[0] == event.of:
                part = min(left, entry[3])
                entry[3] -= part
                entry[1].paid[entry[2]] -= part
                left -= part
                if part and id(entry[1]) in was_settled:
                    entry[1].reopened_on = self.today
        self._pay()

    # --- changes ---

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

    def _remake(self, balance: int, periods: list[Period], carried: int) -> None:
        old = self.principal_left()
        base = to_fen(Fraction(self.flat_base * balance, old)) if old else balance
        self.future, found = slow_rows(self.terms, balance, periods, flat_base=base, carried=carried)
        self.level = found + (self.future[0].due["interest"] if self.terms.method == "flat" else 0)
        self.flat_base = base

    def _set_rate(self, rate) -> None:
        if rate is not None:
            rate = max(self.rules.rate_floor, min(rate, self.rules.rate_cap))
            self.terms = replace(self.terms, annual_rate=rate)

    def _change_rate(self, event: RateChange) -> None:
        self._require_rows()
        carried = self.accrued_total()
        self._set_rate(event.annual_rate)
        self._remake(self.principal_left(), self.rest(), carried)

    def _more(self, periods: list[Period], count: int) -> list[Period]:
        """Months after the last one, each counted from the loan's first day."""
        longer = list(periods)
        for _ in range(count):
            no, _, due, _ = longer[-1]
            after = month_later(self.start_on, self.terms.every * (self._index_of(due) + 1))
            days = 30 * self.terms.every if self.terms.day_count == "30/360" else (after - due).days
            longer.append((no + 1, due, after, days))
        return longer

    def _index_of(self, due: date) -> int:
        index = 0
        while month_later(self.start_on, self.terms.every * index) < due:
            index += 1
        return index

    def _extend(self, event: Extension) -> None:
        self._require_rows()
        carried = self.accrued_total()
        self._set_rate(event.annual_rate)
        self._remake(self.principal_left(), self._with_rows(len(self.future) + event.periods), carried)

    def _with_rows(self, count: int | None) -> list[Period]:
        periods = self.rest()
        if count is None:
            return periods
        return self._more(periods, count - len(periods)) if count > len(periods) else periods[:count]

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
        no = max((row.name[1] for row in self.fallen if row.name[0] == "instalment"), default=0) + 1
        index = 0
        while month_later(self.start_on, self.terms.every * index) <= self.today:
            index += 1
        due = month_later(self.start_on, self.terms.every * index)
        before = month_later(self.start_on, self.terms.every * (index - 1))
        whole = 30 * self.terms.every if self.terms.day_count == "30/360" else (due - before).days
        days = whole if before == self.today else counted_days(self.terms, self.today, due)
        self._remake(balance, self._more([(no, self.today, due, days)], count - 1), 0)

    def _pause(self, event: InterestPause) -> None:
        if not event.keeps_penalty:
            self.still.append((event.on, event.until))
        if not self.future:
            return
        carried = self.accrued_total()
        self.interest_resumes = max(self.interest_resumes, event.until)
        left = self.principal_left()
        for row, (_, start, _, days) in zip(self.future, self.rest(), strict=True):
            base = self.flat_base if self.terms.method == "flat" else left
            row.starts_on, row.days = start, days
            row.exact = Fraction(self.terms.annual_rate) * base * days / year_length(self.terms)
            row.carried = carried if row is self.future[0] else 0
            row.due["interest"] = row.carried + to_fen(row.exact)
            left -= row.due["principal"]

    def is_paused(self, day: date) -> bool:
        return any(start <= day < until for start, until in self.still)

    # --- endings ---

    def _all_due(self, ref: str) -> None:
        if self.future:
            self._fall_due_early(ref, self.principal_left(), self.accrued_total(), 0)
            self.fallen[-1].name = ("acceleration", 0, ref)
            self.future = []

    def _accelerate(self, event: Acceleration) -> None:
        self._all_due(event.id)
        self._pay()

    def _write_off(self, event: WriteOff) -> None:
        if not self.is_written_off:
            self._all_due(event.id)
            self._pay()
            self.is_written_off = True
            self.still.append((self.today, date.max - DAY))

    def allocation(self):
        if self.is_written_off:
            return ("fee", "principal", "interest", "penalty", "compound"), "vertical"
        return super().allocation()

    def earned(self) -> int:
        return self.accrued_total() + sum(row.due["interest"] for row in self.fallen)

    def _charge_off(self, event: ChargeOff) -> None:
        if self.suspended_since is None:
            self.suspended_since = self.earned()

    def _resume(self, event: AccrualResumption) -> None:
        self.suspended_since = None

    def suspended(self) -> int:
        return 0 if self.suspended_since is None else self.earned() - self.suspended_since
