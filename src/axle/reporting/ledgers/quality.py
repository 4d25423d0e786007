"""Loan quality (贷款质量检测): loans in arrears or worse than normal on a day, and all loans by their five classes.

NPL rate = (substandard + doubtful + loss) ÷ all; provision coverage = allowance ÷ NPL; loan-provision ratio =
allowance ÷ all loans. Source: domain practice.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from axle.accounting.public import allowance_of_books, principal_account_ids
from axle.kernel.money import Fen
from axle.kernel.rounding import share
from axle.ledger.public import OPENING, Movements, loan_movements, loan_movements_total
from axle.platform.listing import Col
from axle.platform.public import Actor
from axle.platform.reports import Choice, KeyedRows, Report, ReportCheck, ReportRows, Row, TableRows, report
from axle.reporting.asking import AS_OF, ENTITY, LOAN_QUESTIONS, PORTFOLIO_VIEW, is_whole, loans_chosen
from axle.reporting.loan_columns import (
    AGREED,
    LOAN_LINK,
    NAMED,
    NUMBER,
    PLACED,
    STANDING,
    loan_columns,
    numbered,
    standing_columns,
)
from axle.servicing.public import (
    NORMAL,
    arrears_visible,
    loans_with_class,
    standings_at,
    taken_over_moves,
    taken_over_total,
)

CLASSES = ("normal", "special_mention", "substandard", "doubtful", "loss")
NPL = CLASSES[2:]


def _on(choice: Choice) -> date:
    found: date = choice["as_of"]
    return found


def _owing(actor: Actor, choice: Choice) -> QuerySet[Any]:
    """The loans that owed on the day."""
    on = _on(choice)
    return loans_chosen(actor, choice).filter(Q(settled_on=None) | Q(settled_on__gt=on), disbursed_on__lte=on)


def _rows(actor: Actor, choice: Choice) -> ReportRows:
    on = _on(choice)
    arrears = arrears_visible(actor, on)
    worse = loans_with_class(loans_chosen(actor, choice), on).exclude(class_at=NORMAL.risk_class)
    loans = _owing(actor, choice).filter(Q(pk__in=arrears.values("loan_id")) | Q(pk__in=worse.values("pk")))
    month_before = on.replace(day=1) - timedelta(days=1)
    principal = principal_account_ids(choice["legal_entity_id"])

    def fill(keys: Sequence[int], start: int) -> list[Row]:
        price = Col("vehicle_price", "money", source="contract__vehicle_price")
        facts = loan_columns(loans, keys, (*NAMED, *AGREED, *PLACED, price))
        standing = standing_columns(loans, keys, on, legal_entity_id=choice["legal_entity_id"])
        numbers = [loan["loan_no"] for loan in facts.values()]
        after = on + timedelta(days=1)
        moved = loan_movements(account_ids=principal, loan_nos=numbers, since=after, until=on)
        sums = taken_over_moves(keys, component="principal", since=after, until=on)
        now, before = standings_at(keys, on), standings_at(keys, month_before)
        late = {row.loan_id: row for row in arrears.filter(loan_id__in=keys)}
        rows = []
        for key in keys:
            loan, row = facts[key], late.get(key)
            balance = _owed(moved.get(loan["loan_no"], {})) + _owed(sums.get(key, {}))
            price_of = loan["vehicle_price"]
            rows.append(
                loan
                | standing[key]
                | {
                    "class_before": before.get(key, NORMAL).risk_class,
                    "reason": now.get(key, NORMAL).reason or None,
                    "trend": _trend(before.get(key, NORMAL).risk_class, now.get(key, NORMAL).risk_class),
                    "principal_balance": Fen(balance),
                    "days_past_due": (on - row.oldest_due_on).days if row else 0,
                    "principal_overdue": row.principal_overdue if row else 0,
                    "interest_overdue": row.interest_overdue if row else 0,
                    "loan_to_price": share(balance, price_of) if price_of else None,
                }
            )
        return numbered(rows, start)

    return KeyedRows(loans.order_by("-disbursed_on", "-pk"), fill)


def _owed(movements: Movements) -> int:
    return int(movements.get(OPENING, 0))


def _trend(before: str, after: str) -> str:
    step = CLASSES.index(after) - CLASSES.index(before)
    return "worse" if step > 0 else "better" if step < 0 else "same"


def _balance(choice: Choice, loans: QuerySet[Any] | None) -> int:
    """The principal of some loans, or of all of the company, at the end of the day."""
    on, ids = _on(choice), principal_account_ids(choice["legal_entity_id"])
    after = on + timedelta(days=1)
    if loans is None:
        return _owed(loan_movements_total(account_ids=ids, since=after, until=on))
    own = _owed(loan_movements_total(account_ids=ids, loans=loans.values("loan_no"), since=after, until=on))
    return own + _owed(taken_over_total(loans, component="principal", since=after, until=on))


def _classes(actor: Actor, choice: Choice) -> ReportRows:
    """One row per class, then what is non-performing and all; what changed since the last month's end."""
    on, owing = _on(choice), _owing(actor, choice)
    graded = loans_with_class(owing, on)
    count, balance = owing.count(), _balance(choice, None if is_whole(actor, choice) else owing)
    found: dict[str, Row] = {}
    for name in CLASSES[1:]:
        loans = graded.filter(class_at=name)
        found[name] = {"loans": loans.count(), "principal_balance": _balance(choice, loans)}
    others = {key: sum(row[key] for row in found.values()) for key in ("loans", "principal_balance")}
    found["normal"] = {
        "loans": count - others["loans"],
        "principal_balance": balance - others["principal_balance"],
    }
    npl = {key: sum(found[name][key] for name in NPL) for key in ("loans", "principal_balance")}
    rows = [{"class_line": name, **found[name]} for name in CLASSES]
    rows += [{"class_line": "non_performing", **npl}]
    rows += [{"class_line": "all", "loans": count, "principal_balance": balance}]
    for row in rows:
        row["share"] = share(row["principal_balance"], balance)
    if is_whole(actor, choice):
        held = allowance_of_books(choice["legal_entity_id"], on)
        rows[-2] |= {"allowance": held, "coverage": share(held, npl["principal_balance"])}
        rows[-1] |= {"allowance": held, "coverage": share(held, balance)}
    return TableRows(rows)


