"""A dealer's life: pending → active ⇄ suspended, and exited for good."""

from enum import StrEnum


class DealerState(StrEnum):
    PENDING = "pending"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    EXITED = "exited"


_MOVES = {
    DealerState.PENDING: {DealerState.ACTIVE, DealerState.EXITED},
    DealerState.ACTIVE: {DealerState.SUSPENDED, DealerState.EXITED},
    DealerState.SUSPENDED: {DealerState.ACTIVE, DealerState.EXITED},
    DealerState.EXITED: set(),
}


def may_move(state: DealerState, to: DealerState) -> bool:
    """Whether a dealer in one state can become another."""
    return to in _MOVES[state]
