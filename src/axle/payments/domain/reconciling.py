"""Matching paid orders with statement lines, pure. Amounts are fen; tolerance is zero."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from axle.kernel.money import Fen
from axle.payments.domain.states import FINAL, PaymentOrderState


class ReconciliationBreakKind(StrEnum):
    """How our books and the bank's differ (对账差异)."""

    OURS_ONLY = "ours_only"
    THEIRS_ONLY = "theirs_only"
    AMOUNT_DIFFERS = "amount_differs"
    STATUS_DIFFERS = "status_differs"
    DATE_DIFFERS = "date_differs"


@dataclass(frozen=True)
class OrderSide:
    """An order as our books have it."""

    order_no: str
    state: PaymentOrderState
    amount: Fen
    value_on: date | None


@dataclass(frozen=True)
class LineSide:
    """A debit as the statement has it."""

    bank_serial: str
    order_no: str
    amount: Fen
    value_on: date


@dataclass(frozen=True)
class Difference:
    """One difference; ``order_no`` or ``bank_serial`` is empty when that side has nothing."""

    kind: ReconciliationBreakKind
    order_no: str
    bank_serial: str
    our_amount: Fen | None
    bank_amount: Fen | None


@dataclass(frozen=True)
class Matching:
    """What matching found: pairs that agree, orders in flight that the statement proves paid, and differences."""

    matched: tuple[str, ...]
    proven_paid: tuple[LineSide, ...]
    differences: tuple[Difference, ...]


def match(orders: Iterable[OrderSide], lines: Iterable[LineSide], on: date) -> Matching:
    """Match one day's debits with orders by order number.

    ``orders`` are those paid on ``on`` and those that the lines name. A line without an order of ours is
    theirs only; an order paid that day without a line is ours only.
    """
    by_number = {order.order_no: order for order in orders}
    found = list(lines)
    matched: list[str] = []
    proven: list[LineSide] = []
    differences: list[Difference] = []
    for line in found:
        kind = _difference(by_number.get(line.order_no), line)
        if kind is not None:
            differences.append(_described(kind, by_number.get(line.order_no), line))
        elif by_number[line.order_no].state in FINAL:
            matched.append(line.order_no)
        else:
            proven.append(line)
    differences += _ours_only(by_number, {line.order_no for line in found}, on)
    return Matching(tuple(matched), tuple(proven), tuple(differences))


def _difference(order: OrderSide | None, line: LineSide) -> ReconciliationBreakKind | None:
    if order is None:
        return ReconciliationBreakKind.THEIRS_ONLY
    if order.amount != line.amount:
        return ReconciliationBreakKind.AMOUNT_DIFFERS
    if order.state in {PaymentOrderState.FAILED, PaymentOrderState.CREATED}:
        return ReconciliationBreakKind.STATUS_DIFFERS
    if order.state is PaymentOrderState.SUCCEEDED and order.value_on != line.value_on:
        return ReconciliationBreakKind.DATE_DIFFERS
    return None


def _ours_only(orders: Mapping[str, OrderSide], seen: set[str], on: date) -> list[Difference]:
    return [
        _described(ReconciliationBreakKind.OURS_ONLY, order, None)
        for order in orders.values()
        if order.state is PaymentOrderState.SUCCEEDED and order.value_on == on and order.order_no not in seen
    ]


def _described(kind: ReconciliationBreakKind, order: OrderSide | None, line: LineSide | None) -> Difference:
    return Difference(
        kind=kind,
        order_no=order.order_no if order else line.order_no if line else "",
        bank_serial=line.bank_serial if line else "",
        our_amount=order.amount if order else None,
        bank_amount=line.amount if line else None,
    )
