"""The token interpreter through its door: every step is saved and loaded in between."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from axle.workflow.domain.engine import Run
from axle.workflow.domain.outline import outline_read
from axle.workflow.errors import ConditionValueMissing
from axle.workflow.tests.drawing import parallel_process, review_process


class Played:
    """Plays a definition by node names."""

    def __init__(self, xml: str, **data: object) -> None:
        self.names, self.data = outline_read(xml).names(), dict(data)
        self.run = Run.start(xml, self.data)

    def act(self, node: str, action: str) -> "Played":
        self.run = Run.load(self.run.save())
        (token,) = [opened.token for opened in self.run.open_nodes() if opened.node_id == node]
        self.data[f"{node}_action"] = action
        self.run.complete(token, self.names, self.data)
        return self

    @property
    def waiting(self) -> set[str]:
        return {opened.node_id for opened in self.run.open_nodes()}


def test_a_process_waits_at_its_first_task():
    assert Played(review_process()).waiting == {"review"}


def test_approval_ends_it():
    assert Played(review_process()).act("review", "approve").run.ended_at == "approved"


def test_a_return_goes_round_as_often_as_needed():
    played = Played(review_process())
    for _ in range(3):
        played.act("review", "return")
        assert played.waiting == {"supplement"}
        played.act("supplement", "submit")
        assert played.waiting == {"review"}
    assert played.act("review", "decline").run.ended_at == "declined"


def test_parallel_tasks_wait_for_each_other():
    played = Played(parallel_process(), amount=100_000)
    assert played.waiting == {"credit", "appraisal"}
    assert played.act("appraisal", "approve").waiting == {"credit"}
    assert played.act("credit", "approve").run.ended_at == "approved"


def test_a_larger_amount_takes_another_review():
    played = Played(parallel_process(), amount=100_001).act("credit", "approve").act("appraisal", "approve")
    assert played.waiting == {"second"}
    assert played.act("second", "approve").run.ended_at == "approved"


def test_a_decline_ends_the_other_branch():
    played = Played(parallel_process(), amount=1).act("credit", "decline")
    assert (played.waiting, played.run.ended_at) == (set(), "declined")


def test_cases_of_one_definition_share_nothing_but_it():
    xml = parallel_process()
    small, large = Played(xml, amount=1), Played(xml, amount=100_001)
    alone = large.run.save()
    tokens = {opened.token for run in (small.run, large.run) for opened in run.open_nodes()}
    assert len(tokens) == 4
    for played in (small, large):
        for node in ("credit", "appraisal"):
            (token,) = [opened.token for opened in played.run.open_nodes() if opened.node_id == node]
            played.data[f"{node}_action"] = "approve"
            played.run.complete(token, played.names, played.data)
        if played is small:
            assert (small.run.ended_at, large.run.save()) == ("approved", alone)
    assert (large.waiting, large.run.ended_at) == ({"second"}, None)


def test_a_missing_value_stops_the_step_and_leaves_the_saved_state_usable():
    played = Played(parallel_process()).act("credit", "approve")
    saved = played.run.save()
    with pytest.raises(ConditionValueMissing):
        played.act("appraisal", "approve")
    played.run, played.data["amount"] = Run.load(saved), 5
    assert played.act("appraisal", "approve").run.ended_at == "approved"


def test_a_timer_ends_a_supplement_that_nobody_delivers():
    with time_machine.travel(datetime(2026, 11, 22, 9, tzinfo=UTC), tick=False) as clock:
        played = Played(review_process()).act("review", "return")
        assert played.run.next_timer_at == datetime(2026, 11, 29, 9, tzinfo=UTC)
        clock.shift(timedelta(days=6))
        played.run.timers_fire(played.names, played.data)
        assert played.waiting == {"supplement"}
        clock.shift(timedelta(days=1, seconds=1))
        played.run = Run.load(played.run.save())
        played.run.timers_fire(played.names, played.data)
    assert (played.waiting, played.run.ended_at) == (set(), "expired")


def test_a_delivered_supplement_forgets_its_timer():
    played = Played(review_process()).act("review", "return").act("supplement", "submit")
    assert played.run.next_timer_at is None


def test_an_unknown_token_is_refused():
    played = Played(review_process())
    with pytest.raises(KeyError):
        played.run.complete("nothing", played.names, played.data)


def test_state_is_small():
    assert len(Played(parallel_process(), amount=1).run.save()) < 4096
