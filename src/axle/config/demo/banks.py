"""What the bank states of the demo's account this month, and what of it the books have."""

from datetime import date, timedelta

from django.db.models import Sum

from axle.accounting.public import bank_lines_clear_alike, bank_reconciliation_begin, book_lines
from axle.config.demo.institution import BUSINESS_ON, Place
from axle.kernel.money import Fen
from axle.payments.public import StatementLine, bank_account_get, statement_lines_keep
from axle.platform.public import Actor

SINCE = BUSINESS_ON.replace(day=1)
ON_THE_WAY = 3
"""So many of the last movements the bank has not stated yet."""
_OWN = (("in", 1_284_16, date(2026, 11, 9), "结息"), ("out", 50_00, date(2026, 11, 16), "账户管理费"))
"""What the bank took and gave by itself, and the books do not know yet."""


def bank_statement(actor: Actor, place: Place) -> None:
    """Keep a statement of the month up to yesterday, and clear what is alike."""
    account = bank_account_get(place.bank_account_id)
    lines = book_lines(account)
    held = lines.filter(booked_on__lt=SINCE).aggregate(held=Sum("net"))["held"] or 0
    moved = list(lines.filter(booked_on__gte=SINCE, booked_on__lt=BUSINESS_ON).order_by("booked_on", "pk"))
    stated = [
        _line(number, "in" if line.net > 0 else "out", abs(line.net), line.booked_on, "")
        for number, line in enumerate(moved[:-ON_THE_WAY], 1)
    ]
    stated += [_line(len(moved) + number, *own) for number, own in enumerate(_OWN, 1)]
    bank_reconciliation_begin(actor=actor, bank_account_id=account.id, start_on=SINCE, balance=Fen(held))
    statement_lines_keep(account.id, stated)
    bank_lines_clear_alike(actor=actor, bank_account_id=account.id)


def _line(number: int, direction: str, amount: int, on: date, remark: str) -> StatementLine:
    return StatementLine(
        bank_serial=f"BK{SINCE:%Y%m}{number:06d}",
        direction="in" if direction == "in" else "out",
        amount=Fen(amount),
        value_on=min(on + timedelta(days=number % 2), BUSINESS_ON - timedelta(days=1)),
        order_no="",
        counterparty_name="",
        counterparty_account="",
        remark=remark,
    )
