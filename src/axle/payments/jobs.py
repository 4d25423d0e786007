"""Background steps of payments; each may run again at any time."""

from datetime import date

from axle.payments.models import BankAccount
from axle.payments.services.payout_query import payouts_follow_up
from axle.payments.services.payout_send import payout_send
from axle.payments.services.reconciliation_run import reconciliation_run
from axle.platform.public import acting, job, system_actor


@job("send_payment_order", retries=5)
def send_payment_order(order_no: str) -> None:
    """Send one order to the bank, after the transaction that created it."""
    payout_send(order_no=order_no)


@job("follow_up_payment_orders", cron="* * * * *")
def follow_up_payment_orders() -> None:
    """Ask the bank about orders in flight, and send those that lost their job."""
    payouts_follow_up()


@job("reconcile_bank_day", retries=10)
def reconcile_bank_day(bank_account_id: int, on: str) -> None:
    """Import one day's statement of an account and compare it with our orders."""
    actor = system_actor("payments")
    with acting(actor, "reconciliation_run"):
        reconciliation_run(actor=actor, bank_account_id=bank_account_id, on=date.fromisoformat(on))


def queue_reconciliations(on: date, shard: int, shards: int) -> int:
    """End-of-day step: queue the reconciliation of each account, so that a bank that is away delays nothing."""
    accounts = BankAccount.objects.filter(is_active=True).values_list("pk", flat=True)
    chosen = [pk for pk in accounts if pk % shards == shard]
    for pk in chosen:
        reconcile_bank_day.defer(bank_account_id=pk, on=on.isoformat())
    return len(chosen)
