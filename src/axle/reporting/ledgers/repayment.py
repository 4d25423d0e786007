"""The repayment ledger (还款台账): what each receipt paid, as it was booked; a reversal is a row in red."""

from collections.abc import Sequence
from typing import Any

from django.db.models import BigIntegerField, Case, Count, QuerySet, Sum, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, TruncMonth

from axle.accounting.public import principal_account_ids, voucher_facts
from axle.kernel.money import Fen
from axle.ledger.public import entries_journal, loan_balances_after
from axle.platform.listing import Col
from axle.platform.public import Actor
from axle.platform.reports import Chart, Choice, KeyedRows, Report, ReportRows, Row, report
from axle.reporting.asking import LOAN_QUESTIONS, NARROWING, RECEIPT_VIEW, SINCE, UNTIL, loans_chosen, since, until
from axle.reporting.loan_columns import LOAN_LINK, NAMED, NUMBER, PLACED, loan_columns, numbered
from axle.servicing.public import periods_of, receipts_visible

KINDS = (
    "receipt_posted",
    "overpayment_applied",
    "non_accrual_receipt_posted",
    "non_accrual_overpayment_applied",
    "recovery_posted",
    "recovery_applied",
    "sold_receipt_posted",
    "sold_overpayment_applied",
)
PARTS = ("principal", "interest", "penalty", "compound", "fee", "unapplied")
_COLUMNS = (
    NUMBER,
    *NAMED,
    Col("receipt_no", link="/loan/receipts/{receipt_no}"),
    Col("value_on", "date"),
    Col("booked_on", "date"),
    Col("period_no", "integer"),
    Col("due_amount", "money"),
    *(Col(f"{part}_paid", "money") for part in PARTS),
    Col("paid_total", "money"),
    Col("principal_left", "money"),
    Col("channel", "enum", enum="ReceiptChannel"),
    Col("is_early", "bool"),
    Col("is_red", "bool"),
    Col("voucher_no"),
    Col("entry_no", link="/finance/vouchers/{entry_no}"),
    *PLACED,
)


def _entries(actor: Actor, choice: Choice) -> QuerySet[Any]:
    rows = entries_journal().filter(kind__in=KINDS, booked_on__range=(since(choice), until(choice)))
    if "legal_entity_id" in choice:
        rows = rows.filter(legal_entity_id=choice["legal_entity_id"])
    if actor.scope("servicing.loan.view").is_all and not any(key in choice for key in NARROWING):
        return rows
    return rows.filter(source_type="loan", source_id__in=loans_chosen(actor, choice).values("pk"))


def _rows(actor: Actor, choice: Choice) -> ReportRows:
    entries, loans = _entries(actor, choice), loans_chosen(actor, choice)

    def fill(keys: Sequence[int], start: int) -> list[Row]:
        return numbered(_filled(actor, choice, entries, loans, keys), start)

    return KeyedRows(entries.order_by("booked_on", "pk"), fill, lambda: _sums(entries))


def _filled(
    actor: Actor, choice: Choice, entries: QuerySet[Any], loans: QuerySet[Any], keys: Sequence[int]
) -> list[Row]:
    found = {entry.pk: entry for entry in entries.filter(pk__in=keys)}
    own = loan_columns(loans, [entry.source_id for entry in found.values() if _is_own(entry)], (*NAMED, *PLACED))
    receipts = _receipts(actor, [_receipt_no(entry) for entry in found.values() if _is_own(entry)])
    vouchers = voucher_facts(keys)
    periods = periods_of([(entry.source_id, entry.value_on) for entry in found.values() if _is_own(entry)])
    accounts = {entity: principal_account_ids(entity) for entity in {e.legal_entity_id for e in found.values()}}
    left: dict[int, Fen] = {}
    for entity, account_ids in accounts.items():
        of_entity = [pk for pk, entry in found.items() if entry.legal_entity_id == entity]
        left |= loan_balances_after(account_ids=account_ids, entry_ids=of_entity)
    rows = []
    for key in keys:
        entry, voucher = found[key], vouchers.get(key)
        period = periods.get((entry.source_id, entry.value_on))
        sign = -1 if entry.is_red else 1
        parts = {f"{part}_paid": sign * (voucher.amounts.get(part, 0) if voucher else 0) for part in PARTS}
        rows.append(
            (own.get(entry.source_id, {}) if _is_own(entry) else {})
            | parts
            | receipts.get(_receipt_no(entry) or "", {})
            | {
                "receipt_no": _receipt_no(entry),
                "value_on": entry.value_on,
                "booked_on": entry.booked_on,
                "period_no": period and period.no,
                "due_amount": period and period.due,
                "paid_total": sum(parts.values()),
                "principal_left": left.get(key),
                "is_red": entry.is_red,
                "entry_no": entry.entry_no,
                "voucher_no": voucher and voucher.voucher_no,
            }
        )
    return rows


def _is_own(entry: Any) -> bool:
    """Whether an entry is of one loan; loans that were taken over may have been told in sums."""
    return str(entry.source_type) == "loan"


def _receipt_no(entry: Any) -> str | None:
    """The receipt behind an entry: its event is called after the loan, the receipt and the day."""
    return str(entry.event_no).split("/")[1] if _is_own(entry) else None


def _receipts(actor: Actor, numbers: Sequence[str | None]) -> dict[str, Row]:
    rows = receipts_visible(actor).filter(receipt_no__in=numbers)
    return {
        number: {"channel": channel, "is_early": bool(quote or mode)}
        for number, channel, quote, mode in rows.values_list(
            "receipt_no", "channel", "payoff_quote_id", "prepayment_mode"
        )
    }


def _amount(part: str) -> Any:
    told = Cast(KeyTextTransform(part, "voucher__amounts"), BigIntegerField())
    sign = Case(When(is_red=True, then=Value(-1)), default=Value(1), output_field=BigIntegerField())
    return Sum(told * sign)


_SUMS = {f"{part}_paid": _amount(part) for part in PARTS}


def _with_total(sums: Row) -> Row:
    return {**sums, "paid_total": sum(sums[key] or 0 for key in _SUMS)}


def _sums(entries: QuerySet[Any]) -> Row:
    return _with_total(entries.aggregate(**_SUMS))


def _grouped(actor: Actor, choice: Choice, group: str) -> list[Row]:
    months = _entries(actor, choice).annotate(of_month=TruncMonth("booked_on")).values("of_month")
    rows = months.annotate(count=Count("pk"), **_SUMS).order_by("of_month")
    return [{"group": f"{row['of_month']:%Y-%m}", **_with_total(row)} for row in rows]


report(
    Report(
        name="repayment_ledger",
        shelf="loan_ledgers",
        permission=RECEIPT_VIEW,
        asked=(SINCE, UNTIL, *LOAN_QUESTIONS),
        columns=_COLUMNS,
        rows=_rows,
        totals=(*_SUMS, "paid_total"),
        groups=("month",),
        grouped=_grouped,
        chart=Chart("bar", "month", ("principal_paid", "interest_paid")),
        row_link=LOAN_LINK,
    )
)
