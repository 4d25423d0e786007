"""Taking over loans with their history, set-based: for migration, for the demo institution and for benchmarks.

Each history is replayed once and its loans are stored like one that opens (``loans_store``), many at a time. The
books are told each receipt by itself and past interest by month, company and product.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain

from django.utils import timezone

from axle.amortization.public import Rules, Terms
from axle.kernel.money import Fen
from axle.ledger.events import MoneyEvent
from axle.platform.public import Actor, Subject, eod_hold_off, next_nos, note_change
from axle.servicing.models import Loan, Receipt, ReceiptState
from axle.servicing.services.histories_replay import DISBURSED, History, Paid, history_replayed
from axle.servicing.services.loan_restate import Life, cached_position
from axle.servicing.services.loans_store import NewLoan, loan_row, loans_store, money_events_of
from axle.servicing.services.opening import LoanOpening

Group = tuple[int, str]


@dataclass(frozen=True)
class ImportedReceipt:
    """Money that came in for a loan before it was taken over; fen. ``is_early``: it was to repay principal early."""

    amount: Fen
    value_on: date
    payer_name: str
    is_early: bool = False


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
    """A loan being taken over, with the history that it may share with others."""

    new: NewLoan
    history: History


def loans_import(*, actor: Actor, loans: Sequence[ImportedLoan], business_on: date) -> list[MoneyEvent]:
    """Keep loans with their history; gives the money events that the books must be told, oldest first.

    No end of day runs meanwhile: it tells the loans that a day has moved by the dates on which events were entered.
    Errors: those of ``amortization.replay``; a contract that has a loan breaks the whole batch (IntegrityError).
    """
    eod_hold_off()
    histories = [_history(loan, business_on) for loan in loans]
    counts = {"LN": len(loans), "LE": len(loans), "RC": sum(len(history.paid) for history in histories)}
    numbers = {prefix: iter(next_nos(prefix, on=business_on, count=count)) for prefix, count in counts.items()}
    taken = [_take(actor, loan, history, numbers) for loan, history in zip(loans, histories, strict=True)]
    loans_store(actor, [one.new for one in taken])
    note_change(type="loan", id="import", after={"loans": len(taken)})
    told = chain.from_iterable(money_events_of(one.new) for one in taken)
    return sorted(chain(told, _interest_by_month(taken)), key=lambda event: event.value_on)


def _history(case: ImportedLoan, on: date) -> History:
    paid = tuple(Paid(receipt.amount, receipt.value_on, receipt.is_early) for receipt in case.receipts)
    return history_replayed(case.terms, case.rules, paid, case.payoff_on, str(case.opening.bank_account_id), on)


def _take(actor: Actor, case: ImportedLoan, history: History, numbers: Mapping[str, Iterator[str]]) -> _Taken:
    loan = loan_row(case.opening, case.terms, case.rules, loan_no=next(numbers["LN"]))
    cached_position(loan, history.position)
    names = {DISBURSED: next(numbers["LE"])} | {name: next(numbers["RC"]) for name, _paid in history.paid}
    life = Life(case.terms, case.rules, history.events_named(names))
    receipts = tuple(_receipts(actor, loan, case, history, names))
    new = NewLoan(loan, life, history.position, history.drafts_named(names), history.plan, receipts)
    return _Taken(new, history)


def _receipts(
    actor: Actor, loan: Loan, case: ImportedLoan, history: History, names: Mapping[str, str]
) -> Iterator[Receipt]:
    payers = [receipt.payer_name for receipt in case.receipts] or [loan.loan_no]
    payers.append(payers[0])  # an early payoff has no receipt of its own
    early = case.rules.prepayment.mode
    for (name, paid), payer in zip(history.paid, payers, strict=False):
        receipt = _receipt(actor, loan, ImportedReceipt(paid.amount, paid.value_on, payer), names[name])
        receipt.prepayment_mode = early if paid.is_early else ""
        yield receipt


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


def _interest_by_month(taken: Sequence[_Taken]) -> Iterator[MoneyEvent]:
    sums: dict[tuple[str, Group, date], int] = defaultdict(int)
    for one in taken:
        group = (one.new.loan.legal_entity_id, one.new.loan.product_code)
        for kind, booked_on, amount in one.history.earned:
            sums[kind, group, booked_on] += amount
    for (kind, group, day), amount in sorted(sums.items()):
        if amount:
            yield _month_event(kind, group, day, Fen(amount), taken_no=taken[-1].new.loan.loan_no)


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
