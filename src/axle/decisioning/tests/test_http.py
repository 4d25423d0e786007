"""Strategies and decisions over HTTP: permission, words in the caller's language, lists."""

from datetime import date

import pytest

from axle.decisioning import permissions
from axle.decisioning.models import DecisionRecord, StrategyVersion
from axle.decisioning.public import CaseScope, decide
from axle.decisioning.tests.factories import SMALL_CASES, SMALL_CONTRACT, SMALL_RULES, small_graph
from axle.platform.models import OperationLog
from axle.platform.public import Subject, business_date
from axle.platform.testing import client_for, make_department, make_user

pytestmark = pytest.mark.django_db
ALL = [
    permissions.STRATEGY_VIEW,
    permissions.STRATEGY_EDIT,
    permissions.STRATEGY_ACTIVATE,
    permissions.DECISION_VIEW,
    permissions.DECISION_TRY,
]
SMALL = {"code": "small", "name_zh": "小策略", "name_en": "Small", "owner_team": "risk"}
CONTENT = {"strategy": "small", "graph": small_graph(), "input_contract": SMALL_CONTRACT, "rules": SMALL_RULES}
CONTENT_ONLY = {key: CONTENT[key] for key in ("graph", "input_contract", "rules")} | {"cases": SMALL_CASES}
GOOD = {"age": 30, "score": 700, "kind": "new"}
ITEM = {"name": "price", "type": "integer", "minimum": 0, "maximum": 9, "words": {"zh": "价格", "en": "Price"}}
PRICES = {"name": "prices", "type": "list", "items": ITEM, "max_items": 3, "words": {"zh": "报价", "en": "Prices"}}
SELLER = {
    "name": "seller",
    "type": "record",
    "fields": [ITEM, PRICES | {"missing": "refer"}],
    "words": {"zh": "卖方", "en": "Seller"},
}


def listing(**changed):
    """The content of a version that is told a list, of which some facts are others."""
    contract = SMALL_CONTRACT | {"inputs": [*SMALL_CONTRACT["inputs"], PRICES | changed]}
    return CONTENT | {"input_contract": contract, "cases": SMALL_CASES}


def test_lists_and_records_are_declared_changed_and_judged(analyst, version_id):
    draft = analyst.command("strategy_version_create", listing())[1]
    fields = [*SMALL_CONTRACT["inputs"], PRICES | {"max_items": 2, "missing": "refer"}, SELLER | {"missing": "refer"}]
    cases = [case | {"inputs": case["inputs"] | {"prices": [1], "seller": None}} for case in SMALL_CASES]
    changed = CONTENT_ONLY | {"input_contract": SMALL_CONTRACT | {"inputs": fields}, "cases": cases}
    place = {"strategy_version_id": draft["id"], "revision": draft["revision"]}
    assert analyst.command("strategy_version_update", changed | place)[0] == 200
    kept = analyst.get(f"/strategy-versions/{draft['id']}")[1]["input_contract"]["inputs"]
    assert kept[-2:] == fields[-2:]

    def faults(prices, seller):
        inputs = GOOD | {"prices": prices, "seller": seller}
        tried = analyst.command("decision_try", {"strategy_version_id": draft["id"], "inputs": inputs})[1]
        return [reason["code"] for reason in tried["reasons"]]

    good = {"price": 1, "prices": [2]}
    assert faults([0, 9], good) == []
    assert faults([1, 2, 3], good) == ["input_out_of_range"]
    assert faults([10], good) == ["input_out_of_range"]
    for prices, seller in (("1", good), ([None], good), ([1], {"price": 1, "colour": "red"})):
        assert faults(prices, seller) == ["input_wrong_type"]
    assert faults([1], {"prices": [1]}) == ["input_missing"]


@pytest.fixture
def analyst():
    return client_for(make_user("analyst", permissions=ALL))


@pytest.fixture
def version_id(analyst):
    assert analyst.command("strategy_create", SMALL)[0] == 200
    status, version = analyst.command("strategy_version_create", CONTENT | {"cases": SMALL_CASES})
    assert (status, version["state"], version["actions"]) == (
        200,
        "draft",
        ["strategy_version_compile", "strategy_version_update", "strategy_version_create", "decision_try"],
    )
    status, version = analyst.command("strategy_version_compile", {"strategy_version_id": version["id"]})
    assert (status, version["state"], version["compile_findings"]) == (200, "compiled", [])
    today = business_date().isoformat()
    activation = {"strategy_version_id": version["id"], "effective_from": today}
    status, version = analyst.command("strategy_version_activate", activation)
    assert (status, version["state"], version["effective_from"]) == (200, "active", today)
    return version["id"]


