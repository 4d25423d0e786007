"""The bank reconciliation statement (银行余额调节表): the books and the bank's statement, and all that lies between.

Books + received by the bank, not booked - paid by the bank, not booked = bank + booked as received, not yet stated -
booked as paid, not yet stated.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from axle.accounting import permissions
from axle.accounting.models import BankStart
from axle.accounting.reports.asking import RECONCILED_ACCOUNT, sees_books
from axle.accounting.selectors.bank_items import bank_balances, book_lines_open, stated_lines_open
from axle.kernel.money import Fen
from axle.payments.public import BankAccountView, bank_account_get, closing_stated
from axle.platform.listing import Col
from axle.platform.public import Actor
from axle.platform.questions import AS_OF
from axle.platform.reports import Choice, Report, ReportCheck, ReportRows, Row, TableRows, report


def _asked(choice: Choice) -> tuple[BankAccountView, BankStart, date] | None:
    start = BankStart.objects.filter(bank_account_id=choice.get("bank_account_id")).first()
    if start is None:
        return None
    return bank_account_get(start.bank_account_id), start, choice["as_of"]


def _rows(actor: Actor, choice: Choice) -> ReportRows:
    asked = _asked(choice)
    if asked is None or not sees_books(actor):
        return TableRows(())
    found = bank_balances(*asked)
    stated = [_stated(line) for line in stated_lines_open(*asked)]
    books = [_booked(line) for line in book_lines_open(*asked).select_related("entry")]
    rows = [
        _sum("book_balance", found.book),
        *_items("received_not_booked", found.received_not_booked, stated, sign=1),
        *_items("paid_not_booked", found.paid_not_booked, stated, sign=-1),
        _sum("book_adjusted", found.book_adjusted),
        _sum("stated_balance", found.stated),
        *_closing(asked),
        *_items("booked_in_not_stated", found.booked_in_not_stated, books, sign=1),
        *_items("booked_out_not_stated", found.booked_out_not_stated, books, sign=-1),
        _sum("stated_adjusted", found.stated_adjusted),
    ]
    return TableRows([{"row_no": place, **row} for place, row in enumerate(rows, 1)])


def _closing(asked: tuple[BankAccountView, BankStart, date]) -> Iterator[Row]:
    """The bank's own balance at the end of the day, where it told one: no line of the statement is missing then."""
    account, _start, on = asked
    told = closing_stated(account.id, on)
    if told and told[0] == on:
        yield _sum("bank_closing", told[1])


def _sum(part: str, amount: Fen) -> Row:
    return {"part": part, "sum": amount}


def _items(part: str, total: Fen, lines: list[Row], *, sign: int) -> Iterator[Row]:
    yield _sum(part, total)
    for line in lines:
        if line["net"] * sign > 0:
            yield {"part": f"{part}_item", "amount": line["net"] * sign, **line}


def _booked(line: Any) -> Row:
    return {
        "on": line.booked_on,
        "summary": line.summary or line.entry.summary,
        "entry_no": line.entry.entry_no,
        "net": line.net,
    }


def _stated(line: Any) -> Row:
    summary = " ".join(filter(None, (line.counterparty_name, line.remark)))
    return {"on": line.value_on, "summary": summary, "bank_serial": line.bank_serial, "net": line.net}


def _checks(actor: Actor, choice: Choice) -> list[ReportCheck]:
    asked = _asked(choice)
    if asked is None or not sees_books(actor):
        return []
    found = bank_balances(*asked)
    closing = [ReportCheck("bank_closing", found.stated, row["sum"]) for row in _closing(asked)]
    return [ReportCheck("adjusted_balances", found.book_adjusted, found.stated_adjusted), *closing]


report(
    Report(
        name="bank_reconciliation",
        shelf="books",
        permission=permissions.TRIAL_BALANCE_VIEW,
        asked=(RECONCILED_ACCOUNT, AS_OF),
        columns=(
            Col("row_no", "integer"),
            Col("part", "enum", enum="BankReconciliationPart"),
            Col("on", "date"),
            Col("summary"),
            Col("entry_no", link="/finance/vouchers/{entry_no}"),
            Col("bank_serial"),
            Col("amount", "money"),
            Col("sum", "money"),
        ),
        rows=_rows,
        checks=_checks,
        page_size=200,
    )
)
