"""The one way a loan changes: an event is added, the life is replayed, and what differs is stored and posted."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from axle.amortization.public import (
    Event,
    Position,
    Refund,
    Reversal,
    Rules,
    Terms,
    event_from_json,
    event_to_json,
    replay,
    rules_from_json,
    terms_from_json,
)
from axle.kernel.money import Fen, yuan
from axle.platform.public import Actor, publish
from axle.servicing.domain.buckets import days_past_due
from axle.servicing.domain.carrying import Era, carrying_of
from axle.servicing.domain.postings import Key, Money, PostingDraft, postings_of
from axle.servicing.errors import RefundStands
from axle.servicing.events import LoanReopened, LoanSettled
from axle.servicing.models import Carrying, Instalment, Loan, LoanEvent, LoanState, Posting, Receipt
from axle.servicing.services.carrying_settle import carrying_settle, eras_of
from axle.servicing.services.money_tell import money_event


@dataclass(frozen=True)
class Life:
    """A loan's terms, rules and events so far."""

    terms: Terms
    rules: Rules
    events: tuple[Event, ...]

    def position(self, on: date) -> Position:
        """The position at the end of a date."""
        return replay(self.terms, self.rules, self.events, on)

    def plus(self, event: Event) -> "Life":
        """The same life with one more event."""
        return Life(self.terms, self.rules, (*self.events, event))


def life_of(loan: Loan) -> Life:
    """A loan as the engine reads it."""
    return life_from(loan, loan.events.order_by("pk").values_list("payload", flat=True))


def life_from(loan: Loan, payloads: Iterable[dict[str, Any]]) -> Life:
    """A loan with its events as they are stored, in the order of entry."""
    return Life(
        terms_from_json(loan.terms),
        rules_from_json(loan.rules),
        tuple(event_from_json(payload) for payload in payloads),
    )


def loan_restate(*, actor: Actor, loan: Loan, event: Event, business_on: date) -> Position:
    """Add an event to a locked loan and bring everything that follows from it up to date.

    Stores the event, the position and the plan; takes back postings that no longer hold and makes those that now
    do; corrects accrued interest and its tax by the difference; tells when the loan is settled or owes again.
    Errors: those of ``amortization.replay``, RefundStands; then nothing is stored.
    """
    life = life_of(loan)
    eras, before = eras_of(loan), life.position(business_on)
    life = life.plus(event)
    position = life.position(business_on)
    _refunds_stand(life, position)
    event_store(actor, loan, event, business_on)
    eras = carrying_settle(actor=actor, loan=loan, eras=eras, event=event, before=before, after=position)
    _worst_days_keep(loan, business_on)
    position_store(loan, position)
    _postings_settle(loan, position, life.events, eras)
    return position


def _worst_days_keep(loan: Loan, on: date) -> None:
    """Before arrears may end: how old they are is known from the stored date alone."""
    loan.worst_days = max(loan.worst_days, days_past_due(loan.next_unpaid_due_on, on))


def _refunds_stand(life: Life, position: Position) -> None:
    """Money that was paid back must have waited. Errors: RefundStands."""
    gone = {event.of for event in life.events if isinstance(event, Reversal)}
    paid_back = sum(event.amount for event in life.events if isinstance(event, Refund) and event.id not in gone)
    if position.refunded < paid_back:
        raise RefundStands(amount=yuan(paid_back))


def loan_refresh(*, loan: Loan, business_on: date) -> Position:
    """Bring a locked loan to a date on which money that waited has paid what fell due."""
    life = life_of(loan)
    position = life.position(business_on)
    _worst_days_keep(loan, business_on)
    position_store(loan, position)
    _postings_settle(loan, position, life.events, eras_of(loan))
    return position


def event_store(actor: Actor, loan: Loan, event: Event, business_on: date) -> None:
    """Keep an event of a loan."""
    payload = event_to_json(event)
    LoanEvent.objects.create(
        loan=loan,
        event_no=event.id,
        kind=payload["kind"],
        on=event.on,
        payload=payload,
        entered_on=business_on,
        entered_by=actor.name,
    )


def position_store(loan: Loan, position: Position) -> None:
    """Keep a replayed position on the loan and its instalments."""
    was_settled = loan.state == LoanState.SETTLED
    cached_position(loan, position)
    loan.save(update_fields=[*cache_of(position), "version", "era", "worst_days"])
    _instalments_store(loan, position)
    _state_tell(loan, was_settled=was_settled)


def cached_position(loan: Loan, position: Position) -> None:
    """Put what is kept of a position on an unsaved loan row."""
    loan.version += 1
    for name, value in cache_of(position).items():
        setattr(loan, name, value)


