"""The debit list (代扣清单): what to take from which card on a day, due and overdue, by loan.

A function of the plans and the day: nothing is written for it. Money that waits is reckoned with. Loans whose customer
has no card in use are not on it; those that owe by the day and have none are on the overdue ledger.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from axle.amortization.public import Position
from axle.platform.listing import Col
from axle.platform.public import Actor, business_date
from axle.platform.reports import Asked, Choice, KeyedRows, Report, ReportRows, Row, report
from axle.reporting.asking import LOAN_QUESTIONS, PORTFOLIO_VIEW, loans_chosen
from axle.reporting.loan_columns import LOAN_LINK, NUMBER, loan_columns, numbered
from axle.servicing.public import loans_to_debit, positions_at

_OWN = (
    Col("loan_no", link=LOAN_LINK),
    Col("contract_no"),
    Col("customer_name", source="customer__name"),
    Col("phone", "masked", source="customer__phone", mask="phone"),
    Col("bank_name", source="customer__bank_cards__bank_name"),
    Col("card_no", "masked", source="customer__bank_cards__card_no", mask="card"),
    Col("oldest_due_on", "date", source="next_unpaid_due_on"),
)
_AMOUNTS = ("principal_to_debit", "interest_to_debit", "fee_to_debit", "penalty", "compound", "total_to_debit")


def _tomorrow() -> date:
    return business_date() + timedelta(days=1)


def _rows(actor: Actor, choice: Choice) -> ReportRows:
    on: date = choice["debit_on"]
    loans = loans_to_debit(loans_chosen(actor, choice), on)

    def fill(keys: Sequence[int], start: int) -> list[Row]:
        own, positions = loan_columns(loans, keys, _OWN), positions_at(keys, on)
        return numbered([own[key] | _amounts(positions[key], on) for key in keys], start)

    return KeyedRows(loans, fill)


def _amounts(position: Position, on: date) -> Row:
    owed = position.outstanding
    amounts = (owed.principal, owed.interest, owed.fee, owed.penalty, owed.compound, owed.total)
    late = sum(1 for row in position.rows if row.settled_on is None and row.due_on < on)
    return {"periods_overdue": late, **dict(zip(_AMOUNTS, amounts, strict=True))}


report(
    Report(
        name="debit_list",
        shelf="receivables",
        permission=PORTFOLIO_VIEW,
        asked=(Asked(Col("debit_on", "date"), default=_tomorrow), *LOAN_QUESTIONS),
        columns=(NUMBER, *_OWN, Col("periods_overdue", "integer"), *(Col(key, "money") for key in _AMOUNTS)),
        rows=_rows,
        row_link=LOAN_LINK,
    )
)
