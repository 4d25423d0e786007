"""Reconciling a bank account's day: statement imported, compared with our orders, differences kept."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q
from django.utils import timezone

from axle.kernel.money import Fen
from axle.payments.domain.reconciling import Difference, LineSide, Matching, OrderSide, match
from axle.payments.domain.states import PaymentCause, PaymentOrderState
from axle.payments.events import StatementCompared
from axle.payments.models import (
    BankAccount,
    PaymentOrder,
    Reconciliation,
    ReconciliationBreak,
)
from axle.payments.parameters import MAX_SENDS
from axle.payments.ports import BankAnswer, BankState, BankStatement, StatementLine, bank_gateway
from axle.payments.services.answer_apply import answer_apply, order_locked
from axle.payments.services.statement_lines_keep import statement_lines_keep
from axle.platform.errors import NotFound
from axle.platform.public import Actor, business_date, created, parameter_value, publish


def reconciliation_run(*, actor: Actor, bank_account_id: int, on: date) -> Reconciliation:
    """Import the statement of a day and match it with our orders, three ways; repeatable.

    An order in flight that the statement shows as paid is ended by it. Each difference also keeps what the
    bank's own record of the order says.
    Errors: NotFound, BankUnavailable (then nothing is kept).
    """
    account = BankAccount.objects.filter(pk=bank_account_id).first()
    if account is None:
        raise NotFound(what="bank_account")
    stated = bank_gateway(account.channel).statement(account.account_no, on)
    lines = stated.lines
    statement_lines_keep(account.pk, lines)
    matching = match(_orders(account, lines, on), _debits(lines), on)
    for line in matching.proven_paid:
        _end(line)
    _fail_never_taken(account, on)
    run = _keep_findings(account, on, stated, matching, actor)
    publish(StatementCompared(account.pk, on))
    return run


def _orders(account: BankAccount, lines: Sequence[StatementLine], on: date) -> list[OrderSide]:
    named = [line.order_no for line in lines if line.order_no]
    rows = PaymentOrder.objects.filter(Q(value_on=on) | Q(order_no__in=named), bank_account=account)
    return [
        OrderSide(order_no, PaymentOrderState(state), Fen(amount), value_on)
        for order_no, state, amount, value_on in rows.values_list("order_no", "state", "amount_fen", "value_on")
    ]


def _debits(lines: Sequence[StatementLine]) -> list[LineSide]:
    return [
        LineSide(line.bank_serial, line.order_no, line.amount, line.value_on)
        for line in lines
        if line.direction == "out"
    ]


def _end(line: LineSide) -> None:
    answer = BankAnswer(line.order_no, BankState.SUCCEEDED, line.amount, line.bank_serial, line.value_on)
    answer_apply(order=order_locked(line.order_no), answer=answer, cause=PaymentCause.RECONCILIATION)


def _fail_never_taken(account: BankAccount, on: date) -> None:
    """After the day is over, an order that used up its attempts and that the bank does not know has failed."""
    if on >= business_date():
        return
    rows = PaymentOrder.objects.filter(
        bank_account=account,
        transfer_on=on,
        state=PaymentOrderState.UNKNOWN,
        sends__gte=parameter_value(MAX_SENDS.code),
    )
    for order_no in rows.values_list("order_no", flat=True):
        if bank_gateway(account.channel).payout_query(order_no).state is BankState.NOT_FOUND:
            answer = BankAnswer(order_no, BankState.FAILED, code="never_taken")
            answer_apply(order=order_locked(order_no), answer=answer, cause=PaymentCause.RECONCILIATION)


def _keep_findings(
    account: BankAccount, on: date, stated: BankStatement, matching: Matching, actor: Actor
) -> Reconciliation:
    run, _ = Reconciliation.objects.update_or_create(
        bank_account=account,
        on=on,
        defaults={
            "matched": len(matching.matched) + len(matching.proven_paid),
            "breaks": len(matching.differences),
            "paid_fen": sum(line.amount for line in stated.lines if line.direction == "out"),
            "received_fen": sum(line.amount for line in stated.lines if line.direction == "in"),
            "closing_fen": stated.closing,
            "run_by": actor.name,
            "run_at": timezone.now(),
        },
    )
    run.found.all().delete()
    ReconciliationBreak.objects.bulk_create(_break(run, account, found) for found in matching.differences)
    return created(run)


def _break(run: Reconciliation, account: BankAccount, found: Difference) -> ReconciliationBreak:
    gateway = bank_gateway(account.channel)
    return ReconciliationBreak(
        reconciliation=run,
        kind=found.kind,
        order_no=found.order_no,
        bank_serial=found.bank_serial,
        our_amount_fen=found.our_amount,
        bank_amount_fen=found.bank_amount,
        bank_state=gateway.payout_query(found.order_no).state if found.order_no else "",
    )
