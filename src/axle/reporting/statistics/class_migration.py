"""The migration matrix of the five classes (五级分类迁徙): where the loans of each class went between two day ends.

Migration rate = what is left of the principal of the loans that went to a worse class ÷ what is left of all that
stayed: repayments of the span are taken off both. Source: domain practice.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet

from axle.accounting.public import principal_account_ids
from axle.kernel.money import Fen
from axle.ledger.public import OPENING, loan_movements, loan_movements_total
from axle.platform.listing import Col
from axle.platform.public import Actor
from axle.platform.reports import (
    Asked,
    Choice,
    KeyedRows,
    Report,
    ReportCheck,
    ReportRows,
    Row,
    TableRows,
    report,
)
from axle.reporting.asking import LOAN_QUESTIONS, PORTFOLIO_VIEW, day_kept, is_whole, loans_chosen
from axle.reporting.ledgers.quality import CLASSES
from axle.reporting.loan_columns import LOAN_LINK, NAMED, NUMBER, PLACED, loan_columns, numbered
from axle.servicing.public import (
    LEFT,
    NEW,
    arrears_first_day,
    arrears_last_day,
    loans_touched,
    loans_with_class,
    loans_with_moves,
    taken_over_moves,
    taken_over_total,
)

BEFORE, AFTER = (*CLASSES, NEW), (*CLASSES, LEFT)
DAYS = (
    Asked(Col("since", "date"), default=arrears_first_day),
    Asked(Col("until", "date"), default=arrears_last_day),
)
_LOANS = "/report/reports/class_moves?class_before={class_before}&class_after="
_PLACES = Decimal("0.0001")


class _Cell(NamedTuple):
    """Loans that went from one class to another, with their principal at either end; fen."""

    loans: int
    before: int
    after: int

    def plus(self, other: "_Cell") -> "_Cell":
        return _Cell(*(own + more for own, more in zip(self, other, strict=True)))


def _days(choice: Choice) -> tuple[date, date]:
    return day_kept(choice, "since"), day_kept(choice, "until")


def _principal(choice: Choice, loans: QuerySet[Any] | None) -> tuple[int, int]:
    """The principal of some loans, or of all of the company, at the end of both days, as the entries have it."""
    first, last = _days(choice)
    after, ids = first + timedelta(days=1), principal_account_ids(choice["legal_entity_id"])
    numbers = None if loans is None else loans.order_by().values("loan_no")
    moved = [loan_movements_total(account_ids=ids, loans=numbers, since=after, until=last)]
    if loans is not None:
        moved.append(taken_over_total(loans, component="principal", since=after, until=last))
    return sum(one.get(OPENING, 0) for one in moved), sum(sum(one.values()) for one in moved)


def _cells(actor: Actor, choice: Choice) -> dict[tuple[str, str], _Cell]:
    """Every cell of the matrix in which there are loans. Those that were always normal are told from the whole."""
    first, last = _days(choice)
    loans = loans_chosen(actor, choice)
    touched = loans_with_moves(loans_touched(loans, last), first, last)
    sums = touched.order_by().values_list("class_before", "class_after").annotate(loans=Count("pk"))
    found = {
        (before, after): _Cell(count, *_principal(choice, touched.filter(class_before=before, class_after=after)))
        for before, after, count in sums
    }
    normal, owing = CLASSES[0], Q(settled_on=None) | Q(settled_on__gt=last)
    others = loans.exclude(pk__in=loans_touched(loans, last).values("pk"))
    left = others.filter(disbursed_on__lte=first, settled_on__gt=first, settled_on__lte=last)
    new = others.filter(owing, disbursed_on__gt=first, disbursed_on__lte=last)
    untouched = {
        (normal, LEFT): _Cell(left.count(), *_principal(choice, left)),
        (NEW, normal): _Cell(new.count(), *_principal(choice, new)),
    }
    whole = _principal(choice, None if is_whole(actor, choice) else loans)
    told = [*found.values(), *untouched.values()]
    rest = (total - sum(column) for total, column in zip(whole, list(zip(*told, strict=True))[1:], strict=True))
    untouched[normal, normal] = _Cell(others.filter(owing, disbursed_on__lte=first).count(), *rest)
    for key, cell in untouched.items():
        found[key] = cell.plus(found[key]) if key in found else cell
    return found


def _rows(actor: Actor, choice: Choice) -> ReportRows:
    cells: dict[tuple[str, str], _Cell] = defaultdict(lambda: _Cell(0, 0, 0), _cells(actor, choice))
    rows = [_row(before, {after: cells[before, after] for after in AFTER}) for before in BEFORE]
    return TableRows(rows, _SUMMED)


def _row(before: str, cells: dict[str, _Cell]) -> Row:
    row: Row = {"class_before": before, "loans": sum(cell.loans for cell in cells.values())}
    row["principal_opening"] = sum(cell.before for cell in cells.values())
    for after, cell in cells.items():
        row |= {f"loans_{after}": cell.loans, f"principal_{after}": cell.before if after == LEFT else cell.after}
    if before != NEW:
        stayed = {name: cells[name].after for name in CLASSES}
        worse = sum(stayed[name] for name in CLASSES[CLASSES.index(before) + 1 :])
        row["migration_rate"] = _share(worse, sum(stayed.values()))
    return row


def _share(part: int, whole: int) -> Decimal | None:
    return (Decimal(part) / whole).quantize(_PLACES, ROUND_HALF_UP) if whole else None


def _checks(actor: Actor, choice: Choice) -> list[ReportCheck]:
    """What the cells end with beyond normal is what the loans of those classes owe on the last day."""
    last = _days(choice)[1]
    told = sum(cell.after for (_before, after), cell in _cells(actor, choice).items() if after in CLASSES[1:])
    graded = loans_with_class(loans_chosen(actor, choice), last).exclude(class_at=CLASSES[0])
    return [ReportCheck("principal_of_classes", Fen(told), Fen(_principal(choice, graded)[1]))]


def _moves(actor: Actor, choice: Choice) -> ReportRows:
    """The loans behind the cells, as many of them as are asked for."""
    first, last = _days(choice)
    asked = {key: choice[key] for key in ("class_before", "class_after") if key in choice}
    loans = loans_with_moves(loans_chosen(actor, choice), first, last).filter(**asked)
    ids = principal_account_ids(choice["legal_entity_id"])

    def fill(keys: Sequence[int], start: int) -> list[Row]:
        facts = loan_columns(loans, keys, (*NAMED, *PLACED, Col("class_before"), Col("class_after")))
        span = {"since": first + timedelta(days=1), "until": last}
        moved = loan_movements(account_ids=ids, loan_nos=[loan["loan_no"] for loan in facts.values()], **span)
        sums = taken_over_moves(keys, component="principal", **span)
        rows = []
        for key in keys:
            loan = facts[key]
            own = [moved.get(loan["loan_no"], {}), sums.get(key, {})]
            before, after = sum(one.get(OPENING, 0) for one in own), sum(sum(one.values()) for one in own)
            rows.append(loan | {"principal_opening": before, "principal_closing": after})
        return numbered(rows, start)

    return KeyedRows(loans.order_by("-disbursed_on", "-pk"), fill)


_SUMMED = ("loans", "principal_opening", *(f"{of}_{after}" for after in AFTER for of in ("loans", "principal")))
report(
    Report(
        name="class_migration",
        shelf="statistics",
        permission=PORTFOLIO_VIEW,
        asked=(*DAYS, *LOAN_QUESTIONS),
        columns=(
            Col("class_before", "enum", enum="ClassEnd"),
            Col("loans", "integer", link=_LOANS),
            Col("principal_opening", "money"),
            *(
                col
                for after in AFTER
                for col in (Col(f"loans_{after}", "integer", link=_LOANS + after), Col(f"principal_{after}", "money"))
            ),
            Col("migration_rate", "rate"),
        ),
        rows=_rows,
        totals=_SUMMED,
        checks=_checks,
        page_size=len(BEFORE),
    )
)
report(
    Report(
        name="class_moves",
        shelf="statistics",
        permission=PORTFOLIO_VIEW,
        asked=(
            *DAYS,
            Asked(Col("class_before", "enum", enum="ClassEnd", choices=BEFORE)),
            Asked(Col("class_after", "enum", enum="ClassEnd", choices=AFTER)),
            *LOAN_QUESTIONS,
        ),
        columns=(
            NUMBER,
            *NAMED,
            Col("class_before", "enum", enum="ClassEnd"),
            Col("class_after", "enum", enum="ClassEnd"),
            Col("principal_opening", "money"),
            Col("principal_closing", "money"),
            *PLACED,
        ),
        rows=_moves,
        row_link=LOAN_LINK,
    )
)
