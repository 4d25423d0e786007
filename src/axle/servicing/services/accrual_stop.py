"""Interest of loans that are late for too long is no longer income (转非应计)."""

from datetime import date, timedelta

from django.db.models import Q

from axle.amortization.public import ChargeOff
from axle.platform.public import (
    acting,
    business_date,
    legal_entities,
    next_no,
    one_by_one,
    parameter_value,
    system_actor,
)
from axle.servicing.models import Carrying, Loan, LoanState
from axle.servicing.parameters import ACCRUAL_POLICY, NON_ACCRUAL_DAYS
from axle.servicing.services.loan_lock import loan_locked
from axle.servicing.services.loan_restate import loan_restate

STEP = "stop_accrual"


def accruals_stop(on: date, shard: int, shards: int) -> int:
    """Stop the accrual of the loans of a shard that are late for more days than their company's parameter says.

    Days are counted on the date that follows ``on``. A company that accrues on the net amount stops none.
    """
    today = on + timedelta(days=1)
    late = Loan.objects.filter(_late(today), state=LoanState.IN_FORCE, carrying=Carrying.PERFORMING)
    chosen = late.extra(where=["servicing_loan.id %% %s = %s"], params=[shards, shard]) if shards > 1 else late
    numbers = list(chosen.order_by("pk").values_list("loan_no", flat=True))
    return one_by_one(STEP, on, numbers, accrual_stop)


def _late(today: date) -> Q:
    found = Q(pk__in=[])
    for entity in legal_entities():
        if parameter_value(ACCRUAL_POLICY.code, on=today, legal_entity_id=entity.id) == "non_accrual":
            days = parameter_value(NON_ACCRUAL_DAYS.code, on=today, legal_entity_id=entity.id)
            found |= Q(legal_entity_id=entity.id, next_unpaid_due_on__lt=today - timedelta(days=days))
    return found


def accrual_stop(loan_no: str) -> None:
    """Stop the accrual of one loan today, unless it was stopped before. Errors: NotFound."""
    with acting(system_actor("end_of_day"), STEP):
        loan, today = loan_locked(loan_no), business_date()
        if loan.carrying == Carrying.PERFORMING:
            event = ChargeOff(id=next_no("LE", on=today), on=today)
            loan_restate(actor=system_actor("end_of_day"), loan=loan, event=event, business_on=today)
