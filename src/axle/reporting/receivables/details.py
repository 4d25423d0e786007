"""What each instalment asked for, what of it came and what is open (应收利息、咨询费、逾期明细表), a row for each.

What came is what has come by now; a loan whose plan was changed shows the plan in force.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import F, Q, QuerySet, Sum

from axle.platform.listing import Col
from axle.platform.public import Actor, business_date
from axle.platform.reports import Choice, KeyedRows, Report, ReportRows, Row, report
from axle.reporting.asking import LOAN_QUESTIONS, PORTFOLIO_VIEW, SINCE, UNTIL, loans_chosen, since, until
from axle.reporting.loan_columns import LOAN_LINK, NAMED, NUMBER, PLACED, loan_columns, numbered
from axle.servicing.public import instalments_visible

RATE = Col("annual_rate", "rate")
_WHEN = (Col("period_no", "integer"), Col("due_on", "date"))


def _days_late(row: Any) -> int:
    """Days between the due date and the day on which the instalment was settled, or today."""
    late: timedelta = (row.settled_on or business_date()) - row.due_on
    return max(late.days, 0)


def _detail(
    name: str, columns: Sequence[Col], which: Callable[[], Q], shown: Callable[[Any], Row], sums: dict[str, Any]
) -> None:
    """Declare a list of instalments: ``which`` of those that fall due in the span, and what is shown of each."""

    def rows_of(actor: Actor, choice: Choice) -> QuerySet[Any]:
        rows = instalments_visible(actor).filter(
            kind="instalment", due_on__range=(since(choice), until(choice)), loan__in=loans_chosen(actor, choice)
        )
        return rows.filter(which())

    def rows(actor: Actor, choice: Choice) -> ReportRows:
        instalments, loans = rows_of(actor, choice), loans_chosen(actor, choice)

        def fill(keys: Sequence[int], start: int) -> list[Row]:
            found = {row.pk: row for row in instalments.filter(pk__in=keys)}
            own = loan_columns(loans, [row.loan_id for row in found.values()], (*NAMED, RATE, *PLACED))
            told = [own[row.loan_id] | _when(row) | shown(row) for row in map(found.__getitem__, keys)]
            return numbered(told, start)

        return KeyedRows(instalments.order_by("due_on", "pk"), fill, lambda: instalments.aggregate(**sums))

    report(
        Report(
            name=name,
            shelf="receivables",
            permission=PORTFOLIO_VIEW,
            asked=(SINCE, UNTIL, *LOAN_QUESTIONS),
            columns=(NUMBER, *NAMED, *_WHEN, *columns, *PLACED),
            rows=rows,
            totals=tuple(sums),
            row_link=LOAN_LINK,
        )
    )


def _when(row: Any) -> Row:
    return {"period_no": row.no, "due_on": row.due_on}


def _open(*parts: str) -> Any:
    return Sum(sum((F(part) - F(f"{part}_paid") for part in parts[1:]), F(parts[0]) - F(f"{parts[0]}_paid")))


def _interest(row: Any) -> Row:
    return {
        "days": row.days,
        "base_principal": row.balance + row.principal,
        "interest_due": row.interest,
        "interest_received": row.interest_paid,
        "interest_open": row.interest - row.interest_paid,
        "days_late": _days_late(row),
    }


def _fee(row: Any) -> Row:
    return {
        "fee_due": row.fee,
        "fee_received": row.fee_paid,
        "fee_open": row.fee - row.fee_paid,
        "days_late": _days_late(row),
    }


def _late(row: Any) -> Row:
    parts = {f"{part}_overdue": getattr(row, part) - getattr(row, f"{part}_paid") for part in _PARTS}
    return parts | {"overdue_total": sum(parts.values()), "days_past_due": _days_late(row)}


_PARTS = ("principal", "interest", "fee")

_detail(
    "interest_receivable_detail",
    (
        Col("days", "integer"),
        Col("base_principal", "money"),
        RATE,
        Col("interest_due", "money"),
        Col("interest_received", "money"),
        Col("interest_open", "money"),
        Col("days_late", "integer"),
    ),
    lambda: Q(interest__gt=0),
    _interest,
    {
        "interest_due": Sum("interest"),
        "interest_received": Sum("interest_paid"),
        "interest_open": _open("interest"),
    },
)
_detail(
    "fee_receivable_detail",
    (Col("fee_due", "money"), Col("fee_received", "money"), Col("fee_open", "money"), Col("days_late", "integer")),
    lambda: Q(fee__gt=0),
    _fee,
    {"fee_due": Sum("fee"), "fee_received": Sum("fee_paid"), "fee_open": _open("fee")},
)
_detail(
    "overdue_receivable_detail",
    (
        *(Col(f"{part}_overdue", "money") for part in _PARTS),
        Col("overdue_total", "money"),
        Col("days_past_due", "integer"),
    ),
    lambda: Q(settled_on=None, due_on__lt=business_date()),
    _late,
    {f"{part}_overdue": _open(part) for part in _PARTS} | {"overdue_total": _open(*_PARTS)},
)
