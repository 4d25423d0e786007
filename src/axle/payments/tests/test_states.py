"""The life of an order as a table: state, cause and the bank's word lead to a state or to nothing."""

import itertools

import pytest

from axle.payments.domain.states import (
    FINAL,
    PaymentCause,
    PaymentOrderState,
    conclude,
    query_wait_seconds,
)
from axle.payments.ports import BankState

S, C, B = PaymentOrderState, PaymentCause, BankState
CASES = [
    (S.SENT, C.REPLY, B.PROCESSING, S.ACCEPTED),
    (S.SENT, C.REPLY, B.SUCCEEDED, S.SUCCEEDED),
    (S.SENT, C.REPLY, B.FAILED, S.FAILED),
    (S.SENT, C.REPLY, B.UNKNOWN, S.UNKNOWN),
    (S.SENT, C.NOTICE, B.SUCCEEDED, S.SUCCEEDED),
    (S.SENT, C.QUERY, B.NOT_FOUND, S.UNKNOWN),
    (S.ACCEPTED, C.NOTICE, B.SUCCEEDED, S.SUCCEEDED),
    (S.ACCEPTED, C.NOTICE, B.FAILED, S.FAILED),
    (S.ACCEPTED, C.REPLY, B.PROCESSING, None),
    (S.ACCEPTED, C.QUERY, B.UNKNOWN, None),
    (S.ACCEPTED, C.QUERY, B.NOT_FOUND, None),
    (S.UNKNOWN, C.REPLY, B.SUCCEEDED, None),
    (S.UNKNOWN, C.NOTICE, B.SUCCEEDED, None),
    (S.UNKNOWN, C.QUERY, B.SUCCEEDED, S.SUCCEEDED),
    (S.UNKNOWN, C.QUERY, B.FAILED, S.FAILED),
    (S.UNKNOWN, C.QUERY, B.PROCESSING, S.ACCEPTED),
    (S.UNKNOWN, C.QUERY, B.NOT_FOUND, None),
    (S.UNKNOWN, C.RECONCILIATION, B.SUCCEEDED, S.SUCCEEDED),
    (S.CREATED, C.NOTICE, B.SUCCEEDED, None),
]


@pytest.mark.parametrize(("state", "cause", "said", "led_to"), CASES)
def test_conclusion(
    state: PaymentOrderState, cause: PaymentCause, said: BankState, led_to: PaymentOrderState | None
) -> None:
    assert conclude(state, cause, said) is led_to


def test_what_has_ended_never_moves() -> None:
    for state, cause, said in itertools.product(FINAL, C, B):
        assert conclude(state, cause, said) is None


def test_questions_become_rarer() -> None:
    waits = [query_wait_seconds(count) for count in range(10)]
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (15, 3600)
