"""One loan day by day (应收利息/复息/逾期利息详情表): what each day added, what came, and what is open."""

from axle.platform.listing import Col
from axle.platform.public import Actor
from axle.platform.reports import Asked, Choice, Report, ReportRows, TableRows, report
from axle.reporting.asking import PORTFOLIO_VIEW, SINCE, UNTIL, loans_chosen, since, until
from axle.reporting.errors import SpanTooLong
from axle.servicing.public import loan_days

MOST_DAYS = 1100
"""Three years: each day is worked out by itself."""
LOAN = Asked(Col("loan_no"), is_required=True)
_ADDED = ("interest_accrued", "penalty_accrued", "compound_accrued", "received")
_MONEY = (
    "principal_balance",
    "principal_overdue",
    "interest_accrued",
    "interest_total",
    "penalty_accrued",
    "compound_accrued",
    "received",
    "interest_open",
    "penalty_open",
    "compound_open",
)


def _rows(actor: Actor, choice: Choice) -> ReportRows:
    first, last = since(choice), until(choice)
    if (last - first).days > MOST_DAYS:
        raise SpanTooLong(field="since", most=MOST_DAYS)
    if not loans_chosen(actor, choice).exists():
        return TableRows(())
    return TableRows([day._asdict() for day in loan_days(choice["loan_no"], first, last)], summed=_ADDED)


report(
    Report(
        name="loan_accruals",
        shelf="receivables",
        permission=PORTFOLIO_VIEW,
        asked=(LOAN, SINCE, UNTIL),
        columns=(Col("on", "date"), *(Col(key, "money") for key in _MONEY)),
        rows=_rows,
        totals=_ADDED,
        page_size=50,
    )
)
