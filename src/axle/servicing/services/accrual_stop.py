"""Interest of loans that are late for too long is no longer income (转非应计)."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Q

from axle.amortization.public import ChargeOff
from axle.platform.public import (
    acting,
    business_date,
    in_batches,
    legal_entities,
    next_no,
    next_nos,
    parameter_value,
    system_actor,
)
from axle.servicing.models import Carrying, Loan, LoanState
from axle.servicing.parameters import ACCRUAL_POLICY, NON_ACCRUAL_DAYS
from axle.servicing.services.loan_lock import loan_locked, loans_locked
from axle.servicing.services.loan_restate import loan_restate, loans_restate

STEP = "stop_accrual"
_BATCH = 200


def accruals_stop(on: date, shard: int, shards: int) -> int:
    """Stop the accrual of the loans of a shard that are late for more days than their company's parameter says.

    Days are counted on the date that follows ``on``. A company that accrues on the net amount stops none.
    """
    today = on + timedelta(days=1)
    late = Loan.objects.filter(_late(today), state=LoanState.IN_FORCE, carrying=Carrying.PERFORMING)
    chosen = late.extra(where=["servicing_loan.id %% %s = %s"], params=[shards, shard]) if shards > 1 else late
    loans = dict(chosen.order_by("pk").values_list("loan_no", "pk"))
    return in_batches(
        STEP, on, list(loans), lambda batch: _stop_all([loans[number] for number in batch]), accrual_stop, size=_BATCH
    )


def _late(today: date) -> Q:
    found = Q(pk__in=[])
    for entity in legal_entities():
        if parameter_value(ACCRUAL_POLICY.code, on=today, legal_entity_id=entity.id) == "non_accrual":
            days = parameter_value(NON_ACCRUAL_DAYS.code, on=today, legal_entity_id=entity.id)
            found |= Q(legal_entity_id=entity.id, next_unpaid_due_on__lt=today - timedelta(days=days))
    return found


def _stop_all(loan_ids: Sequence[int]) -> list[str]:
    """Stop the accrual of some loans in as few statements as of one; gives those that need nothing any more."""
    actor, today = system_actor("end_of_day"), business_date()
    with acting(actor, STEP):
        loans = loans_locked(loan_ids)
        late = set(Loan.objects.filter(_late(today), pk__in=loan_ids).values_list("pk", flat=True))
        stopping = [loan for pk, loan in loans.items() if pk in late and loan.carrying == Carrying.PERFORMING]
        numbers = next_nos("LE", on=today, count=len(stopping)) if stopping else []
        events = [(loan, ChargeOff(id=number, on=today)) for loan, number in zip(stopping, numbers, strict=True)]
        refused = loans_restate(actor=actor, events=events, business_on=today) if events else {}
        return [loan.loan_no for pk, loan in loans.items() if pk not in refused]


def accrual_stop(loan_no: str) -> None:
    """Stop the accrual of one loan today, unless it was stopped before. Errors: NotFound."""
    with acting(system_actor("end_of_day"), STEP):
        loan, today = loan_locked(loan_no), business_date()
        if loan.carrying == Carrying.PERFORMING:
            event = ChargeOff(id=next_no("LE", on=today), on=today)
            loan_restate(actor=system_actor("end_of_day"), loan=loan, event=event, business_on=today)
