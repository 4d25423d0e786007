"""Reports are read as they were filed, and each difference of a split has its reason."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from axle.config.histories.comparison import Compared, Split, reason
from axle.config.histories.reports import loans_reported
from axle.config.histories.stories import Story, story_of
from axle.kernel.money import Fen

COLUMNS = {
    "originatorName": "Lender",
    "assetNumber": "A1",
    "reportingPeriodBeginningDate": "2017-01-01",
    "reportingPeriodEndingDate": "2017-01-31",
    "interestPaidThroughDate": "2017-01-09",
    "reportingPeriodBeginningLoanBalanceAmount": "5587.0",
    "reportingPeriodActualEndBalanceAmount": "5479.9",
    "actualInterestCollectedAmount": "40.51",
    "actualPrincipalCollectedAmount": "107.1",
    "chargedoffPrincipalAmount": "0.0",
    "reportingPeriodInterestRatePercentage": "0.080400000000000005",
    "reportingPeriodScheduledPaymentAmount": "147.61",
    "reportingPeriodModificationIndicator": "0.0",
    "paymentExtendedNumber": "",
    "zeroBalanceCode": "",
}
FEBRUARY = {
    "reportingPeriodBeginningDate": "2017-02-01",
    "reportingPeriodEndingDate": "2017-02-28",
    "interestPaidThroughDate": "2017-02-08",
    "reportingPeriodBeginningLoanBalanceAmount": "5479.9",
    "reportingPeriodActualEndBalanceAmount": "5368.5",
    "actualInterestCollectedAmount": "36.21",
    "actualPrincipalCollectedAmount": "111.4",
}


def story(folder: Path, rows: Sequence[Mapping[str, str]]) -> Story | None:
    """The story of the only loan of a file with these rows."""
    path = folder / "reports.csv"
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, COLUMNS)
        writer.writeheader()
        writer.writerows(COLUMNS | dict(row) for row in rows)
    (loan,) = loans_reported(path)
    return story_of(loan)


def test_a_loan_opens_with_what_it_owed_at_the_end_of_its_first_report(tmp_path):
    told = story(tmp_path, [{}, FEBRUARY, FEBRUARY])
    assert told is not None
    terms, (payment,) = told.terms, told.payments
    assert (terms.principal, terms.annual_rate, terms.start_on) == (5479_90, Decimal("0.0804"), date(2025, 1, 9))
    assert (terms.day_count, terms.method) == ("actual/365", "single")
    assert (payment.amount, payment.on, payment.is_date_known) == (147_61, date(2017, 2, 8), True)


def test_a_day_that_is_none_of_the_month_is_unknown(tmp_path):
    told = story(tmp_path, [{}, FEBRUARY | {"interestPaidThroughDate": "2017-03-23"}])
    assert told is not None
    assert (told.payments[0].on, told.payments[0].is_date_known) == (date(2017, 2, 28), False)


def test_a_loan_without_a_later_payment_tells_nothing(tmp_path):
    nothing = {"actualInterestCollectedAmount": "0.0", "actualPrincipalCollectedAmount": ""}
    assert story(tmp_path, [{}, FEBRUARY | nothing]) is None


def test_a_rate_in_percent_is_a_fraction(tmp_path):
    told = story(tmp_path, [{"reportingPeriodInterestRatePercentage": "12.99"}, FEBRUARY])
    assert told is not None
    assert told.terms.annual_rate == Decimal("0.1299")


@pytest.mark.parametrize(
    ("wanted", "ours", "report"),
    [
        ("to the cent", 36_21, {}),
        ("within a cent", 36_22, {}),
        ("within 1 %", 36_50, {}),
        ("another day", 35_01, {"interestPaidThroughDate": "2017-02-07"}),
        ("several payments", 40_00, {"actualPrincipalCollectedAmount": "300.00"}),
        ("not explained", 40_00, {}),
        ("interest not taken", 36_21, {"actualInterestCollectedAmount": "0.0"}),
        ("less than the interest", 0, {"actualPrincipalCollectedAmount": "0.0"}),
        ("day unknown", 40_00, {"interestPaidThroughDate": "2017-03-23"}),
        ("terms changed", 40_00, {"paymentExtendedNumber": "2.0"}),
        ("terms changed", 40_00, {"reportingPeriodInterestRatePercentage": "0.04"}),
        ("balance does not roll", 40_00, {"reportingPeriodBeginningLoanBalanceAmount": "5479.0"}),
    ],
)
def test_every_difference_has_its_reason(tmp_path: Path, wanted: str, ours: int, report: dict[str, Any]):
    told = story(tmp_path, [{}, FEBRUARY | report])
    assert told is not None
    (payment,) = told.payments
    split = Split(Fen(ours), Fen(payment.amount - ours))
    days = (payment.on - date(2017, 1, 9)).days
    assert reason(Compared(told, payment, split, days, told.terms.principal)) == wanted
