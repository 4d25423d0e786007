"""The debit list (代扣清单): what to take from which card on a day, due and overdue, by loan.

A function of the plans and the day: nothing is written for it. Money that waits is reckoned with. Where banks rest on
holidays, what falls due on one is on the list of the working day before or after it. Loans whose customer
has no card in use are not on it; those that owe by the day and have none are on the overdue ledger.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from axle.amortization.public import Position
from axle.platform.listing import Col
from axle.platform.public import Actor
from axle.platform.reports import Asked, Choice, KeyedRows, Report, ReportRows, Row, report
from axle.reporting.asking import LOAN_QUESTIONS, PORTFOLIO_VIEW, first_entity, loans_chosen
from axle.reporting.loan_columns import LOAN_LINK, NUMBER, loan_columns, numbered
from axle.servicing.public import last_dues_debited, loans_to_debit, next_debit_day, positions_at

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


def _next_day() -> date:
    return next_debit_day(first_entity())


def _rows(actor: Actor, choice: Choice) -> ReportRows:
    on: date = choice["debit_on"]
    loans = loans_to_debit(loans_chosen(actor, choice), on)

    def fill(keys: Sequence[int], start: int) -> list[Row]:
        own, owed = loan_columns(loans, keys, _OWN), _owed(keys, on)
        return numbered([own[key] | owed[key] for key in keys], start)

    return KeyedRows(loans, fill)


def _owed(keys: Sequence[int], on: date) -> dict[int, Row]:
    """What loans owe on a day with what is debited ahead of its due date; penalties run to the day alone."""
    lasts, positions = last_dues_debited(keys, on), positions_at(keys, on)
    ahead: dict[date, list[int]] = defaultdict(list)
    for key, last in lasts.items():
        if last > on:
            ahead[last].append(key)
    later = {key: one for last, some in ahead.items() for key, one in positions_at(some, last, known_on=on).items()}
    return {key: _amounts(positions[key], later.get(key, positions[key]), on) for key in keys}


def _amounts(position: Position, later: Position, on: date) -> Row:
    now, owed = position.outstanding, later.outstanding
    amounts = [owed.principal, owed.interest, owed.fee, now.penalty, now.compound]
    late = sum(1 for row in position.rows if row.settled_on is None and row.due_on < on)
    return {"periods_overdue": late, **dict(zip(_AMOUNTS, [*amounts, sum(amounts)], strict=True))}


report(
    Report(
        name="debit_list",
        shelf="receivables",
        permission=PORTFOLIO_VIEW,
        asked=(Asked(Col("debit_on", "date"), default=_next_day), *LOAN_QUESTIONS),
        columns=(NUMBER, *_OWN, Col("periods_overdue", "integer"), *(Col(key, "money") for key in _AMOUNTS)),
        rows=_rows,
        row_link=LOAN_LINK,
    )
)
