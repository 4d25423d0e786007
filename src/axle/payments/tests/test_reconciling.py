"""Matching as a table."""

from datetime import date

from axle.kernel.money import Fen
from axle.payments.domain.reconciling import LineSide, OrderSide, match
from axle.payments.domain.states import PaymentOrderState as S

ON, NEXT = date(2026, 11, 22), date(2026, 11, 23)


def test_every_kind_of_difference() -> None:
    orders = [
        OrderSide("agrees", S.SUCCEEDED, Fen(100), ON),
        OrderSide("ours", S.SUCCEEDED, Fen(200), ON),
        OrderSide("amount", S.SUCCEEDED, Fen(300), ON),
        OrderSide("failed", S.FAILED, Fen(400), None),
        OrderSide("date", S.SUCCEEDED, Fen(500), NEXT),
        OrderSide("in_flight", S.UNKNOWN, Fen(600), None),
    ]
    lines = [
        LineSide("1", "agrees", Fen(100), ON),
        LineSide("2", "", Fen(150), ON),
        LineSide("3", "amount", Fen(301), ON),
        LineSide("4", "failed", Fen(400), ON),
        LineSide("5", "date", Fen(500), ON),
        LineSide("6", "in_flight", Fen(600), ON),
        LineSide("7", "stranger", Fen(700), ON),
    ]
    matching = match(orders, lines, ON)
    assert matching.matched == ("agrees",)
    assert [line.order_no for line in matching.proven_paid] == ["in_flight"]
    assert [(found.kind, found.order_no, found.our_amount, found.bank_amount) for found in matching.differences] == [
        ("theirs_only", "", None, 150),
        ("amount_differs", "amount", 300, 301),
        ("status_differs", "failed", 400, 400),
        ("date_differs", "date", 500, 500),
        ("theirs_only", "stranger", None, 700),
        ("ours_only", "ours", 200, None),
    ]


def test_in_flight_with_another_amount_is_not_proven() -> None:
    order = OrderSide("x", S.UNKNOWN, Fen(1), None)
    matching = match([order], [LineSide("1", "x", Fen(2), ON)], ON)
    assert matching.proven_paid == ()
    assert [found.kind for found in matching.differences] == ["amount_differs"]
