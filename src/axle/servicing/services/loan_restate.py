"""The one way a loan changes: an event is added, the life is replayed, and what differs is stored and posted.

Many loans change at once in as few statements as one.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Q

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
from axle.amortization.public import Receipt as ReceiptEvent
from axle.kernel.errors import AxleError
from axle.kernel.money import Fen, yuan
from axle.platform.public import Actor, publish, rows_update
from axle.servicing.domain.buckets import days_past_due
from axle.servicing.domain.carrying import Era, carrying_of
from axle.servicing.errors import RefundStands
from axle.servicing.events import LoanReopened, LoanSettled
from axle.servicing.models import Carrying, Instalment, Loan, LoanCarrying, LoanEvent, LoanState
from axle.servicing.selectors.stored_plan import PLAN_COLUMNS, StoredPlan, stored_plans
from axle.servicing.services.carrying_settle import carrying_settle, era_row, eras_of
from axle.servicing.services.postings_settle import Settling, first_day_of, postings_settle


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
    return lives_of([loan])[loan.pk]


def lives_of(loans: Sequence[Loan]) -> dict[int, Life]:
    """Some loans as the engine reads them."""
    events: dict[int, list[Event]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_EVENTS, [[loan.pk for loan in loans]])
        for loan_id, number, on, amount, payload in cursor.fetchall():
            is_receipt = amount is not None
            event = (
                ReceiptEvent(id=number, on=on, amount=Fen(amount))
                if is_receipt
                else event_from_json(json.loads(payload))
            )
            events[loan_id].append(event)
    return {
        loan.pk: Life(terms_from_json(loan.terms), rules_from_json(loan.rules), tuple(events[loan.pk]))
        for loan in loans
    }


_EVENTS = """
SELECT loan_id, event_no, "on", CASE WHEN kind = 'receipt' THEN ((payload ->> 'amount')::numeric * 100)::bigint END,
    CASE WHEN kind <> 'receipt' THEN payload::text END
FROM servicing_loanevent WHERE loan_id = ANY(%s) ORDER BY id
"""
"""Most events are receipts, of which the columns and the amount say everything."""


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
    (one,) = _read([(loan, event)])
    one.replay(business_on)
    _keep(actor, [one], business_on)
    return one.position


def loans_restate(*, actor: Actor, events: Sequence[tuple[Loan, Event]], business_on: date) -> dict[int, AxleError]:
    """The same for many locked loans in as few statements as for one; a loan comes once.

    Gives why those stay as they were of which the event is refused.
    """
    read, refused = list[_Restating](), dict[int, AxleError]()
    for one in _read(events):
        try:
            one.replay(business_on)
            read.append(one)
        except AxleError as error:
            refused[one.loan.pk] = error
    _keep(actor, read, business_on)
    return refused


def loan_refresh(*, loan: Loan, business_on: date) -> Position:
    """Bring a locked loan to a date on which money that waited has paid what fell due."""
    life = life_of(loan)
    position = life.position(business_on)
    _worst_days_keep(loan, business_on)
    positions_store([(loan, position, stored_plans([loan.pk])[loan.pk])])
    postings_settle([Settling(loan, position, life.events, eras_of([loan])[loan.pk])])
    return position


@dataclass
class _Restating:
    """A locked loan with an event that is added, and what is stored of it."""

    loan: Loan
    event: Event
    life: Life
    eras: tuple[Era, ...]
    plan: StoredPlan
    position: Position = field(init=False)

    def replay(self, on: date) -> None:
        """Errors: those of ``amortization.replay``, RefundStands."""
        self.position = self.life.position(on)
        _refunds_stand(self.life, self.position)


def _read(events: Sequence[tuple[Loan, Event]]) -> Iterator[_Restating]:
    loans = [loan for loan, _event in events]
    lives, eras, plans = lives_of(loans), eras_of(loans), stored_plans([loan.pk for loan in loans])
    for loan, event in events:
        yield _Restating(loan, event, lives[loan.pk].plus(event), eras[loan.pk], plans[loan.pk])


def _keep(actor: Actor, restating: Sequence[_Restating], on: date) -> None:
    LoanEvent.objects.bulk_create([_event_row(actor, one.loan, one.event, on) for one in restating])
    settling, begun = list[Settling](), list[LoanCarrying]()
    for one in restating:
        loan, life = one.loan, one.life
        since = first_day_of(loan, one.event, life.events)
        before = one.plan.reckoned(life.terms, int(loan.exact_scale), on)
        eras, told = carrying_settle(loan=loan, eras=one.eras, event=one.event, before=before, after=one.position)
        if len(eras) > len(one.eras):
            begun.append(era_row(actor, loan, eras[-1]))
        settling.append(Settling(loan, one.position, life.events, eras, since, one.event.id, told))
        _worst_days_keep(loan, on)
    LoanCarrying.objects.bulk_create(begun)
    positions_store([(one.loan, one.position, one.plan) for one in restating])
    postings_settle(settling)


def _worst_days_keep(loan: Loan, on: date) -> None:
    """Before arrears may end: how old they are is known from the stored date alone."""
    loan.worst_days = max(loan.worst_days, days_past_due(loan.next_unpaid_due_on, on))


def _refunds_stand(life: Life, position: Position) -> None:
    """Money that was paid back must have waited. Errors: RefundStands."""
    gone = {event.of for event in life.events if isinstance(event, Reversal)}
    paid_back = sum(event.amount for event in life.events if isinstance(event, Refund) and event.id not in gone)
    if position.refunded < paid_back:
        raise RefundStands(amount=yuan(paid_back))


def _event_row(actor: Actor, loan: Loan, event: Event, business_on: date) -> LoanEvent:
    payload = event_to_json(event)
    return LoanEvent(
        loan=loan,
        event_no=event.id,
        kind=payload["kind"],
        on=event.on,
        payload=payload,
        entered_on=business_on,
        entered_by=actor.name,
    )


def positions_store(stored: Sequence[tuple[Loan, Position, StoredPlan]]) -> None:
    """Keep replayed positions on their loans and instalments."""
    were_settled = [loan.state == LoanState.SETTLED for loan, _position, _plan in stored]
    for loan, position, _plan in stored:
        cached_position(loan, position)
    rows_update([loan for loan, _position, _plan in stored], _KEPT)
    _instalments_store(stored)
    for (loan, _position, _plan), was_settled in zip(stored, were_settled, strict=True):
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


_KEPT = (
    "principal_balance", "unapplied", "interest_paid", "interest_waived", "fee_outstanding", "next_unpaid_due_on",
    "matures_on", "settled_on", "state", "annual_rate", "exact_scale", "carrying", "claim_kept", "version", "era",
    "worst_days",
)  # fmt: skip
"""What is written on a loan's row with its position: ``cache_of``, and what is counted."""


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


def _instalments_store(stored: Sequence[tuple[Loan, Position, StoredPlan]]) -> None:
    """Write the rows that are no longer as they are stored."""
    changed, shorter = list[Instalment](), Q()
    for loan, position, plan in stored:
        rows = instalments_of(loan, position)
        changed += [
            row for row in rows if plan.rows.get(row.position) != tuple(getattr(row, name) for name in PLAN_COLUMNS)
        ]
        if len(plan.rows) > len(rows):
            shorter |= Q(loan=loan, position__gt=len(rows))
    if shorter:
        Instalment.objects.filter(shorter).delete()
    if changed:
        Instalment.objects.bulk_create(
            changed, update_conflicts=True, unique_fields=["loan", "position"], update_fields=PLAN_COLUMNS[1:]
        )
