"""The life of a payment order."""

from enum import StrEnum

from axle.payments.ports import BankState


class PaymentOrderState(StrEnum):
    """Where an order stands. UNKNOWN: it was or may have been sent, and nobody knows what became of it."""

    CREATED = "created"
    SENT = "sent"
    ACCEPTED = "accepted"
    UNKNOWN = "unknown"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


class PaymentCause(StrEnum):
    """What moved an order."""

    CREATION = "creation"
    SEND = "send"
    REPLY = "reply"
    QUERY = "query"
    NOTICE = "notice"
    RECONCILIATION = "reconciliation"
    INTERRUPTION = "interruption"


FINAL = frozenset({PaymentOrderState.SUCCEEDED, PaymentOrderState.FAILED})
IN_FLIGHT = frozenset({PaymentOrderState.SENT, PaymentOrderState.ACCEPTED, PaymentOrderState.UNKNOWN})
ENDS_UNKNOWN = frozenset({PaymentCause.QUERY, PaymentCause.RECONCILIATION})

_CONCLUSIONS: dict[BankState, PaymentOrderState] = {
    BankState.SUCCEEDED: PaymentOrderState.SUCCEEDED,
    BankState.FAILED: PaymentOrderState.FAILED,
    BankState.PROCESSING: PaymentOrderState.ACCEPTED,
    BankState.UNKNOWN: PaymentOrderState.UNKNOWN,
    BankState.NOT_FOUND: PaymentOrderState.UNKNOWN,
}

QUERY_SECONDS = (15, 30, 60, 120, 300, 600, 1800, 3600)
"""Waits between questions to the bank; the last one repeats."""


def conclude(state: PaymentOrderState, cause: PaymentCause, said: BankState) -> PaymentOrderState | None:
    """The state that the bank's word leads to, or None when it changes nothing.

    Only an order in flight moves. UNKNOWN is left by query and reconciliation alone, and what the bank has
    accepted does not become unknown because a question about it went unanswered.
    """
    if state not in IN_FLIGHT or (state is PaymentOrderState.UNKNOWN and cause not in ENDS_UNKNOWN):
        return None
    led_to = _CONCLUSIONS[said]
    if led_to is state or (led_to is PaymentOrderState.UNKNOWN and state is PaymentOrderState.ACCEPTED):
        return None
    return led_to


def query_wait_seconds(queries: int) -> int:
    """How long to wait before the next question, after ``queries`` of them."""
    return QUERY_SECONDS[min(queries, len(QUERY_SECONDS) - 1)]
