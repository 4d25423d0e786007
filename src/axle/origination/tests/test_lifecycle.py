"""The state tables, and the shipped review process."""

import pytest

from axle.origination.domain.lifecycle import (
    APPLICATION_MOVES,
    CONTRACT_MOVES,
    DISBURSEMENT_MOVES,
    ApplicationState,
    ContractState,
    DisbursementState,
    application_after,
)
from axle.origination.services.processes_install import FOLDER
from axle.platform.errors import StateRefused
from axle.platform.public import PERMISSIONS
from axle.workflow.domain.linting import lint

MACHINES = (
    (APPLICATION_MOVES, ApplicationState, "draft", {"withdrawn", "expired", "disbursed"}),
    (CONTRACT_MOVES, ContractState, "drafted", {"in_force", "voided"}),
    (DISBURSEMENT_MOVES, DisbursementState, "preparing", {"paid", "cancelled"}),
)


@pytest.mark.parametrize(("moves", "states", "first", "last"), MACHINES)
def test_every_state_is_reached_and_ends_are_final(moves, states, first, last):
    reached, waiting = {first}, [first]
    while waiting:
        state = waiting.pop()
        for move in moves.values():
            if state in move.sources and move.target not in reached:
                reached.add(move.target)
                waiting.append(move.target)
    assert reached == set(states)
    assert {state for state in states if not any(state in move.sources for move in moves.values())} == last


def test_what_is_not_in_the_table_is_refused():
    with pytest.raises(StateRefused) as refused:
        application_after("declined", "approve")
    assert refused.value.params == {"state": "declined", "act": "approve"}


def test_the_shipped_process_has_no_findings():
    (path,) = FOLDER.glob("*.bpmn")
    assert lint(path.read_text(encoding="utf-8"), PERMISSIONS) == []
