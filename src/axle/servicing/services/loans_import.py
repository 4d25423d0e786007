"""Taking over loans with their history, set-based: for migration, for the demo institution and for benchmarks.

Each loan is replayed once; rows go in by bulk inserts. The books are told each receipt by itself and past interest
by month, company and product.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain

from django.utils import timezone

from axle.amortization.public import (
    Disbursement,
    Event,
    Payoff,
    Position,
    Rules,
    Terms,
    event_to_json,
    payoff_quote,
    replay,
    row_accrued,
    rules_to_json,
    terms_to_json,
)
from axle.amortization.public import Receipt as ReceiptEvent
from axle.kernel.money import Fen
from axle.ledger.events import MoneyEvent
from axle.platform.public import Actor, Subject, next_nos, note_change
from axle.servicing.domain.postings import Money, PostingDraft, postings_of
from axle.servicing.models import Instalment, Loan, LoanEvent, Posting, Receipt, ReceiptState
from axle.servicing.services.loan_restate import cached_position, instalments_of, money_event
from axle.servicing.services.opening import LoanOpening

_BATCH = 2000
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


@dataclass(frozen=True)
class _Taken:
    """A loan being taken over: its row, events, receipts and position."""

    loan: Loan
    events: tuple[Event, ...]
    receipts: tuple[Receipt, ...]
    position: Position


def loans_import(*, actor: Actor, loans: Sequence[ImportedLoan], business_on: date) -> list[MoneyEvent]:
    """Keep loans with their history; gives the money events that the books must be told, oldest first.

    Errors: those of ``amortization.replay``; a contract that has a loan breaks the whole batch (IntegrityError).
    """
    numbers = iter(next_nos("LN", on=business_on, count=len(loans)))
    event_numbers = iter(next_nos("LE", on=business_on, count=len(loans)))
    receipt_count = sum(len(loan.receipts) + 1 for loan in loans)
    receipt_numbers = iter(next_nos("RC", on=business_on, count=receipt_count))
    taken = [_take(actor, loan, next(numbers), next(event_numbers), receipt_numbers, business_on) for loan in loans]
    _rows_store(actor, taken, business_on)
    note_change(type="loan", id="import", after={"loans": len(taken)})
    return sorted(chain(_events_of_loans(taken), _interest_by_month(taken, business_on)), key=lambda e: e.value_on)


def _take(actor: Actor, case: ImportedLoan, loan_no: str, event_no: str, numbers: Iterator[str], on: date) -> _Taken:
    loan = Loan(
        loan_no=loan_no,
        principal=case.terms.principal,
        annual_rate=case.terms.annual_rate,
        periods=case.terms.periods,
        method=case.terms.method,
        terms=terms_to_json(case.terms),
        rules=rules_to_json(case.rules),
        disbursed_on=case.terms.start_on,
        **vars(case.opening),
    )
    start = Disbursement(id=event_no, on=case.terms.start_on, amount=case.terms.principal)
    receipts = [_receipt(actor, loan, receipt, next(numbers)) for receipt in case.receipts]
    events: list[Event] = [start]
    events += [ReceiptEvent(id=r.receipt_no, on=r.value_on, amount=Fen(r.amount)) for r in receipts]
    if case.payoff_on is not None:
        total = payoff_quote(case.terms, case.rules, events, case.payoff_on).total
        paid = ImportedReceipt(total, case.payoff_on, case.receipts[0].payer_name if case.receipts else loan_no)
        receipts.append(_receipt(actor, loan, paid, next(numbers)))
        events.append(Payoff(id=receipts[-1].receipt_no, on=case.payoff_on, amount=total))
    position = replay(case.terms, case.rules, events, on)
    cached_position(loan, position)
    return _Taken(loan, tuple(events), tuple(receipts), position)


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


def _rows_store(actor: Actor, taken: Sequence[_Taken], on: date) -> None:
    Loan.objects.bulk_create([case.loan for case in taken], batch_size=_BATCH)
    Receipt.objects.bulk_create(_relinked(taken), batch_size=_BATCH)
    plans = chain.from_iterable(instalments_of(case.loan, case.position) for case in taken)
    Instalment.objects.bulk_create(plans, batch_size=5000)
    LoanEvent.objects.bulk_create(_event_rows(actor, taken, on), batch_size=_BATCH)
    Posting.objects.bulk_create(chain.from_iterable(_postings(case) for case in taken), batch_size=_BATCH)


def _relinked(taken: Iterable[_Taken]) -> Iterator[Receipt]:
    for case in taken:
        for receipt in case.receipts:
            receipt.loan = case.loan  # the key exists only now
            yield receipt


def _event_rows(actor: Actor, taken: Iterable[_Taken], on: date) -> Iterator[LoanEvent]:
    for case in taken:
        for event in case.events:
            payload = event_to_json(event)
            yield LoanEvent(
                loan=case.loan,
                event_no=event.id,
                kind=payload["kind"],
                on=event.on,
                payload=payload,
                entered_on=min(event.on, on),
                entered_by=actor.name,
            )


def _drafts(case: _Taken) -> dict[tuple[str, str], PostingDraft]:
    account = str(case.loan.bank_account_id)
    money = {r.receipt_no: Money(Fen(r.amount), r.value_on, "cash", account) for r in case.receipts}
    return postings_of(case.position, money)


def _postings(case: _Taken) -> Iterator[Posting]:
    for key, draft in sorted(_drafts(case).items()):
        yield Posting(
            loan=case.loan,
            event_no=_posting_no(case.loan, key[0], draft),
            key=key[0],
            on=draft.on,
            kind=draft.kind,
            amounts=draft.amounts,
            bank_account=draft.bank_account,
        )


def _posting_no(loan: Loan, key: str, draft: PostingDraft) -> str:
    return f"{loan.loan_no}/{key}/{draft.on:%y%m%d}/1"


def _events_of_loans(taken: Iterable[_Taken]) -> Iterator[MoneyEvent]:
    for case in taken:
        loan, start = case.loan, case.events[0]
        opened = PostingDraft("loan_disbursed", start.on, {"principal": Fen(loan.principal)}, str(loan.bank_account_id))
        yield money_event(loan, opened, start.id)
        for key, draft in sorted(_drafts(case).items()):
            yield money_event(loan, draft, _posting_no(loan, key[0], draft))


def _month_ends(start: date, end: date) -> Iterator[date]:
    """The first days of the months after ``start``, up to ``end``, and ``end`` itself."""
    at = (start.replace(day=1) + timedelta(days=32)).replace(day=1)
    while at < end:
        yield at
        at = (at + timedelta(days=32)).replace(day=1)
    yield end


def _interest_by_month(taken: Sequence[_Taken], on: date) -> Iterator[MoneyEvent]:
    earned: dict[tuple[str, Group, date], int] = defaultdict(int)
    for case in taken:
        group = (case.loan.legal_entity_id, case.loan.product_code)
        _add_interest(earned, case, group, on)
    for (kind, group, day), amount in sorted(earned.items()):
        if amount:
            yield _month_event(kind, group, day, Fen(amount), taken_no=taken[-1].loan.loan_no)


def _add_interest(sums: dict[tuple[str, Group, date], int], case: _Taken, group: Group, on: date) -> None:
    plan = case.position.schedule
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
