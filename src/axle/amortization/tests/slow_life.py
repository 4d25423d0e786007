"""The slow model, with money that goes back and with endings: one loan with everything that may happen to it.

Another algorithm than the engine's: what a chargeback takes back is found in a diary of payments; paused days are
counted one by one.
"""

from datetime import date

from axle.amortization.public import (
    Acceleration,
    AccrualResumption,
    Chargeback,
    ChargeOff,
    ClaimTransfer,
    DepositOffset,
    LeaseTermination,
    PurchaseOption,
    Recovery,
    SubventionReceipt,
    WriteOff,
)
from axle.amortization.tests.slow_changes import Refused, SlowChanges
from axle.amortization.tests.slow_model import DAY, SlowRow


class SlowLife(SlowChanges):
    """One loan with everything that may happen to a monthly loan without stub."""

    def __init__(self, terms, rules):
        super().__init__(terms, rules)
        self.diary: list[list] = []
        self.is_written_off = False
        self.forgiven: set[int] = set()
        self.recovered = self.credited = self.charged_back = self.received = 0
        self.deposit = terms.deposit.amount if terms.deposit else 0
        self.ended_by: str | None = None
        self.suspended_since: int | None = None

    def handlers(self):
        return super().handlers() | {
            Chargeback: self._charge_back,
            DepositOffset: self._offset,
            SubventionReceipt: lambda event: None,
            Acceleration: self._accelerate,
            LeaseTermination: self._terminate,
            PurchaseOption: self._buy,
            WriteOff: self._write_off,
            Recovery: self._recover,
            ChargeOff: self._charge_off,
            AccrualResumption: self._resume,
            ClaimTransfer: lambda event: None,
        }

    # --- money ---

    def _take(self, event) -> None:
        self.received += event.amount
        if self.is_written_off:
            self.recovered += event.amount
        super()._take(event)

    def _offset(self, event: DepositOffset) -> None:
        self.deposit -= event.amount
        if self.deposit < 0:
            raise Refused
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

    # --- endings ---

    def _all_due(self, ref: str, fee: int = 0) -> None:
        if self.future or fee:
            self._fall_due_early(ref, self.principal_left(), self.accrued_total(), fee)
            self.fallen[-1].name = ("acceleration", 0, ref)
            self.future = []

    def _accelerate(self, event: Acceleration) -> None:
        self._all_due(event.id)
        self._pay()

    def _write_off(self, event: WriteOff) -> None:
        if self.is_written_off:
            raise Refused
        self._all_due(event.id)
        self._pay()
        self.is_written_off = True
        self.still.append((self.today, date.max - DAY))
        self.forgiven = {id(row) for row in self.fallen if (self.today - row.due_on).days <= self.rules.grace_days}

    def _penalty_days(self, row: SlowRow, late: int) -> int:
        """A write-off within the days of grace makes them free for good."""
        return 0 if id(row) in self.forgiven else super()._penalty_days(row, late)

    def _terminate(self, event: LeaseTermination) -> None:
        if self.ended_by:
            raise Refused
        self.ended_by = event.id
        self._all_due(event.id, event.fee)
        self.credited += event.vehicle_value
        self.purse.append([event.id, event.vehicle_value])
        self._pay()

    def _buy(self, event: PurchaseOption) -> None:
        if self.ended_by:
            raise Refused
        price = self.terms.purchase_price
        owed = self.owed_now() + self.principal_left() + self.accrued_total() + price
        if event.amount + self.unapplied() < owed:
            self.plain.append(event.id)
        else:
            self.ended_by = event.id
            self._all_due(event.id, price)
        self._take(event)

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
        if self.suspended_since is None:
            raise Refused
        self.suspended_since = None

    def suspended(self) -> int:
        return 0 if self.suspended_since is None else self.earned() - self.suspended_since