def cache_of(position: Position) -> dict[str, Any]:
    """What a loan's row keeps of its position, by column."""
    unpaid = [row.due_on for row in position.rows if row.settled_on is None and row.kind != "charge"]
    carrying = carrying_of(position)
    return {
        "principal_balance": position.principal_balance,
        "unapplied": position.unapplied,
        "interest_paid": position.paid.interest,
        "interest_waived": position.waived.interest,
        "fee_outstanding": position.outstanding.fee,
        "next_unpaid_due_on": min(unpaid, default=None),
        "matures_on": max((row.due_on for row in position.schedule.instalments), default=None),
        "settled_on": position.settled_on,
        "state": LoanState.SETTLED if position.is_settled else LoanState.IN_FORCE,
        "annual_rate": position.annual_rate,
        "exact_scale": Decimal(position.schedule.scale),
        "carrying": carrying,
        "claim_kept": position.outstanding.total if carrying == Carrying.WRITTEN_OFF else 0,
    }


def _state_tell(loan: Loan, *, was_settled: bool) -> None:
    if loan.settled_on and not was_settled:
        publish(LoanSettled(loan.pk, loan.loan_no, loan.contract_id, loan.customer_id, loan.settled_on))
    elif was_settled and not loan.settled_on:
        publish(LoanReopened(loan.pk, loan.loan_no))


def instalments_of(loan: Loan, position: Position) -> list[Instalment]:
    """The plan as it stands, with what has been paid, as rows to store."""
    rows = [row for row in position.rows if row.kind != "charge"]
    return [
        Instalment(
            loan=loan,
            position=index,
            kind=row.kind,
            no=plan.no,
            starts_on=plan.starts_on,
            due_on=plan.due_on,
            days=plan.days,
            principal=plan.principal,
            interest=plan.interest,
            fee=plan.fee,
            balance=plan.balance,
            exact=plan.exact,
            carried=plan.carried,
            principal_paid=row.paid.principal,
            interest_paid=row.paid.interest,
            fee_paid=row.paid.fee,
            settled_on=row.settled_on,
        )
        for index, (row, plan) in enumerate(zip(rows, position.schedule.instalments, strict=True), 1)
    ]


_PLAN = [field.name for field in Instalment._meta.concrete_fields if field.name not in {"id", "loan"}]


def _instalments_store(loan: Loan, position: Position) -> None:
    """Write the rows that are no longer as they are stored."""
    stored = {row[0]: row for row in Instalment.objects.filter(loan=loan).values_list(*_PLAN)}
    rows = instalments_of(loan, position)
    changed = [row for row in rows if stored.get(row.position) != tuple(getattr(row, name) for name in _PLAN)]
    if len(stored) > len(rows):
        Instalment.objects.filter(loan=loan, position__gt=len(rows)).delete()
    if changed:
        Instalment.objects.bulk_create(
            changed, update_conflicts=True, unique_fields=["loan", "position"], update_fields=_PLAN[1:]
        )


def money_of(receipts: Iterable[Receipt], events: Iterable[Event]) -> dict[str, Money]:
    """The money behind each receipt event of a loan that was not reversed, by event number."""
    entered = list(events)
    gone = {event.of for event in entered if isinstance(event, Reversal)}
    dates = {event.id: event.on for event in entered if event.id not in gone}
    return {
        receipt.receipt_no: Money(
            Fen(receipt.amount),
            dates[receipt.receipt_no],
            "from_suspense" if receipt.is_from_suspense else "cash",
            str(receipt.bank_account_id),
        )
        for receipt in receipts
        if receipt.receipt_no in dates
    }


def _postings_settle(loan: Loan, position: Position, events: Iterable[Event], eras: Sequence[Era]) -> None:
    told = list(Posting.objects.filter(loan=loan))
    stands = [posting for posting in told if not posting.is_reversed]
    revisions = Counter((posting.key, posting.on.isoformat()) for posting in told)
    receipts = loan.receipts.only("loan_id", "receipt_no", "amount", "is_from_suspense", "bank_account_id")
    drafts = standing_drafts(stands)
    wanted = postings_of(position, money_of(receipts, events), eras, drafts)
    for posting in stands:
        key = (posting.key, posting.on.isoformat())
        if wanted.get(key) == drafts[key]:
            del wanted[key]
        else:
            _take_back(loan, posting)
    for key, draft in sorted(wanted.items()):
        _post(loan, key, draft, revisions[key] + 1)


def standing_drafts(stands: Iterable[Posting]) -> dict[Key, PostingDraft]:
    """Postings that stand, as they were told."""
    return {
        (row.key, row.on.isoformat()): PostingDraft(row.kind, row.on, row.amounts, row.bank_account, row.era)
        for row in stands
    }


def _take_back(loan: Loan, posting: Posting) -> None:
    posting.is_reversed = True
    posting.save(update_fields=["is_reversed"])
    draft = PostingDraft(posting.kind, posting.on, posting.amounts, posting.bank_account)
    event = money_event(loan, draft, f"{posting.event_no}R", reverses=posting.event_no)
    publish(replace(event, reverses=None, part_of=posting.told_in) if posting.told_in else event)


def _post(loan: Loan, key: Key, draft: PostingDraft, revision: int) -> None:
    posting = Posting.objects.create(
        loan=loan,
        event_no=f"{loan.loan_no}/{key[0]}/{draft.on:%y%m%d}/{revision}",
        key=key[0],
        on=draft.on,
        kind=draft.kind,
        amounts=draft.amounts,
        bank_account=draft.bank_account,
        era=draft.era,
    )
    publish(money_event(loan, draft, posting.event_no))
