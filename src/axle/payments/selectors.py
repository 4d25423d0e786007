"""Reads of payments, within an actor's scope."""

from django.db.models import QuerySet, Sum

from axle.kernel.money import Fen
from axle.payments.domain.states import PaymentOrderState
from axle.payments.models import (
    BankAccount,
    BankStatementLine,
    PaymentOrder,
    Reconciliation,
    ReconciliationBreak,
)
from axle.payments.permissions import (
    BANK_ACCOUNT_VIEW,
    PAYMENT_ORDER_VIEW,
    RECONCILIATION_VIEW,
)
from axle.platform.errors import NotFound
from axle.platform.public import Actor


def orders_visible(actor: Actor) -> QuerySet[PaymentOrder]:
    """Payment orders that the actor may see."""
    return actor.scope(PAYMENT_ORDER_VIEW).filter(PaymentOrder.objects.all())


def order_visible(actor: Actor, order_no: str) -> PaymentOrder:
    """One of them. Errors: NotFound."""
    order = orders_visible(actor).select_related("bank_account").filter(order_no=order_no).first()
    if order is None:
        raise NotFound(what="payment_order")
    return order


def bank_accounts_visible(actor: Actor) -> QuerySet[BankAccount]:
    """The institution's accounts: all of them or none."""
    rows = BankAccount.objects.all()
    return actor.scope(BANK_ACCOUNT_VIEW).filter(rows, department=None, owner=None)


def reconciliations_visible(actor: Actor) -> QuerySet[Reconciliation]:
    """Days compared."""
    return actor.scope(RECONCILIATION_VIEW).filter(Reconciliation.objects.all(), department=None, owner=None)


def breaks_visible(actor: Actor) -> QuerySet[ReconciliationBreak]:
    """Differences found."""
    rows = ReconciliationBreak.objects.all()
    return actor.scope(RECONCILIATION_VIEW).filter(rows, department=None, owner=None)


def statement_lines_visible(actor: Actor) -> QuerySet[BankStatementLine]:
    """Movements that banks stated."""
    rows = BankStatementLine.objects.all()
    return actor.scope(RECONCILIATION_VIEW).filter(rows, department=None, owner=None)


def cash_paid(legal_entity_id: int) -> dict[int, Fen]:
    """What succeeded orders took from each bank account, in fen, negative as it left."""
    rows = PaymentOrder.objects.filter(legal_entity_id=legal_entity_id, state=PaymentOrderState.SUCCEEDED)
    sums = rows.values_list("bank_account_id").annotate(total=Sum("amount_fen")).order_by("bank_account_id")
    return {bank_account_id: Fen(-total) for bank_account_id, total in sums}
