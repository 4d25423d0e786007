"""The one way a loan changes: an event is added, the life is replayed, and what differs is stored and posted."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

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
from axle.kernel.money import Fen, yuan
from axle.platform.public import Actor, publish
from axle.servicing.domain.buckets import days_past_due
from axle.servicing.domain.carrying import carrying_of
from axle.servicing.errors import RefundStands
from axle.servicing.events import LoanReopened, LoanSettled
from axle.servicing.models import Carrying, Instalment, Loan, LoanEvent, LoanState
from axle.servicing.selectors.stored_plan import PLAN_COLUMNS, StoredPlan, stored_plan
from axle.servicing.services.carrying_settle import carrying_settle, eras_of
from axle.servicing.services.postings_settle import first_day_of, postings_settle


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
    with connection.cursor() as cursor:
        cursor.execute(_EVENTS, [loan.pk])
        rows = cursor.fetchall()
    return Life(
        terms_from_json(loan.terms),
        rules_from_json(loan.rules),
        tuple(
            ReceiptEvent(id=number, on=on, amount=Fen(amount)) if amount else event_from_json(json.loads(payload))
            for number, on, amount, payload in rows
        ),
    )


_EVENTS = """
SELECT event_no, "on", CASE WHEN kind = 'receipt' THEN ((payload ->> 'amount')::numeric * 100)::bigint END,
    CASE WHEN kind <> 'receipt' THEN payload::text END
FROM servicing_loanevent WHERE loan_id = %s ORDER BY id
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
    life = life_of(loan).plus(event)
    eras, plan = eras_of(loan), stored_plan(loan)
    position = life.position(business_on)
    _refunds_stand(life, position)
    event_store(actor, loan, event, business_on)
    since = first_day_of(loan, event, life.events)
    before = plan.reckoned(life.terms, int(loan.exact_scale), business_on)
    eras, told = carrying_settle(actor=actor, loan=loan, eras=eras, event=event, before=before, after=position)
    _worst_days_keep(loan, business_on)
    position_store(loan, position, plan)
    postings_settle(loan, position, life.events, eras, since=since, new_event_no=event.id, told=told)
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
    position_store(loan, position, stored_plan(loan))
    postings_settle(loan, position, life.events, eras_of(loan))
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


def position_store(loan: Loan, position: Position, plan: StoredPlan) -> None:
    """Keep a replayed position on the loan and its instalments."""
    was_settled = loan.state == LoanState.SETTLED
    cached_position(loan, position)
    loan.save(update_fields=[*cache_of(position), "version", "era", "worst_days"])
    _instalments_store(loan, position, plan)
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


def _instalments_store(loan: Loan, position: Position, plan: StoredPlan) -> None:
    """Write the rows that are no longer as they are stored."""
    rows = instalments_of(loan, position)
    changed = [row for row in rows if plan.rows.get(row.position) != tuple(getattr(row, name) for name in PLAN_COLUMNS)]
    if len(plan.rows) > len(rows):
        Instalment.objects.filter(loan=loan, position__gt=len(rows)).delete()
    if changed:
        Instalment.objects.bulk_create(
            changed, update_conflicts=True, unique_fields=["loan", "position"], update_fields=PLAN_COLUMNS[1:]
        )