def test_findings_are_answered_with_their_place(analyst):
    analyst.command("strategy_create", SMALL)
    graph = small_graph()
    graph["nodes"][1]["content"]["rules"][0]["when"] = "age < '18'"
    version = analyst.command("strategy_version_create", CONTENT | {"graph": graph, "cases": SMALL_CASES})[1]
    status, body = analyst.command("strategy_version_compile", {"strategy_version_id": version["id"]})
    assert (status, body["state"]) == (200, "draft")
    (finding,) = body["compile_findings"]
    assert [finding[key] for key in ("code", "node", "row", "column")] == ["cell_wrong_type", "rules", 1, "when"]
    assert finding["text"] == "类型不符：这里要数值，写的却是文本"


def test_a_version_tells_what_it_changed(analyst, version_id):
    rules = [SMALL_RULES[0] | {"owner": "fraud"}, *SMALL_RULES[1:]]
    second = analyst.command("strategy_version_create", CONTENT | {"rules": rules, "cases": SMALL_CASES})[1]
    status, diff = analyst.get(f"/strategy-versions/{second['id']}/diff")
    assert (status, diff["against_no"]) == (200, 1)
    before = SMALL_RULES[0]["owner"]
    path = ["rules", SMALL_RULES[0]["code"], "owner"]
    assert diff["changes"] == [{"path": path, "before": before, "after": "fraud"}]


def test_a_draft_is_edited_and_tried_and_tells_what_it_changed_in_words(analyst, version_id):
    draft = analyst.command("strategy_version_create", CONTENT | {"cases": SMALL_CASES})[1]
    change = CONTENT_ONLY | {"strategy_version_id": draft["id"], "revision": 1, "graph": small_graph()}
    trial = {"strategy_version_id": draft["id"], "inputs": GOOD | {"age": 17}}
    assert analyst.command("decision_try", trial)[1]["reasons"][0]["text"] == "17 岁，未满 18 岁"
    change["graph"]["nodes"][1]["content"]["rules"][0]["limit"] = "21"
    status, body = analyst.command("strategy_version_update", change)
    assert (status, body["revision"], body["compile_findings"]) == (200, 2, [])
    assert analyst.command("decision_try", trial)[1]["reasons"][0]["text"] == "17 岁，未满 21 岁"
    assert analyst.command("strategy_version_update", change)[1]["code"] == "stale_version"
    _, told = analyst.get(f"/strategy-versions/{draft['id']}/graph-changes", against=version_id)
    assert (told["against_no"], told["changes"]) == (
        1,
        [
            {
                "kind": "cell_changed",
                "node": "rules",
                "row": 1,
                "text": "第 1 行“limit”改动",
                "before": "18",
                "after": "21",
            }
        ],
    )
    assert analyst.get(f"/strategy-versions/{version_id}/graph-changes")[1]["against_no"] is None


def test_the_operation_log_shows_who_activated_what(analyst, version_id):
    row = OperationLog.objects.get(operation="strategy_version_activate")
    change = row.changes[0]
    assert (row.actor_name, change["after"]["state"], change["before"]["state"]) == ("analyst", "active", "compiled")
    assert "nodes" not in str(OperationLog.objects.get(operation="strategy_version_create").changes)


def test_a_case_is_tried_without_a_record(analyst, version_id):
    status, body = analyst.command("decision_try", {"strategy_version_id": version_id, "inputs": GOOD | {"age": 17}})
    assert (status, body["outcome"]) == (200, "decline")
    assert body["reasons"][0]["text"] == "17 岁，未满 18 岁"
    assert body["trace"]["rules"]["traceData"][0]["index"] == 0
    assert DecisionRecord.objects.count() == 0


def test_a_decision_is_read_in_the_callers_language(analyst, version_id):
    made = decide(strategy="small", subject=Subject("application", 7), inputs=GOOD | {"age": 17}, on=business_date())
    _, body = analyst.get(f"/decisions/{made.record_id}")
    assert body["reasons"][0] == {
        "code": "K01",
        "rule_severity": "knock_out",
        "reason_code": "R07",
        "text": "17 岁，未满 18 岁",
        "external": "地区或产品要求",
    }
    assert {"name": "kind", "label": "类别", "value": "新"} in body["inputs"]
    assert body["results"] == [{"name": "limit", "label": "额度", "value": "1.70"}]
    english = client_for(make_user("english", permissions=ALL), language="en-US")
    assert english.get(f"/decisions/{made.record_id}")[1]["reasons"][0]["text"] == "17 years old; at least 18"
    assert analyst.get(f"/decisions/{made.record_id}/replay")[1]["is_same"] is True
    rows = analyst.get("/decisions", subject_type="application", subject_id=7)[1]
    assert [row["id"] for row in rows] == [made.record_id]


