"""The overdue ledger (逾期台账): the loans in arrears at the end of a day, the oldest arrears first.

Which loans, since when, and how much of their instalments comes from the day-end snapshot; penalty and compound
interest follow from the events that were known on that day.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, QuerySet, Sum

from axle.amortization.public import Position
from axle.platform.listing import Col
from axle.platform.public import Actor
from axle.platform.reports import Asked, Chart, Choice, KeyedRows, Report, ReportRows, Row, report
from axle.reporting.asking import LOAN_QUESTIONS, PORTFOLIO_VIEW, day_kept, is_whole, loans_chosen
from axle.reporting.grouping import PLACES, sums_by
from axle.reporting.loan_columns import (
    AGREED,
    LOAN_LINK,
    NAMED,
    NUMBER,
    PLACED,
    SECURED,
    STANDING,
    WORTH,
    loan_columns,
    numbered,
    secured_columns,
    standing_columns,
    worth_columns,
)
from axle.servicing.public import arrears_days_of, arrears_last_day, arrears_visible, bucket, positions_at
from axle.vehicle.public import vehicle_values

AS_OF = Asked(Col("as_of", "date"), default=arrears_last_day)
SUMMED = ("principal_overdue", "interest_overdue", "fee_overdue", "principal_balance")
_COLUMNS = (
    NUMBER,
    *NAMED,
    *AGREED,
    Col("oldest_due_on", "date"),
    Col("days_past_due", "integer"),
    Col("days_in_arrears", "integer"),
    Col("periods_overdue", "integer"),
    *(Col(key, "money") for key in SUMMED[:3]),
    Col("penalty", "money"),
    Col("compound", "money"),
    Col("overdue_total", "money"),
    Col("principal_balance", "money"),
    Col("bucket"),
    *STANDING,
    *SECURED,
    *WORTH,
    *PLACED,
)
_READ = (
    *NAMED,
    *AGREED,
    *PLACED,
    Col("contract_id"),
    Col("vehicle_id"),
    Col("vehicle_price", source="contract__vehicle_price"),
)


def _arrears(actor: Actor, choice: Choice) -> QuerySet[Any]:
    rows = arrears_visible(actor, day_kept(choice, "as_of"))
    if "legal_entity_id" in choice:
        rows = rows.filter(legal_entity_id=choice["legal_entity_id"])
    return rows if is_whole(actor, choice) else rows.filter(loan__in=loans_chosen(actor, choice))


def _rows(actor: Actor, choice: Choice) -> ReportRows:
    arrears, loans, on = _arrears(actor, choice), loans_chosen(actor, choice), day_kept(choice, "as_of")

    def fill(keys: Sequence[int], start: int) -> list[Row]:
        found = {row.pk: row for row in arrears.filter(pk__in=keys)}
        loan_ids = [row.loan_id for row in found.values()]
        own = loan_columns(loans, loan_ids, _READ)
        secured = secured_columns([loan["contract_id"] for loan in own.values()])
        worth = vehicle_values([loan["vehicle_id"] for loan in own.values()], on)
        positions = positions_at(loan_ids, on)
        standing = standing_columns(loans, loan_ids, on, legal_entity_id=choice["legal_entity_id"])
        days, rows = arrears_days_of(loan_ids, on), []
        for key in keys:
            loan_id = found[key].loan_id
            loan, row = own[loan_id], _row(found[key], positions[loan_id])
            of_car = worth_columns(loan["vehicle_id"], row["principal_balance"], worth)
            own_row = loan | standing[loan_id] | secured[loan["contract_id"]] | row | of_car
            rows.append(own_row | {"days_in_arrears": days[loan_id]})
        return numbered(rows, start)

    return KeyedRows(arrears.order_by("oldest_due_on", "pk"), fill, lambda: arrears.aggregate(**_sums()))


def _row(arrears: Any, position: Position) -> Row:
    penalty, compound = position.outstanding.penalty, position.outstanding.compound
    days = (arrears.business_on - arrears.oldest_due_on).days
    parts = {key: getattr(arrears, key) for key in SUMMED}
    return parts | {
        "oldest_due_on": arrears.oldest_due_on,
        "days_past_due": days,
        "periods_overdue": arrears.periods,
        "penalty": penalty,
        "compound": compound,
        "overdue_total": sum(parts[key] for key in SUMMED[:3]) + penalty + compound,
        "bucket": bucket(days),
    }


def _sums(prefix: str = "") -> dict[str, Any]:
    return {key: Sum(prefix + key) for key in SUMMED}


def _grouped(actor: Actor, choice: Choice, group: str) -> list[Row]:
    rows = _arrears(actor, choice)
    if group != "bucket":
        return sums_by(rows, group, _sums(), prefix="loan__")
    found: dict[str, dict[str, Any]] = {}
    for day in rows.values("oldest_due_on").annotate(count=Count("pk"), **_sums()).order_by("-oldest_due_on"):
        name = bucket((day_kept(choice, "as_of") - day["oldest_due_on"]).days)
        kept = found.setdefault(name, {"group": name, "count": 0, **dict.fromkeys(SUMMED, 0)})
        for key in ("count", *SUMMED):
            kept[key] += day[key]
    return list(found.values())


report(
    Report(
        name="overdue_ledger",
        shelf="loan_ledgers",
        permission=PORTFOLIO_VIEW,
        asked=(AS_OF, *LOAN_QUESTIONS),
        columns=_COLUMNS,
        rows=_rows,
        totals=SUMMED,
        groups=("bucket", *PLACES),
        grouped=_grouped,
        chart=Chart("bar", "bucket", ("principal_balance",)),
        row_link=LOAN_LINK,
    )
)
