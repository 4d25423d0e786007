"""The runtime fails safe: whatever is not an explicit, consistent answer goes to a person with the fault named."""

import threading

import pytest

from axle.decisioning.domain.engine import Answer, ZenEvaluator
from axle.decisioning.domain.evaluation import evaluate
from axle.decisioning.domain.faults import EngineFailed, EngineTimedOut
from axle.decisioning.tests.factories import answering, content_of, small_graph, small_live

GOOD = {"age": 30, "score": 700, "kind": "new"}


def outcome_of(strategy, **changes):
    evaluation = evaluate(strategy, GOOD | changes, deadline_seconds=5)
    return evaluation.outcome, [fault.code.value for fault in evaluation.faults]


@pytest.mark.parametrize(
    ("changes", "outcome", "codes"),
    [
        ({}, "approve", []),
        ({"age": 17}, "decline", ["K01"]),
        ({"age": 18}, "approve", []),
        ({"score": 499}, "refer", ["F01"]),
        ({"age": 17, "score": 499}, "decline", ["K01", "F01"]),
    ],
)
def test_a_case_is_decided_by_its_rules(changes, outcome, codes):
    evaluation = evaluate(small_live(), GOOD | changes, deadline_seconds=5)
    assert (evaluation.outcome, [hit.code for hit in evaluation.hits]) == (outcome, codes)
    assert evaluation.faults == ()


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"age": "30"}, "input_wrong_type"),
        ({"age": None}, "input_null_refused"),
        ({"kind": "old"}, "input_not_a_choice"),
        ({"score": 1001}, "input_out_of_range"),
        ({"extra": 1}, "input_unknown"),
        ({"score": None}, "source_no_answer"),
        ({"age": 0, "score": None}, "fact_missing"),
    ],
)
def test_a_faulty_case_is_referred(changes, fault):
    assert outcome_of(small_live(), **changes) == ("refer", [fault])


def test_a_missing_input_is_referred():
    evaluation = evaluate(small_live(), {"age": 30, "kind": "new"}, deadline_seconds=5)
    assert evaluation.outcome == "refer"
    assert [(fault.code, fault.where) for fault in evaluation.faults] == [("input_missing", "score")]


def test_a_division_by_zero_is_referred_not_skipped():
    assert outcome_of(small_live(), age=0) == ("refer", ["fact_missing"])


def raising(error):
    def evaluator(inputs, deadline_seconds, *, is_traced):
        raise error

    return evaluator


@pytest.mark.parametrize(
    ("evaluator", "fault"),
    [
        (raising(EngineFailed("boom")), "engine_error"),
        (raising(EngineTimedOut("5 s")), "engine_timed_out"),
        (answering(lambda result, trace: result.pop("outcome")), "result_missing"),
        (answering(lambda result, trace: result.clear()), "result_missing"),
        (answering(lambda result, trace: result.update(outcome=None)), "result_wrong_type"),
        (answering(lambda result, trace: result.update(outcome="APPROVE")), "result_wrong_type"),
        (answering(lambda result, trace: result.pop("hits")), "result_missing"),
        (answering(lambda result, trace: result.update(hits={})), "result_missing"),
        (answering(lambda result, trace: result.update(limit="5")), "result_wrong_type"),
        (answering(lambda result, trace: result.update(limit=0.5)), "result_wrong_type"),
        (answering(lambda result, trace: result.update(limit=-1)), "result_wrong_type"),
        (answering(lambda result, trace: result.pop("limit")), "result_missing"),
        (answering(lambda result, trace: result["hits"].append({"code": "K99"})), "rule_unknown"),
        (answering(lambda result, trace: result["hits"].append(7)), "rule_unknown"),
        (
            answering(lambda result, trace: result["hits"].append({"code": "K01", "severity": "refer"})),
            "rule_unknown",
        ),
        (
            answering(lambda result, trace: result["hits"].append({"code": "K01", "severity": "knock_out"})),
            "outcome_contradicts_rules",
        ),
        (
            answering(lambda result, trace: result["hits"].append({"code": "F01", "severity": "refer"})),
            "outcome_contradicts_rules",
        ),
        (answering(lambda result, trace: trace.pop("rules")), "fact_missing"),
        (answering(lambda result, trace: trace["counts"]["output"].update(refers=None)), "fact_missing"),
        (answering(lambda result, trace: trace["counts"]["output"].update(refers="0")), "fact_missing"),
        (answering(lambda result, trace: trace["rules"].update(output=None)), "fact_missing"),
    ],
)
def test_a_wrong_answer_is_referred_with_its_fault(evaluator, fault):
    outcome, faults = outcome_of(small_live(evaluator, is_traced=True))
    assert outcome == "refer"
    assert faults[0] == fault


@pytest.mark.parametrize(
    ("change", "fault", "where"),
    [
        (lambda result: result.pop("hits"), "fact_missing", "rules.hits"),
        (lambda result: result.update(hits={}), "fact_missing", "rules.hits"),
        (lambda result: result["hits"].append(7), "fact_missing", "rules.hits"),
        (lambda result: result["hits"].append({"code": "K99", "severity": "refer"}), "rule_unknown", "hits"),
        (lambda result: result.pop("limit"), "fact_missing", "counts.limit"),
        (lambda result: result.update(share="5"), "fact_missing", "counts.share"),
        (lambda result: result.update(limit=0.5), "result_wrong_type", "limit"),
        (lambda result: result.pop("outcome"), "fact_missing", "outcome.outcome"),
        (lambda result: result.update(outcome="APPROVE"), "result_wrong_type", "outcome"),
        (lambda result: result.clear(), "fact_missing", "rules.hits"),
    ],
)
def test_a_response_that_tells_everything_is_held_against_what_each_node_makes(change, fault, where):
    evaluation = evaluate(small_live(answering(change)), GOOD, deadline_seconds=5)
    first = evaluation.faults[0]
    assert (evaluation.outcome, first.code, first.where) == ("refer", fault, where)


def test_an_answer_that_is_none_is_referred():
    def evaluator(inputs, deadline_seconds, *, is_traced):
        return Answer(None)

    assert outcome_of(small_live(evaluator)) == ("refer", ["fact_missing"] * 6)


@pytest.mark.parametrize("key", ["count(hits, #.severity > 5)", "hits + 1"])
def test_an_expression_that_fails_is_an_engine_error(key):
    graph = small_graph()
    content_of(graph, "counts")["expressions"][0]["value"] = key
    assert outcome_of(small_live(ZenEvaluator(graph)), age=17) == ("refer", ["engine_error"])


def test_the_engine_refuses_a_graph_that_it_cannot_read():
    with pytest.raises(EngineFailed):
        ZenEvaluator({"nodes": [{"id": 5}], "edges": []})


def test_a_real_deadline_ends_a_real_evaluation():
    graph = small_graph()
    rows = content_of(graph, "rules")["rules"]
    rows.extend({**rows[0], "_id": str(number), "when": f"age < {number % 17}"} for number in range(60_000))
    with pytest.raises(EngineTimedOut):
        ZenEvaluator(graph)(GOOD, 0.001)


def test_evaluations_from_many_threads_agree():
    strategy, answers = small_live(), []

    def decide(age):
        answers.append((age, evaluate(strategy, GOOD | {"age": age}, deadline_seconds=5).outcome))

    threads = [threading.Thread(target=decide, args=(age,)) for age in range(10, 26)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [(age, "decline" if age < 18 else "approve") for age in range(10, 26)]