def test_someone_elses_decision_is_not_found(version_id):
    east, south = make_department("华东区"), make_department("华南区")
    scope = CaseScope(department_id=east.pk)
    made = decide(strategy="small", subject=Subject("application", 7), inputs=GOOD, on=business_date(), scope=scope)
    for department, status in ((east, 200), (south, 404)):
        user = make_user(department.name, permissions=ALL, scope="department", department=department)
        assert client_for(user).get(f"/decisions/{made.record_id}")[0] == status
        assert client_for(user).get(f"/decisions/{made.record_id}/replay")[0] == status
        assert client_for(user).get("/lists/decision_records")[1]["total"] == (1 if status == 200 else 0)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("strategy_create", SMALL | {"code": "other"}),
        ("strategy_version_create", CONTENT | {"cases": SMALL_CASES}),
        ("strategy_version_update", CONTENT_ONLY | {"strategy_version_id": 1, "revision": 1}),
        ("strategy_version_compile", {"strategy_version_id": 1}),
        ("strategy_version_restore", {"strategy_version_id": 1, "effective_from": "2026-11-22"}),
        ("strategy_version_activate", {"strategy_version_id": 1, "effective_from": "2026-11-22"}),
        ("strategy_version_retire", {"strategy_version_id": 1, "retired_on": "2026-11-22"}),
        ("decision_try", {"strategy_version_id": 1, "inputs": {}}),
    ],
)
def test_a_command_needs_its_permission(version_id, name, data):
    before = StrategyVersion.objects.count()
    user = make_user("viewer", permissions=[permissions.STRATEGY_VIEW, permissions.DECISION_VIEW])
    status, body = client_for(user).command(name, data)
    assert (status, body["code"]) == (403, "permission_missing")
    assert StrategyVersion.objects.count() == before


@pytest.mark.parametrize("path", ["/strategy-versions/1", "/decisions/1", "/decisions/1/replay", "/lists/strategies"])
def test_a_read_needs_its_permission(path):
    assert client_for(make_user("nobody")).get(path)[0] == 403


@pytest.mark.parametrize(
    ("name", "data", "status", "code"),
    [
        ("strategy_version_compile", {"strategy_version_id": 0}, 404, "not_found"),
        ("decision_try", {"strategy_version_id": 0, "inputs": {}}, 404, "not_found"),
        ("strategy_create", {**SMALL, "code": "Bad Code"}, 422, "input_invalid"),
        ("strategy_version_create", {**CONTENT, "cases": [], "strategy": "none"}, 404, "strategy_unknown"),
        ("strategy_version_create", {**CONTENT, "cases": [{}]}, 422, "strategy_content_invalid"),
        ("strategy_version_create", listing(max_items=0), 422, "strategy_content_invalid"),
        ("strategy_version_create", listing(items=None), 422, "strategy_content_invalid"),
        ("strategy_version_create", listing(items=ITEM | {"maximum": -1}), 422, "strategy_content_invalid"),
        ("strategy_version_create", listing(items=ITEM | {"colour": "red"}), 422, "strategy_content_invalid"),
        ("strategy_version_create", listing(type="record"), 422, "strategy_content_invalid"),
    ],
)
def test_a_refusal_says_what_is_wrong(analyst, version_id, name, data, status, code):
    before = StrategyVersion.objects.count()
    answered, body = analyst.command(name, data)
    assert (answered, body["code"]) == (status, code)
    assert body["message"] != code
    assert StrategyVersion.objects.count() == before


@pytest.mark.parametrize(("language", "name"), [("zh-CN", SMALL["name_zh"]), ("en-US", SMALL["name_en"])])
def test_a_strategy_is_shown_by_its_name_in_the_callers_language(version_id, language, name):
    decide(strategy="small", subject=Subject("application", 7), inputs=GOOD, on=business_date())
    reader = client_for(make_user("reader", permissions=ALL), language=language)
    for listing in ("strategy_versions", "decision_records"):
        (row,) = reader.get(f"/lists/{listing}")[1]["items"]
        assert (row["strategy"], row["strategy_name"]) == ("small", name)
        assert reader.get(f"/lists/{listing}", sort="strategy_name")[0] == 422
    assert reader.get(f"/strategy-versions/{version_id}")[1]["strategy_name"] == name


def test_lists_show_strategies_versions_rules_and_decisions(analyst, version_id):
    decide(strategy="small", subject=Subject("application", 7), inputs=GOOD, on=date(2026, 11, 22))
    assert analyst.get("/lists/strategies")[1]["items"][0]["owner_team"] == "risk"
    assert analyst.get("/lists/strategy_versions", state="active")[1]["items"][0]["rule_count"] == 2
    rules = analyst.get("/lists/decision_rules", rule_severity="knock_out", strategy_version_id=version_id)[1]
    assert [row["code"] for row in rules["items"]] == ["K01"]
    assert analyst.get("/lists/decision_records", outcome="approve,refer")[1]["total"] == 1
    assert analyst.get("/strategy-versions/" + str(version_id))[1]["graph"]["nodes"][0]["id"] == "request"
