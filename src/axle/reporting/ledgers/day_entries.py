"""The loans behind the entries of a day's end (日终分录明细): what each of them added to the sums that were booked.

The batch books one entry per company and product; this is what it sums, by the plans as they were known that day.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from axle.platform.listing import Col
from axle.platform.public import Actor
from axle.platform.reports import Choice, KeyedRows, Report, ReportRows, Row, report
from axle.reporting.asking import AS_OF, LOAN_QUESTIONS, PORTFOLIO_VIEW, loans_chosen
from axle.reporting.loan_columns import LOAN_LINK, NUMBER, PLACED, loan_columns, numbered
from axle.servicing.public import DAY_PARTS, day_parts_of

_OWN = (
    Col("loan_no", link=LOAN_LINK),
    Col("contract_no"),
    Col("customer_name", source="customer__name"),
    Col("product_name", source="product_version__product__name_{lang}"),
)
_PARTS = {
    "interest": "interest_accrued",
    "memo_interest": "memo_interest",
    "interest_due": "interest_fell_due",
    "fee_due": "fee_fell_due",
}


def _alive(actor: Actor, choice: Choice, on: date) -> QuerySet[Any]:
    """The loans that were out at the end of the day; those that added nothing are shown with nothing."""
    alive = Q(settled_on=None) | Q(settled_on__gt=on)
    return loans_chosen(actor, choice).filter(alive, disbursed_on__lte=on).order_by("pk")


def _rows(actor: Actor, choice: Choice) -> ReportRows:
    on: date = choice["as_of"]
    loans = _alive(actor, choice, on)

    def fill(keys: Sequence[int], start: int) -> list[Row]:
        own, parts = loan_columns(loans, keys, (*_OWN, *PLACED)), day_parts_of(keys, on)
        nothing = dict.fromkeys(DAY_PARTS, 0)
        shown = [own[key] | {_PARTS[name]: n for name, n in parts.get(key, nothing).items()} for key in keys]
        return numbered(shown, start)

    return KeyedRows(loans, fill)


report(
    Report(
        name="day_entries",
        shelf="loan_ledgers",
        permission=PORTFOLIO_VIEW,
        asked=(AS_OF, *LOAN_QUESTIONS),
        columns=(NUMBER, *_OWN, *(Col(key, "money") for key in _PARTS.values()), *PLACED),
        rows=_rows,
        row_link=LOAN_LINK,
    )
)
