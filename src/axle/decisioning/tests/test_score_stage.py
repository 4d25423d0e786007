"""The stage "score": what a scorecard is told, what rules make of its points; a fault in it decides nothing."""

import copy
import json

import pytest

from axle.decisioning.domain.canonical import canonical_bytes
from axle.decisioning.domain.compiler import compile_graph
from axle.decisioning.domain.contract import contract_parse
from axle.decisioning.domain.evaluation import evaluate
from axle.decisioning.domain.faults import Fault, FaultCode
from axle.decisioning.domain.golden import GoldenCase, cases_run
from axle.decisioning.domain.score_stage import ScoreBlock, ScoreFailed, lacking
from axle.decisioning.tests.factories import (
    SCORED_CASE,
    SCORED_CASES,
    SCORED_CONTRACT,
    content_of,
    scored_graph,
    scored_live,
    small_parts,
)


class Card:
    """A scorecard that remembers what it was told."""

    def __init__(self, points=620):
        self.points, self.told = points, []

    def __call__(self, case):
        self.told.append(dict(case))
        part = {"name": "youth", "value": case["youth"], "points": self.points, "lost": 0, "reason_code": "R04"}
        return {"scorecard": "small_card", "points": self.points, "contributions": [part], "reason_codes": []}


def answered(score, **changes):
    return evaluate(scored_live(), SCORED_CASE | changes, deadline_seconds=5, score=score)


def test_rules_read_the_points_of_the_scorecard():
    card = Card()
    high, low = answered(card), answered(Card(499))
    assert card.told == [{"youth": 2.5, "income": 9000, "kind": "new"}]
    assert (high.outcome, high.score, high.faults) == ("approve", 620, ())
    assert [(point.characteristic, point.points, point.value) for point in high.points] == [("youth", 620, 2.5)]
    assert (low.outcome, [(hit.code, hit.actual) for hit in low.hits]) == ("refer", [("F01", 499)])


def test_missing_is_told_as_missing_where_the_contract_says_so():
    card = Card()
    assert answered(card, income_fen=None, kind="used").outcome == "approve"
    assert card.told[0]["income"] is None


def failing(case):
    raise ScoreFailed(Fault(FaultCode.SCORECARD_BROKEN, "scorecard", "torn"))


@pytest.mark.parametrize(
    ("score", "changes", "fault"),
    [
        (None, {}, ("scorecard_not_in_force", "scorecard")),
        (ScoreBlock(), {}, ("scorecard_not_in_force", "scorecard")),
        (failing, {}, ("scorecard_broken", "scorecard")),
        (Card(), {"age": 0}, ("score_input_wrong", "youth")),
        (failing, {"age": 17}, ("scorecard_broken", "scorecard")),
    ],
)
def test_a_fault_in_the_score_goes_to_a_person_and_replays(score, changes, fault):
    answer = answered(score, **changes)
    assert (answer.outcome, [(one.code.value, one.where) for one in answer.faults]) == ("refer", [fault])
    kept = ScoreBlock.read(json.loads(canonical_bytes(answer.given.stored())))
    assert canonical_bytes(answered(kept, **changes).stored()) == canonical_bytes(answer.stored())


def test_what_may_not_be_missing_is_a_fault():
    contract = copy.deepcopy(SCORED_CONTRACT)
    contract["scorecard"]["needs"][1]["missing"] = "refuse"
    live = scored_live()
    strict = type(live)(contract_parse(contract), live.rules, live.compiled, live.evaluator)
    answer = evaluate(strict, SCORED_CASE | {"income_fen": None, "kind": "used"}, deadline_seconds=5, score=Card())
    assert (answer.outcome, [(one.code.value, one.where) for one in answer.faults]) == (
        "refer",
        [("score_input_missing", "income")],
    )


def test_golden_cases_tell_the_score_that_they_are_told_with():
    golden = [GoldenCase.model_validate(case) for case in SCORED_CASES]
    assert cases_run(scored_live(), golden) == ()
    silent = [golden[0].model_copy(update={"score": None}), *golden[1:]]
    assert [failure.name for failure in cases_run(scored_live(), silent)] == ["good", "young", "K01"]


def compiled(graph=None, needs=()):
    contract = copy.deepcopy(SCORED_CONTRACT)
    contract["scorecard"]["needs"] += needs
    found = compile_graph(graph or scored_graph(), contract_parse(contract), small_parts()[1])[1]
    return [(finding.code, finding.column) for finding in found]


def test_publishing_refuses_another_score_and_what_the_scorecard_cannot_be_told():
    assert compiled() == []
    graph = scored_graph()
    content_of(graph, "counts")["expressions"].append({"id": "e", "key": "score", "value": "700"})
    assert compiled(graph) == [("key_not_allowed", "score")]
    words = {"zh": "项", "en": "part"}
    unknown = {"name": "a", "words": words, "value": "height + 1"}
    listed = {"name": "b", "words": words, "value": "[age]"}
    assert compiled(needs=[unknown, listed]) == [("cell_wrong_type", "a"), ("cell_wrong_type", "b")]


@pytest.mark.parametrize(
    "change",
    [
        {"characteristics": ["age"]},
        {"scorecard": SCORED_CONTRACT["scorecard"] | {"needs": []}},
        {"scorecard": SCORED_CONTRACT["scorecard"] | {"needs": SCORED_CONTRACT["scorecard"]["needs"] * 2}},
    ],
)
def test_a_contract_has_one_score_and_each_characteristic_once(change):
    with pytest.raises(ValueError, match="score"):
        contract_parse(SCORED_CONTRACT | change)


def test_what_a_points_table_asks_for_is_compared_with_what_it_is_told():
    contract = contract_parse(SCORED_CONTRACT)
    kinds = contract.scorecard.kinds(contract.inputs)
    assert list(lacking(contract.scorecard, kinds, {"youth": "number", "income": "number", "kind": "category"})) == []
    asked = {"youth": "category", "kind": "number", "height": "number"}
    assert list(lacking(contract.scorecard, kinds, asked)) == ["kind", "height"]
