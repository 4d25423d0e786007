"""The shipped auto-loan strategy: its graph is its tables, its golden cases hold, its words can be read."""

import re

import pytest

from axle.decisioning.domain.canonical import canonical_bytes
from axle.decisioning.domain.coverage import coverage_warnings
from axle.decisioning.domain.evaluation import evaluate
from axle.decisioning.domain.golden import GoldenCase, cases_run, cases_whole
from axle.decisioning.domain.graph import Table, graph_parse
from axle.decisioning.domain.plain_words import hit_sentence, point_sentence
from axle.decisioning.domain.policy import place_of
from axle.decisioning.domain.traces import nodes_made, trace_compacted, trace_expanded, trace_packed
from axle.decisioning.strategies.builder import graph_build, graph_text
from axle.decisioning.strategies.cases import cases_read
from axle.decisioning.strategies.tables import FOLDER, changes_read, document_read, rule_rows, table_read
from axle.decisioning.tests.factories import STANDARD, base_case, standard

CASES = cases_whole([GoldenCase.model_validate(case) for case in cases_read(STANDARD)])


def decided(**changes):
    return evaluate(standard(), base_case(**changes), deadline_seconds=10)


def test_the_graph_is_built_from_its_tables():
    assert (FOLDER / STANDARD / "graph.json").read_text(encoding="utf-8") == graph_text(STANDARD)


def test_the_golden_cases_hold_and_hit_every_rule():
    alone = [case.model_copy(update={"like": ""}) for case in CASES]
    assert cases_run(standard(), alone) == ()
    assert {code for case in CASES for code in case.rules} == set(standard().rules)


def test_there_are_enough_rules_with_words_and_owners():
    rules = rule_rows(STANDARD)
    assert len(rules) == len(standard().rules) > 250
    assert all(row["owner"] and row["name_zh"] and row["en"] and re.search("[一-鿿]", row["zh"]) for row in rules)
    assert len({row["name_zh"] for row in rules}) == len({row["name_en"] for row in rules}) == len(rules)


def test_every_signal_is_left_alone_at_its_limit():
    limits = [case for case in CASES if case.name.endswith(" 临界")]
    assert len(limits) > 80
    assert all(case.name.split()[0] not in case.rules for case in limits)


def test_no_row_is_said_in_vain():
    assert coverage_warnings(standard().compiled.graph, standard().reference.resolve(place_of({}, ()))) == ()


@pytest.mark.parametrize(
    "row", [row for row in table_read(STANDARD, "scenarios") if not row["is_group"]], ids=lambda row: row["code"]
)
def test_a_scenario_takes_its_cases(row):
    evaluation = decided(**changes_read(row["case"]))
    assert (evaluation.results["scenario"], evaluation.policy.path[0]) == (row["code"], row["code"])
    assert evaluation.policy.path[1:] == standard().scenarios.paths[row["parent"]]


@pytest.mark.parametrize(
    ("changes", "parameter", "value"),
    [
        ({}, "ltv_max_rate", "0.85"),
        ({"is_repeat_customer": True}, "ltv_max_rate", "0.9"),
        ({"vehicle_class": "trailer"}, "term_max_months", 36),
        ({"vehicle_class": "tractor"}, "term_max_months", 48),
        ({"vehicle_class": "light_truck"}, "truck_km_min", 120),
        ({"operation_kind": "ride_hailing", "is_battery_swap": True}, "ltv_max_rate", "0.65"),
        ({"operation_kind": "ride_hailing", "is_battery_swap": True}, "age_min_years", 20),
    ],
)
def test_a_scenario_selects_its_values_or_those_of_its_nearest_parent(changes, parameter, value):
    assert decided(**changes).policy.values[parameter] == value


@pytest.mark.parametrize(
    "source",
    [
        "pboc",
        "judicial",
        "device",
        "telematics",
        "industry_list",
        "work_platform",
        "battery",
        "model_data",
        "insurance",
    ],
)
def test_a_source_that_was_asked_and_is_silent_is_never_a_pass(source):
    signals = {row["name"] for row in table_read(STANDARD, "inputs") if f"'{source}'" in row["missing_when"]}
    evaluation = decided(
        sources_asked=[source],
        **({"operation_kind": "ride_hailing"} if source in ("telematics", "work_platform") else {}),
    )
    assert (evaluation.outcome, {fault.where for fault in evaluation.faults}) == ("refer", signals)
    assert {fault.code.value for fault in evaluation.faults} == {"source_no_answer"}


