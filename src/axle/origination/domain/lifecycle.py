"""The lives of an application, a contract and a disbursement, as tables.

Each act names the states it starts from and the state it leads to. What is not in a table is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from axle.platform.errors import StateRefused


class ApplicationState(StrEnum):
    """The lifecycle of an application (进件状态)."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    CONTRACTED = "contracted"
    DISBURSED = "disbursed"


class ContractState(StrEnum):
    """The lifecycle of a contract until its loan begins. SIGNING: signed by the customer, awaiting its time stamp."""

    DRAFTED = "drafted"
    SENT = "sent"
    SIGNING = "signing"
    SIGNED = "signed"
    IN_FORCE = "in_force"
    VOIDED = "voided"


class DisbursementState(StrEnum):
    """The lifecycle of a payment to a dealer."""

    PREPARING = "preparing"
    REGISTERED = "registered"
    PAYING = "paying"
    PAID = "paid"
    CANCELLED = "cancelled"


DRAFT, SUBMITTED, IN_REVIEW, RETURNED, APPROVED = list(ApplicationState)[:5]
DECLINED, WITHDRAWN, EXPIRED, CONTRACTED, DISBURSED = list(ApplicationState)[5:]
DRAFTED, SENT, SIGNING, SIGNED, IN_FORCE, VOIDED = ContractState
PREPARING, REGISTERED, PAYING, PAID, CANCELLED = DisbursementState

APPLICATION_ENDED = frozenset({DECLINED, WITHDRAWN, EXPIRED, DISBURSED})
"""States in which an application does not count as a duplicate of a new one."""


@dataclass(frozen=True)
class Move:
    """From which states an act is possible, and where it leads."""

    sources: frozenset[str]
    target: str


def _move(target: str, *sources: str) -> Move:
    return Move(frozenset(sources), target)


APPLICATION_MOVES: Mapping[str, Move] = {
    "submit": _move(SUBMITTED, DRAFT, RETURNED),
    "refer": _move(IN_REVIEW, SUBMITTED),
    "return": _move(RETURNED, IN_REVIEW, RETURNED),
    "ask_people": _move(IN_REVIEW, APPROVED, DECLINED),
    "resume": _move(IN_REVIEW, SUBMITTED, RETURNED, IN_REVIEW),
    "approve": _move(APPROVED, SUBMITTED, IN_REVIEW),
    "decline": _move(DECLINED, SUBMITTED, IN_REVIEW, RETURNED),
    "revoke": _move(DECLINED, APPROVED),
    "expire": _move(EXPIRED, IN_REVIEW, RETURNED, APPROVED),
    "withdraw": _move(WITHDRAWN, DRAFT, SUBMITTED, IN_REVIEW, RETURNED, APPROVED),
    "contract": _move(CONTRACTED, APPROVED),
    "contract_void": _move(APPROVED, CONTRACTED),
    "disburse": _move(DISBURSED, CONTRACTED),
}
CONTRACT_MOVES: Mapping[str, Move] = {
    "send": _move(SENT, DRAFTED, SENT),
    "sign": _move(SIGNING, SENT),
    "stamp": _move(SIGNED, SIGNING),
    "void": _move(VOIDED, DRAFTED, SENT, SIGNING, SIGNED),
    "disburse": _move(IN_FORCE, SIGNED),
}
DISBURSEMENT_MOVES: Mapping[str, Move] = {
    "register": _move(REGISTERED, PREPARING),
    "reject": _move(PREPARING, REGISTERED),
    "pay": _move(PAYING, REGISTERED),
    "fail": _move(REGISTERED, PAYING),
    "succeed": _move(PAID, PAYING),
    "cancel": _move(CANCELLED, PREPARING, REGISTERED),
}


def application_after(state: str, act: str) -> str:
    """The state that an act leads to. Errors: StateRefused."""
    return _after(APPLICATION_MOVES, state, act)


def contract_after(state: str, act: str) -> str:
    """The state that an act leads to. Errors: StateRefused."""
    return _after(CONTRACT_MOVES, state, act)


def disbursement_after(state: str, act: str) -> str:
    """The state that an act leads to. Errors: StateRefused."""
    return _after(DISBURSEMENT_MOVES, state, act)


def _after(moves: Mapping[str, Move], state: str, act: str) -> str:
    if state not in moves[act].sources:
        raise StateRefused(state=state, act=act)
    return moves[act].target
