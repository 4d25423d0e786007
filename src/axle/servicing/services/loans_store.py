"""New loans on their way into the tables: one by itself or many together, by the same statements."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from axle.amortization.public import (
    Disbursement,
    Position,
    Rules,
    Terms,
    event_to_json,
    rules_to_json,
    terms_to_json,
)
from axle.kernel.money import Fen
from axle.ledger.events import MoneyEvent
from axle.platform.public import Actor, columns_of, keys_take, lines_copy, row_line, rows_copy
from axle.servicing.domain.postings import Key, Money, PostingDraft, postings_of
from axle.servicing.models import Instalment, Loan, LoanEvent, Posting, Receipt
from axle.servicing.services.loan_restate import Life, cached_position, instalments_of
from axle.servicing.services.money_tell import money_event
from axle.servicing.services.opening import LoanOpening

_OWN = ("id", "loan_id")


@dataclass(frozen=True)
class NewLoan:
    """A loan that is not stored yet: its row, its events so far with the money behind them, where they leave it.

    ``plan`` is the instalments as lines of text, which loans of one history share. ``entered_on`` is the business date
    of entry; None when its history was entered elsewhere, each event on its day.
    """

    loan: Loan
    life: Life
    position: Position
    drafts: Mapping[Key, PostingDraft]
    plan: Sequence[str]
    receipts: tuple[Receipt, ...] = ()
    entered_on: date | None = None


def loan_row(opening: LoanOpening, terms: Terms, rules: Rules, *, loan_no: str) -> Loan:
    """The row of a loan. Interest runs from ``terms.start_on``, the day the money left."""
    return Loan(
        loan_no=loan_no,
        principal=terms.principal,
        annual_rate=terms.annual_rate,
        periods=terms.periods,
        method=terms.method,
        terms=terms_to_json(terms),
        rules=rules_to_json(rules),
        disbursed_on=terms.start_on,
        **vars(opening),
    )


def disbursement_of(terms: Terms, *, event_no: str) -> Disbursement:
    """The event that every loan begins with."""
    return Disbursement(id=event_no, on=terms.start_on, amount=terms.principal)


def loan_new(
    loan: Loan, life: Life, *, receipts: Sequence[Receipt] = (), entered_on: date | None = None, on: date
) -> NewLoan:
    """Replay a life to a date and put what is kept of it on the row. Errors: those of ``amortization.replay``."""
    position = life.position(on)
    cached_position(loan, position)
    account = str(loan.bank_account_id)
    money = {r.receipt_no: Money(Fen(r.amount), r.value_on, "cash", account) for r in receipts}
    return NewLoan(loan, life, position, postings_of(position, money), plan_of(position), tuple(receipts), entered_on)


def plan_of(position: Position) -> tuple[str, ...]:
    """The instalments of a position as rows without what names their loan."""
    return tuple(row_line(row, _OWN) for row in instalments_of(Loan(), position))


def loans_store(actor: Actor, new: Sequence[NewLoan]) -> None:
    """Keep new loans with their receipts, plans, events and postings."""
    for key, one in zip(keys_take(Loan, len(new)), new, strict=True):
        one.loan.pk = key
    rows_copy(one.loan for one in new)
    rows_copy(_relinked(new))
    lines_copy(Instalment, columns_of(Instalment, ("id",)), _plan_lines(new))
    rows_copy(_event_rows(actor, new))
    rows_copy(chain.from_iterable(_postings(one) for one in new))


def money_events_of(new: NewLoan) -> Iterator[MoneyEvent]:
    """What the books must be told of a stored loan's money: that it left, and each receipt and charge since."""
    loan, start = new.loan, new.life.events[0]
    opened = PostingDraft("loan_disbursed", start.on, {"principal": Fen(loan.principal)}, str(loan.bank_account_id))
    yield money_event(loan, opened, start.id)
    for key, draft in sorted(new.drafts.items()):
        yield money_event(loan, draft, _posting_no(loan, key[0], draft))


def _relinked(new: Iterable[NewLoan]) -> Iterator[Receipt]:
    for one in new:
        for receipt in one.receipts:
            receipt.loan = one.loan  # the key exists only now
            yield receipt


def _plan_lines(new: Iterable[NewLoan]) -> Iterator[str]:
    return (f"{one.loan.pk}\t{line}" for one in new for line in one.plan)


def _event_rows(actor: Actor, new: Iterable[NewLoan]) -> Iterator[LoanEvent]:
    for one in new:
        for event in one.life.events:
            payload = event_to_json(event)
            yield LoanEvent(
                loan=one.loan,
                event_no=event.id,
                kind=payload["kind"],
                on=event.on,
                payload=payload,
                entered_on=one.entered_on or event.on,
                entered_by=actor.name,
            )


def _postings(new: NewLoan) -> Iterator[Posting]:
    for key, draft in sorted(new.drafts.items()):
        yield Posting(
            loan=new.loan,
            event_no=_posting_no(new.loan, key[0], draft),
            key=key[0],
            on=draft.on,
            kind=draft.kind,
            amounts=draft.amounts,
            bank_account=draft.bank_account,
        )


def _posting_no(loan: Loan, key: str, draft: PostingDraft) -> str:
    return f"{loan.loan_no}/{key}/{draft.on:%y%m%d}/1"