def test_each_characteristic_is_scored_once_in_every_case():
    for case in CASES:
        evaluation = evaluate(standard(), case.inputs, deadline_seconds=10)
        if evaluation.score is not None:
            assert sum(point.points for point in evaluation.points) == evaluation.score
            assert len(evaluation.points) == len(standard().contract.characteristics)


@pytest.mark.parametrize("node", ["grade", "outcome"])
def test_every_first_match_table_ends_in_a_default(node):
    table = graph_parse(graph_build(STANDARD)).by_id[node].content
    assert isinstance(table, Table)
    assert not any(table.rules[-1].get(column.id, "") for column in table.inputs)


@pytest.mark.parametrize(
    ("changes", "zh", "en"),
    [
        (
            {"monthly_debt_fen": 732048},
            "月债务收入比 70%，超过 70%",
            "The debt service ratio is 70%; the cap is 70%",
        ),
        (
            {"dealer_overdue_rate": "0.0533"},
            "经销商逾期率 5.33%，超过 5%，放款前须电话回访客户",
            "The dealer's overdue rate is 5.33%, above 5%: we call the customer before paying",
        ),
        (
            {"bureau_overdue_fen": 123456789},
            "征信当前逾期 1,234,567.89 元，超过 1,000.00 元",
            "CNY 1,234,567.89 is now overdue at the bureau; up to CNY 1,000.00 is tolerated",
        ),
        (
            {"judicial_status": "dishonest"},
            "司法记录：失信被执行人",
            "Judicial record: dishonest judgment debtor",
        ),
        (
            {"id_valid_until": "2026-11-21"},
            "证件有效期至 2026-11-21，申请日 2026-11-22 已过期",
            "The id was valid until 2026-11-21 and had expired on 2026-11-22",
        ),
        (
            {"phone_is_virtual": True, "phone_tenure_months": 12},
            "手机号属于虚拟运营商号段，在网 12 个月，不足 24 个月",
            "The phone number belongs to a virtual operator and is 12 months old; 24 are expected of such",
        ),
    ],
)
def test_a_hit_reads_as_a_sentence_with_its_figures(changes, zh, en):
    hit = decided(**changes).hits[0]
    sentence = hit_sentence(standard().rules[hit.code], hit, standard().contract)
    assert (sentence.zh, sentence.en) == (zh, en)


def test_a_score_contribution_reads_as_a_sentence():
    points = {point.characteristic: point for point in decided().points}
    sentences = {name: point_sentence(point, standard().contract) for name, point in points.items()}
    assert sentences["dsr_rate"].zh == "月债务收入比 41.2%：+53 分"
    assert sentences["residence_kind"].en == "Residence mortgaged: +64"


def traced(case):
    """The engine's answer to a case, with its trace."""
    live, decision = standard(), evaluate(standard(), case, deadline_seconds=10)
    told = live.contract.engine_inputs(live.contract.stored(case)) | decision.policy.engine_inputs(live.contract.policy)
    return live.evaluator(told, 10, is_traced=True)


def test_the_compacted_trace_gives_back_what_the_engine_showed():
    live, answer = standard(), traced(base_case())
    shown = answer.trace
    told = live.contract.stored(base_case()) | decided().policy.told()
    again = trace_expanded(live.compiled.graph, trace_compacted(live.compiled, answer), told)
    for node, seen in shown.items():
        if isinstance(seen["output"], dict):
            made = {key: again[node]["output"][key] for key in seen["output"] if key in live.compiled.made[node]}
            assert made == {key: seen["output"][key] for key in made}
            assert set(seen["output"]) <= set(again[node]["output"])


def test_the_same_case_gives_the_same_bytes():
    once, again = decided(), decided()
    assert canonical_bytes(once.stored()) == canonical_bytes(again.stored())
    assert trace_packed(once.made) == trace_packed(again.made)


def test_the_response_tells_of_every_golden_case_what_the_trace_tells():
    assert standard().compiled.is_told_whole
    for case in CASES:
        made = evaluate(standard(), case.inputs, deadline_seconds=10).made
        if made:
            assert canonical_bytes(made) == canonical_bytes(nodes_made(standard().compiled, traced(case.inputs)))


@pytest.mark.parametrize("field", [name for name, value in base_case().items() if value is not None])
def test_no_single_missing_input_is_ever_approved(field):
    case = base_case()
    assert evaluate(standard(), case | {field: None}, deadline_seconds=10).outcome == "refer"
    del case[field]
    assert evaluate(standard(), case, deadline_seconds=10).outcome == "refer"


def test_the_base_case_is_approved():
    assert decided().outcome == "approve"
    assert document_read(STANDARD, "strategy")["code"] == STANDARD
