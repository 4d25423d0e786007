"""The extension ledger (展期台账): every extension that was executed in a span of days."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from axle.platform.listing import Col
from axle.platform.public import Actor
from axle.platform.reports import Choice, KeyedRows, Report, ReportRows, Row, report
from axle.reporting.asking import CHANGE_VIEW, LOAN_QUESTIONS, SINCE, UNTIL, loans_chosen, since, until
from axle.reporting.loan_columns import LOAN_LINK, NAMED, NUMBER, PLACED, loan_columns, numbered
from axle.servicing.public import SignedPaper, changes_visible, papers_signed, positions_at

EXECUTED = ("executed", "reversed")
_COLUMNS = (
    NUMBER,
    Col("change_no", link="/loan/changes/{change_no}"),
    *NAMED,
    Col("executed_on", "date"),
    Col("matured_on", "date"),
    Col("extended_to", "date"),
    Col("principal_extended", "money"),
    Col("rate_before", "rate"),
    Col("rate_after", "rate"),
    Col("change_fee", "money"),
    Col("times", "integer"),
    Col("days_late_before", "integer"),
    Col("days_late_after", "integer"),
    Col("state", "enum", enum="ChangeState"),
    Col("requested_by"),
    Col("requested_on", "date"),
    Col("reviewed_by"),
    Col("paper_no"),
    Col("signed_on", "date"),
    Col("reason"),
    *PLACED,
)


def _changes(actor: Actor, choice: Choice) -> QuerySet[Any]:
    return changes_visible(actor).filter(
        kind="extension",
        state__in=EXECUTED,
        executed_on__range=(since(choice), until(choice)),
        loan__in=loans_chosen(actor, choice),
    )


def _rows(actor: Actor, choice: Choice) -> ReportRows:
    changes, loans = _changes(actor, choice), loans_chosen(actor, choice)

    def fill(keys: Sequence[int], start: int) -> list[Row]:
        found = {change.pk: change for change in changes.filter(pk__in=keys)}
        own = loan_columns(loans, [change.loan_id for change in found.values()], (*NAMED, *PLACED))
        turns, late = _turns(actor, [change.loan_id for change in found.values()]), _late(found.values())
        papers = papers_signed([change.document_id for change in found.values() if change.document_id])
        rows = [
            own[change.loan_id]
            | _row(change)
            | _standing(turns.get(change.pk), late[change.pk])
            | _paper(papers.get(change.document_id))
            for change in (found[key] for key in keys)
        ]
        return numbered(rows, start)

    return KeyedRows(changes.order_by("executed_on", "pk"), fill)


def _turns(actor: Actor, loan_ids: Sequence[int]) -> dict[int, int]:
    """Which extension of its loan each one is; what was reversed does not count."""
    executed = changes_visible(actor).filter(kind="extension", state="executed", loan_id__in=loan_ids)
    turns: dict[int, int] = {}
    counted: dict[int, int] = defaultdict(int)
    for pk, loan_id in executed.order_by("executed_on", "pk").values_list("pk", "loan_id"):
        counted[loan_id] += 1
        turns[pk] = counted[loan_id]
    return turns


def _late(changes: Iterable[Any]) -> dict[int, tuple[int, int]]:
    """Days past due at the end of the day before each change and at the end of its own day."""
    by_day: dict[date, list[Any]] = defaultdict(list)
    for change in changes:
        by_day[change.executed_on].append(change)
    found = {}
    for on, of_day in by_day.items():
        loan_ids = [change.loan_id for change in of_day]
        before, after = positions_at(loan_ids, on - timedelta(days=1)), positions_at(loan_ids, on)
        for change in of_day:
            earlier = before.get(change.loan_id)
            found[change.pk] = (earlier.days_past_due if earlier else 0, after[change.loan_id].days_past_due)
    return found


def _standing(turn: int | None, late: tuple[int, int]) -> Row:
    return {"times": turn, "days_late_before": late[0], "days_late_after": late[1]}


def _paper(paper: SignedPaper | None) -> Row:
    """The addendum that the parties signed, where they had to."""
    return {"paper_no": paper and paper.document_no, "signed_on": paper and paper.signed_on}


def _row(change: Any) -> Row:
    before, after = change.before, change.after
    return {
        "change_no": change.change_no,
        "executed_on": change.executed_on,
        "matured_on": _day(before["matures_on"]),
        "extended_to": _day(after["matures_on"]),
        "principal_extended": before["principal_to_come"],
        "rate_before": Decimal(before["annual_rate"]),
        "rate_after": Decimal(after["annual_rate"]),
        "change_fee": change.fee,
        "state": change.state,
        "requested_by": change.requested_by,
        "requested_on": change.requested_on,
        "reviewed_by": change.reviewed_by,
        "reason": change.reason,
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


report(
    Report(
        name="extension_ledger",
        shelf="loan_ledgers",
        permission=CHANGE_VIEW,
        asked=(SINCE, UNTIL, *LOAN_QUESTIONS),
        columns=_COLUMNS,
        rows=_rows,
        row_link=LOAN_LINK,
    )
)
