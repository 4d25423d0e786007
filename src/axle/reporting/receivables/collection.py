"""Interest and consulting fees (利息及咨询费收取表): what fell due in a span, what of it was received, what is open.

By product, department, manager or dealer. Source: domain practice; collection rate = received ÷ receivable.
"""

from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, F, Q, Sum

from axle.platform.listing import Col
from axle.platform.public import Actor, business_date
from axle.platform.reports import Asked, Choice, Report, ReportRows, TableRows, report
from axle.reporting.asking import (
    DEALER,
    DEPARTMENT,
    ENTITY,
    MANAGER,
    PORTFOLIO_VIEW,
    PRODUCT,
    SINCE,
    UNTIL,
    loans_chosen,
    since,
    until,
)
from axle.reporting.grouping import PLACES
from axle.servicing.public import instalments_visible

PARTS = ("interest", "fee")
SUMMED = tuple(f"{part}_{what}" for part in PARTS for what in ("due", "received", "open", "late"))
GROUP = Asked(Col("group_by", "enum", enum="ReportGroup", choices=tuple(PLACES)), default=lambda: "product_name")
_PLACES = Decimal("0.0001")


def _rate(received: int, due: int) -> Decimal | None:
    return (Decimal(received) / due).quantize(_PLACES, ROUND_HALF_UP) if due else None


def _rows(actor: Actor, choice: Choice) -> ReportRows:
    rows = instalments_visible(actor).filter(
        kind="instalment", due_on__range=(since(choice), until(choice)), loan__in=loans_chosen(actor, choice)
    )
    late = Q(due_on__lt=business_date())
    sums = {}
    for part in PARTS:
        sums[f"{part}_due"] = Sum(part)
        sums[f"{part}_received"] = Sum(f"{part}_paid")
        sums[f"{part}_open"] = Sum(F(part) - F(f"{part}_paid"))
        sums[f"{part}_late"] = Sum(F(part) - F(f"{part}_paid"), filter=late, default=0)
    path = Col("group", source=f"loan__{PLACES[choice['group_by']]}").path
    found = rows.order_by(path).values(path).annotate(instalments=Count("pk"), **sums)
    return TableRows(
        [
            {
                "group": row[path] or "-",
                "instalments": row["instalments"],
                **{key: row[key] for key in SUMMED},
                "interest_rate_collected": _rate(row["interest_received"], row["interest_due"]),
                "fee_rate_collected": _rate(row["fee_received"], row["fee_due"]),
            }
            for row in found
        ],
        summed=("instalments", *SUMMED),
    )


report(
    Report(
        name="interest_fee_collection",
        shelf="receivables",
        permission=PORTFOLIO_VIEW,
        asked=(GROUP, SINCE, UNTIL, ENTITY, DEPARTMENT, MANAGER, PRODUCT, DEALER),
        columns=(
            Col("group"),
            Col("instalments", "integer"),
            *(Col(key, "money") for key in SUMMED[:4]),
            Col("interest_rate_collected", "rate"),
            *(Col(key, "money") for key in SUMMED[4:]),
            Col("fee_rate_collected", "rate"),
        ),
        rows=_rows,
        totals=("instalments", *SUMMED),
    )
)