def _checks(actor: Actor, choice: Choice) -> list[ReportCheck]:
    if not is_whole(actor, choice):
        return []
    rows = _classes(actor, choice).page(0, 9)
    told = sum(row["principal_balance"] for row in rows[: len(CLASSES)])
    return [ReportCheck("principal_accounts", Fen(told), Fen(_balance(choice, None)))]


report(
    Report(
        name="loan_quality",
        shelf="loan_ledgers",
        permission=PORTFOLIO_VIEW,
        asked=(AS_OF, *LOAN_QUESTIONS),
        columns=(
            NUMBER,
            *NAMED,
            *AGREED,
            Col("principal_balance", "money"),
            *STANDING,
            Col("class_before", "enum", enum="RiskClass"),
            Col("trend", "enum", enum="ClassTrend"),
            Col("reason", "enum", enum="StandingReason"),
            Col("days_past_due", "integer"),
            Col("principal_overdue", "money"),
            Col("interest_overdue", "money"),
            Col("vehicle_price", "money"),
            Col("loan_to_price", "rate"),
            *PLACED,
        ),
        rows=_rows,
        row_link=LOAN_LINK,
    )
)
report(
    Report(
        name="loan_classes",
        shelf="loan_ledgers",
        permission=PORTFOLIO_VIEW,
        asked=(AS_OF, ENTITY),
        columns=(
            Col("class_line", "enum", enum="ClassLine"),
            Col("loans", "integer"),
            Col("principal_balance", "money"),
            Col("share", "rate"),
            Col("allowance", "money"),
            Col("coverage", "rate"),
        ),
        rows=_classes,
        checks=_checks,
    )
)
