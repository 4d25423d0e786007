"""The balance ledger (余额台账): the principal of every loan over a span, as the entries have it.

Opening + in − out = closing for each loan and in all, and all loans together stand on the accounts of loan principal.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from axle.accounting.public import account_of, principal_account_ids
from axle.kernel.money import Fen
from axle.ledger.public import (
    OPENING,
    Movements,
    account_ids_under,
    balance_of_accounts,
    entries_journal,
    loan_movements,
    loan_movements_total,
)
from axle.platform.listing import Col
from axle.platform.public import Actor
from axle.platform.reports import Choice, KeyedRows, Report, ReportCheck, ReportRows, Row, report
from axle.reporting.asking import LOAN_QUESTIONS, PORTFOLIO_VIEW, SINCE, UNTIL, is_whole, loans_chosen, since, until
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
    arrears_visible,
    carryings_at,
    interest_earned_at,
    taken_over_moves,
    taken_over_total,
)

DISBURSED = frozenset({"loan_disbursed"})
REPAID = frozenset(
    {
        "receipt_posted",
        "overpayment_applied",
        "non_accrual_receipt_posted",
        "non_accrual_overpayment_applied",
        "residue_waived",
    }
)
WRITTEN_OFF = frozenset({"loan_written_off", "write_off_reversed"})
TRANSFERRED = frozenset({"claim_sold", "claim_bought_back"})
ACCRUING = frozenset({"interest_accrued", "interest_accrual_reduced"})
"""Kinds of entries on the interest account that say what was earned, not what was paid."""
PERFORMING = "performing"
MOVED = ("principal_opening", "disbursed", "repaid", "written_off", "transferred", "adjusted", "principal_closing")
_COLUMNS = (
    NUMBER,
    *NAMED,
    *AGREED,
    *(Col(key, "money") for key in MOVED),
    Col("carrying", "enum", enum="Carrying"),
    Col("principal_overdue", "money"),
    Col("days_past_due", "integer"),
    Col("interest_receivable", "money"),
    *STANDING,
    *PLACED,
)


def moved(movements: Movements) -> Row:
    """The columns of a loan's principal from its entries; what left it counts positive in the columns of leaving."""

    def of(kinds: frozenset[str], sign: int) -> Fen:
        return Fen(sign * sum(net for kind, net in movements.items() if kind in kinds))

    known = DISBURSED | REPAID | WRITTEN_OFF | TRANSFERRED | {OPENING}
    return {
        "principal_opening": movements.get(OPENING, Fen(0)),
        "disbursed": of(DISBURSED, 1),
        "repaid": of(REPAID, -1),
        "written_off": of(WRITTEN_OFF, -1),
        "transferred": of(TRANSFERRED, -1),
        "adjusted": Fen(sum(net for kind, net in movements.items() if kind not in known)),
        "principal_closing": Fen(sum(movements.values())),
    }


def _loans(actor: Actor, choice: Choice) -> QuerySet[Any]:
    """Loans that owed or moved in the span; one that was settled earlier may still have been booked in it."""
    first, last = since(choice), until(choice)
    late = entries_journal().filter(source_type="loan", booked_on__range=(first, last), value_on__lt=first)
    owed = Q(settled_on=None) | Q(settled_on__gte=first) | Q(pk__in=late.values("source_id"))
    return loans_chosen(actor, choice).filter(owed, disbursed_on__lte=last)


def _rows(actor: Actor, choice: Choice) -> ReportRows:
    loans, entity = _loans(actor, choice), choice["legal_entity_id"]
    principal, interest = principal_account_ids(entity), account_ids_under(entity, account_of("interest_receivable"))

    start_of = {"principal": since(choice), "interest": date.min}

    def fill(keys: Sequence[int], start: int) -> list[Row]:
        facts = loan_columns(loans, keys, (*NAMED, *AGREED, *PLACED))
        numbers, last = [loan["loan_no"] for loan in facts.values()], until(choice)
        principal_moved = loan_movements(account_ids=principal, loan_nos=numbers, since=since(choice), until=last)
        interest_moved = loan_movements(account_ids=interest, loan_nos=numbers, since=date.min, until=last)
        earned = interest_earned_at(keys, until(choice))
        sums = {part: taken_over_moves(keys, component=part, since=start_of[part], until=last) for part in start_of}
        carried = carryings_at(keys, last)
        stopped = {key for key, carrying in carried.items() if carrying != PERFORMING}
        late = {row.loan_id: row for row in arrears_visible(actor, until(choice)).filter(loan_id__in=keys)}
        standing = standing_columns(loans, keys, last, legal_entity_id=entity)
        rows = []
        for key in keys:
            loan, arrears = facts[key], late.get(key)
            own = _added(interest_moved.get(loan["loan_no"], {}), sums["interest"].get(key, {}))
            paid = sum(net for kind, net in own.items() if kind not in ACCRUING)
            rows.append(
                loan
                | standing[key]
                | moved(_added(principal_moved.get(loan["loan_no"], {}), sums["principal"].get(key, {})))
                | {
                    "principal_overdue": arrears.principal_overdue if arrears else 0,
                    "days_past_due": (until(choice) - arrears.oldest_due_on).days if arrears else 0,
                    "carrying": carried.get(key, PERFORMING),
                    "interest_receivable": earned.get(key, 0) + paid if key not in stopped else 0,
                }
            )
        return numbered(rows, start)

    return KeyedRows(loans.order_by("-disbursed_on", "-pk"), fill, lambda: _sums(actor, choice, loans))


def _added(own: Movements, in_sums: Movements) -> Movements:
    """What a loan's own entries moved, and what it moved in sums that were told when it was taken over."""
    kinds = own.keys() | in_sums.keys()
    return {kind: Fen(own.get(kind, 0) + in_sums.get(kind, 0)) for kind in kinds}


def _sums(actor: Actor, choice: Choice, loans: QuerySet[Any]) -> Row:
    first, last = since(choice), until(choice)
    ids = principal_account_ids(choice["legal_entity_id"])
    if is_whole(actor, choice):
        return moved(loan_movements_total(account_ids=ids, since=first, until=last))
    chosen = loans_chosen(actor, choice)
    own = loan_movements_total(account_ids=ids, loans=chosen.values("loan_no"), since=first, until=last)
    return moved(_added(own, taken_over_total(chosen, component="principal", since=first, until=last)))


def _checks(actor: Actor, choice: Choice) -> list[ReportCheck]:
    sums, ids = _sums(actor, choice, _loans(actor, choice)), principal_account_ids(choice["legal_entity_id"])
    into = sums["principal_opening"] + sums["disbursed"] + sums["adjusted"]
    out = sums["repaid"] + sums["written_off"] + sums["transferred"]
    found = [ReportCheck("opening_in_out_closing", Fen(into - out), sums["principal_closing"])]
    if is_whole(actor, choice):
        books = balance_of_accounts(legal_entity_id=choice["legal_entity_id"], account_ids=ids, on=until(choice))
        found.append(ReportCheck("principal_accounts", sums["principal_closing"], books))
    return found


report(
    Report(
        name="balance_ledger",
        shelf="loan_ledgers",
        permission=PORTFOLIO_VIEW,
        asked=(SINCE, UNTIL, *LOAN_QUESTIONS),
        columns=_COLUMNS,
        rows=_rows,
        totals=MOVED,
        checks=_checks,
        row_link=LOAN_LINK,
    )
)
