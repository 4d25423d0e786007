"""Interest and fees to collect (待收利息/咨询费打印): what falls due in a span of days, with a place to sign."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F, QuerySet, Sum

from axle.platform.listing import Col
from axle.platform.public import Actor
from axle.platform.reports import Choice, KeyedRows, Report, ReportRows, Row, report
from axle.reporting.asking import LOAN_QUESTIONS, PORTFOLIO_VIEW, SINCE, UNTIL, loans_chosen, since, until
from axle.reporting.loan_columns import LOAN_LINK, NUMBER, loan_columns, numbered
from axle.servicing.public import instalments_visible

_OWN = (
    Col("loan_no", link=LOAN_LINK),
    Col("contract_no"),
    Col("customer_name", source="customer__name"),
    Col("phone", "masked", source="customer__phone", mask="phone"),
    Col("owner_name", source="owner__name"),
)


def _report(name: str, part: str) -> None:
    """The list of one part of the instalments: ``interest`` or ``fee``."""
    due, paid, open_key = f"{part}_due", f"{part}_paid_to_date", f"{part}_to_collect"

    def rows_of(actor: Actor, choice: Choice) -> QuerySet[Any]:
        rows = instalments_visible(actor).filter(
            due_on__range=(since(choice), until(choice)), loan__in=loans_chosen(actor, choice)
        )
        return rows.filter(**{f"{part}__gt": F(f"{part}_paid")})

    def rows(actor: Actor, choice: Choice) -> ReportRows:
        instalments, loans = rows_of(actor, choice), loans_chosen(actor, choice)

        def fill(keys: Sequence[int], start: int) -> list[Row]:
            found = {row.pk: row for row in instalments.filter(pk__in=keys)}
            own = loan_columns(loans, [row.loan_id for row in found.values()], _OWN)
            shown = []
            for key in keys:
                row = found[key]
                asked, had = getattr(row, part), getattr(row, f"{part}_paid")
                told = {"period_no": row.no, "due_on": row.due_on, due: asked, paid: had, open_key: asked - had}
                shown.append(own[row.loan_id] | told)
            return numbered(shown, start)

        def sums() -> Row:
            totals = instalments.aggregate(asked=Sum(part), had=Sum(f"{part}_paid"))
            asked, had = totals["asked"] or 0, totals["had"] or 0
            return {due: asked, paid: had, open_key: asked - had}

        return KeyedRows(instalments.order_by("due_on", "pk"), fill, sums)

    report(
        Report(
            name=name,
            shelf="receivables",
            permission=PORTFOLIO_VIEW,
            asked=(SINCE, UNTIL, *LOAN_QUESTIONS),
            columns=(
                NUMBER,
                *_OWN,
                Col("period_no", "integer"),
                Col("due_on", "date"),
                Col(due, "money"),
                Col(paid, "money"),
                Col(open_key, "money"),
            ),
            rows=rows,
            totals=(due, paid, open_key),
            row_link=LOAN_LINK,
            signature="signature",
        )
    )


_report("interest_to_collect", "interest")
_report("fees_to_collect", "fee")
