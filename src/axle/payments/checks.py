"""Invariants of payments, read back from the rows."""

from django.db.models import Count, Q, Sum

from axle.kernel.money import yuan
from axle.payments.domain.states import FINAL, PaymentOrderState
from axle.payments.models import BankStatementLine, PaymentOrder, Reconciliation
from axle.platform.public import invariant


@invariant("payment_order_steps")
def payment_order_steps() -> list[str]:
    """A final order has exactly one final step, and it leads to the order's state; others have none."""
    rows = PaymentOrder.objects.annotate(ends=Count("steps", filter=Q(steps__to_state__in=FINAL)))
    is_wrong = (Q(state__in=FINAL) & ~Q(ends=1)) | (~Q(state__in=FINAL) & Q(ends__gt=0))
    found = rows.filter(is_wrong).values_list("order_no", "state", "ends")
    return [f"payment order {order_no} is {state} with {ends} final steps" for order_no, state, ends in found]


@invariant("payments_equal_bank_statement")
def payments_equal_bank_statement() -> list[str]:
    """On every reconciled day, what our orders paid is what the statement says was paid for them."""
    failures = []
    for run in Reconciliation.objects.all():
        ours = _paid(run)
        theirs = _stated(run)
        if ours != theirs:
            failures.append(
                f"bank account {run.bank_account_id} on {run.on}: orders {yuan(ours)}, statement {yuan(theirs)}"
            )
    return failures


def _paid(run: Reconciliation) -> int:
    rows = PaymentOrder.objects.filter(
        bank_account=run.bank_account_id, value_on=run.on, state=PaymentOrderState.SUCCEEDED
    )
    return int(rows.aggregate(paid=Sum("amount_fen", default=0))["paid"])


def _stated(run: Reconciliation) -> int:
    rows = BankStatementLine.objects.filter(bank_account=run.bank_account_id, value_on=run.on, direction="out").exclude(
        order_no=""
    )
    return int(rows.aggregate(stated=Sum("amount_fen", default=0))["stated"])
