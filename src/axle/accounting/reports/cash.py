"""The cash journal (资金日记账) and its summary: every cash account day by day, as the general ledger has it."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F, QuerySet, Sum

from axle.accounting import permissions
from axle.accounting.reports.asking import BANK_ACCOUNT, sees_books
from axle.accounting.selectors.books import voucher_facts
from axle.accounting.selectors.statements import cash_account_ids
from axle.kernel.money import Fen
from axle.ledger.public import balance_of_accounts, lines_journal
from axle.payments.public import bank_account_names
from axle.platform.listing import Col
from axle.platform.public import Actor, current_locale
from axle.platform.questions import ENTITY, SINCE, UNTIL
from axle.platform.reports import Choice, KeyedRows, Report, ReportCheck, ReportRows, Row, TableRows, report


def _lines(actor: Actor, choice: Choice) -> QuerySet[Any]:
    """The lines on cash accounts up to the last day asked for."""
    entity = choice["legal_entity_id"]
    rows = lines_journal().filter(
        legal_entity_id=entity, account_id__in=cash_account_ids(entity), booked_on__lte=choice["until"]
    )
    if not sees_books(actor):
        return rows.none()
    if "bank_account_id" in choice:
        rows = rows.filter(dimensions__bank_account=str(choice["bank_account_id"]))
    return rows


def _net(rows: QuerySet[Any]) -> Fen:
    sums = rows.aggregate(debits=Sum("debit"), credits=Sum("credit"))
    return Fen(int((sums["debits"] or 0) - (sums["credits"] or 0)))


def _in_span(rows: QuerySet[Any], choice: Choice) -> QuerySet[Any]:
    return rows.filter(booked_on__gte=choice["since"])


def _journal(actor: Actor, choice: Choice) -> ReportRows:
    lines = _lines(actor, choice)
    span = _in_span(lines, choice)

    def fill(keys: Sequence[int], start: int) -> list[Row]:
        found = {line.pk: line for line in span.filter(pk__in=keys).select_related("entry", "account")}
        vouchers = voucher_facts([line.entry_id for line in found.values()])
        first = found[keys[0]]
        before = lines.filter(booked_on__lt=first.booked_on) | lines.filter(booked_on=first.booked_on, pk__lt=first.pk)
        balance, names, rows = _net(before), bank_account_names(choice["legal_entity_id"]), []
        for place, key in enumerate(keys, start + 1):
            line = found[key]
            balance = Fen(balance + line.debit - line.credit)
            voucher = vouchers.get(line.entry_id)
            rows.append(_row(line, place, balance, names) | {"voucher_no": voucher.voucher_no if voucher else ""})
        return rows

    def sums() -> Row:
        totals = span.aggregate(debits=Sum("debit"), credits=Sum("credit"))
        return {"received": totals["debits"] or 0, "paid_out": totals["credits"] or 0}

    return KeyedRows(span.order_by("booked_on", "pk"), fill, sums)


def _row(line: Any, place: int, balance: Fen, names: dict[str, str]) -> Row:
    account = line.account
    return {
        "row_no": place,
        "booked_on": line.booked_on,
        "account": f"{account.code} {account.name_en if current_locale.get() == 'en-US' else account.name_zh}",
        "bank_account": names.get(str(line.dimensions.get("bank_account", "")), ""),
        "summary": line.summary or line.entry.summary,
        "received": line.debit,
        "paid_out": line.credit,
        "balance": balance,
        "loan_no": line.loan_no,
        "entry_no": line.entry.entry_no,
    }


def _checks(actor: Actor, choice: Choice) -> list[ReportCheck]:
    if not sees_books(actor) or "bank_account_id" in choice:
        return []
    entity = choice["legal_entity_id"]
    books = balance_of_accounts(legal_entity_id=entity, account_ids=cash_account_ids(entity), on=choice["until"])
    return [ReportCheck("cash_accounts", _net(_lines(actor, choice)), books)]


def _summary(actor: Actor, choice: Choice) -> ReportRows:
    """One row per day and account on which something moved, with the balances around it."""
    lines = _lines(actor, choice)
    opening = {
        code: int(net or 0)
        for code, net in lines.filter(booked_on__lt=choice["since"])
        .order_by()
        .values_list("account__code")
        .annotate(net=Sum(F("debit") - F("credit")))
    }
    names = {"zh": "account__name_zh", "en": "account__name_en"}
    name = names[current_locale.get()[:2]]
    days = _in_span(lines, choice).order_by().values("account__code", name, "booked_on")
    rows = []
    for day in days.annotate(debits=Sum("debit"), credits=Sum("credit")).order_by("account__code", "booked_on"):
        code = day["account__code"]
        before = opening.get(code, 0)
        opening[code] = before + day["debits"] - day["credits"]
        rows.append(
            {
                "account": f"{code} {day[name]}",
                "booked_on": day["booked_on"],
                "opening": before,
                "received": day["debits"],
                "paid_out": day["credits"],
                "closing": opening[code],
            }
        )
    return TableRows(rows, summed=("received", "paid_out"))


report(
    Report(
        name="cash_journal",
        shelf="books",
        permission=permissions.TRIAL_BALANCE_VIEW,
        asked=(SINCE, UNTIL, ENTITY, BANK_ACCOUNT),
        columns=(
            Col("row_no", "integer"),
            Col("booked_on", "date"),
            Col("account"),
            Col("bank_account"),
            Col("summary"),
            Col("received", "money"),
            Col("paid_out", "money"),
            Col("balance", "money"),
            Col("voucher_no"),
            Col("entry_no", link="/finance/vouchers/{entry_no}"),
            Col("loan_no", link="/loan/loans/{loan_no}"),
        ),
        rows=_journal,
        totals=("received", "paid_out"),
        checks=_checks,
    )
)
report(
    Report(
        name="cash_summary",
        shelf="books",
        permission=permissions.TRIAL_BALANCE_VIEW,
        asked=(SINCE, UNTIL, ENTITY, BANK_ACCOUNT),
        columns=(
            Col("account"),
            Col("booked_on", "date"),
            Col("opening", "money"),
            Col("received", "money"),
            Col("paid_out", "money"),
            Col("closing", "money"),
        ),
        rows=_summary,
        totals=("received", "paid_out"),
        checks=_checks,
    )
)
