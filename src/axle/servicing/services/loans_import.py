"""Taking over loans with their history, set-based: for migration, for the demo institution and for benchmarks.

Each loan is replayed once and stored like one that opens (``loans_store``), many at a time. The books are told each
receipt by itself and past interest by month, company and product.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain

from django.utils import timezone

from axle.amortization.public import Event, Payoff, Rules, Terms, payoff_quote, row_accrued
from axle.amortization.public import Receipt as ReceiptEvent
from axle.kernel.money import Fen
from axle.ledger.events import MoneyEvent
from axle.platform.public import Actor, Subject, next_nos, note_change
from axle.servicing.models import Loan, Receipt, ReceiptState
from axle.servicing.services.loan_restate import Life
from axle.servicing.services.loans_store import (
    NewLoan,
    disbursement_of,
    loan_new,
    loan_row,
    loans_store,
    money_events_of,
)
from axle.servicing.services.opening import LoanOpening

Group = tuple[int, str]


@dataclass(frozen=True)
class ImportedReceipt:
    """Money that came in for a loan before it was taken over; fen."""

    amount: Fen
    value_on: date
    payer_name: str


@dataclass(frozen=True)
class ImportedLoan:
    """A loan with its receipts. With ``payoff_on`` it was repaid early on that day, by what was then owed."""

    opening: LoanOpening
    terms: Terms
    rules: Rules
    receipts: tuple[ImportedReceipt, ...] = ()
    payoff_on: date | None = None


def loans_import(*, actor: Actor, loans: Sequence[ImportedLoan], business_on: date) -> list[MoneyEvent]:
    """Keep loans with their history; gives the money events that the books must be told, oldest first.

    Errors: those of ``amortization.replay``; a contract that has a loan breaks the whole batch (IntegrityError).
    """
    receipt_count = sum(len(loan.receipts) + 1 for loan in loans)
    counts = {"LN": len(loans), "LE": len(loans), "RC": receipt_count}
    numbers = {prefix: iter(next_nos(prefix, on=business_on, count=count)) for prefix, count in counts.items()}
    new = [_new(actor, loan, numbers, business_on) for loan in loans]
    loans_store(actor, new)
    note_change(type="loan", id="import", after={"loans": len(new)})
    told = chain.from_iterable(money_events_of(one) for one in new)
    return sorted(chain(told, _interest_by_month(new, business_on)), key=lambda event: event.value_on)


def _new(actor: Actor, case: ImportedLoan, numbers: Mapping[str, Iterator[str]], on: date) -> NewLoan:
    loan = loan_row(case.opening, case.terms, case.rules, loan_no=next(numbers["LN"]))
    receipts = [_receipt(actor, loan, receipt, next(numbers["RC"])) for receipt in case.receipts]
    events: list[Event] = [disbursement_of(case.terms, event_no=next(numbers["LE"]))]
    events += [ReceiptEvent(id=r.receipt_no, on=r.value_on, amount=Fen(r.amount)) for r in receipts]
    if case.payoff_on is not None:
        total = payoff_quote(case.terms, case.rules, events, case.payoff_on).total
        paid = ImportedReceipt(total, case.payoff_on, case.receipts[0].payer_name if case.receipts else loan.loan_no)
        receipts.append(_receipt(actor, loan, paid, next(numbers["RC"])))
        events.append(Payoff(id=receipts[-1].receipt_no, on=case.payoff_on, amount=total))
    return loan_new(loan, Life(case.terms, case.rules, tuple(events)), receipts=receipts, on=on)


def _receipt(actor: Actor, loan: Loan, receipt: ImportedReceipt, number: str) -> Receipt:
    return Receipt(
        receipt_no=number,
        loan=loan,
        legal_entity_id=loan.legal_entity_id,
        department_id=loan.department_id,
        owner_id=loan.owner_id,
        dealer_id=loan.dealer_id,
        state=ReceiptState.CONFIRMED,
        amount=receipt.amount,
        value_on=receipt.value_on,
        channel="debit",
        bank_account_id=loan.bank_account_id,
        payer_name=receipt.payer_name,
        registered_by=actor.name,
        confirmed_by=actor.name,
        confirmed_at=_noon(receipt.value_on),
    )


def _noon(on: date) -> datetime:
    return timezone.make_aware(datetime(on.year, on.month, on.day, 12))  # noqa: DTZ001 — made aware here


def _month_ends(start: date, end: date) -> Iterator[date]:
    """The first days of the months after ``start``, up to ``end``, and ``end`` itself."""
    at = (start.replace(day=1) + timedelta(days=32)).replace(day=1)
    while at < end:
        yield at
        at = (at + timedelta(days=32)).replace(day=1)
    yield end


def _interest_by_month(new: Sequence[NewLoan], on: date) -> Iterator[MoneyEvent]:
    earned: dict[tuple[str, Group, date], int] = defaultdict(int)
    for case in new:
        group = (case.loan.legal_entity_id, case.loan.product_code)
        _add_interest(earned, case, group, on)
    for (kind, group, day), amount in sorted(earned.items()):
        if amount:
            yield _month_event(kind, group, day, Fen(amount), taken_no=new[-1].loan.loan_no)


def _add_interest(sums: dict[tuple[str, Group, date], int], new: NewLoan, group: Group, on: date) -> None:
    plan = new.position.schedule
    for row in plan.instalments:
        if row.starts_on >= on and row.due_on > on:
            continue
        before = 0
        for until in _month_ends(row.starts_on, min(row.due_on, on)):
            earned = row_accrued(plan.terms, row, plan.scale, until)
            sums["interest_accrued", group, _booked(until, on)] += earned - before
            before = earned
        if row.due_on <= on:
            sums["interest_due", group, _booked(row.due_on + timedelta(days=1), on)] += row.interest
            if row.fee and row.no:
                sums["fee_charged", group, _booked(row.due_on + timedelta(days=1), on)] += row.fee


def _booked(until: date, on: date) -> date:
    """The last day of the month that ended before ``until``, but never after the last closed day."""
    day = until - timedelta(days=1)
    month_end = (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return min(month_end, on - timedelta(days=1))


def _month_event(kind: str, group: Group, on: date, amount: Fen, *, taken_no: str) -> MoneyEvent:
    entity, product = group
    return MoneyEvent(
        kind=kind,
        event_no=f"{kind}/import/{taken_no}/{on:%Y%m%d}/{entity}/{product}",
        legal_entity_id=entity,
        value_on=on,
        amounts={"fee" if kind == "fee_charged" else "interest": amount},
        dimensions={"product_code": product},
        source=Subject("eod", int(f"{on:%Y%m%d}")),
    )
