"""Monthly reports as they were filed: one row for each loan and month, read without repairing anything."""

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path

from axle.kernel.money import Fen

_CENT = Decimal("0.01")
_RATE_PLACES = Decimal("0.00000001")
Row = Mapping[str, str]


@dataclass(frozen=True)
class Month:
    """One report of one loan. Amounts in cents, kept as fen; None where the servicer said nothing.

    ``paid_through`` is the day to which interest is paid: of a simple-interest loan, the day of the last payment.
    """

    begins_on: date
    ends_on: date
    paid_through: date | None
    opening: Fen | None
    closing: Fen | None
    interest: Fen
    principal: Fen
    charged_off: Fen
    rate: Decimal
    scheduled: Fen
    is_modified: bool
    extended: int
    zero_balance: str

    @property
    def paid(self) -> Fen:
        """What was paid on interest and principal."""
        return Fen(self.interest + self.principal)


@dataclass(frozen=True)
class ReportedLoan:
    """A loan with its reports, oldest first; a month that was filed twice counts once."""

    originator: str
    asset_no: str
    months: tuple[Month, ...]


def loans_reported(path: Path) -> list[ReportedLoan]:
    """The loans of a file in its order."""
    found: dict[tuple[str, str], dict[date, Month]] = defaultdict(dict)
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            month = _month(row)
            found[row["originatorName"], row["assetNumber"]][month.begins_on] = month
    return [
        ReportedLoan(originator, asset_no, tuple(months[on] for on in sorted(months)))
        for (originator, asset_no), months in found.items()
    ]


def _month(row: Row) -> Month:
    paid_through = row["interestPaidThroughDate"]
    return Month(
        begins_on=date.fromisoformat(row["reportingPeriodBeginningDate"]),
        ends_on=date.fromisoformat(row["reportingPeriodEndingDate"]),
        paid_through=date.fromisoformat(paid_through) if paid_through else None,
        opening=_cents(row["reportingPeriodBeginningLoanBalanceAmount"]),
        closing=_cents(row["reportingPeriodActualEndBalanceAmount"]),
        interest=_cents(row["actualInterestCollectedAmount"]) or Fen(0),
        principal=_cents(row["actualPrincipalCollectedAmount"]) or Fen(0),
        charged_off=_cents(row["chargedoffPrincipalAmount"]) or Fen(0),
        rate=_rate(row["reportingPeriodInterestRatePercentage"]),
        scheduled=_cents(row["reportingPeriodScheduledPaymentAmount"]) or Fen(0),
        is_modified=row["reportingPeriodModificationIndicator"] in ("1.0", "true"),
        extended=int(Decimal(row["paymentExtendedNumber"] or 0)),
        zero_balance=row["zeroBalanceCode"].removesuffix(".0"),
    )


def _cents(text: str) -> Fen | None:
    return Fen(int(Decimal(text).quantize(_CENT, ROUND_HALF_EVEN).scaleb(2))) if text else None


def _rate(text: str) -> Decimal:
    """An annual fraction without the noise of a double; one servicer files percent."""
    rate = Decimal(text or 0)
    return (rate / 100 if rate >= 1 else rate).quantize(_RATE_PLACES)
