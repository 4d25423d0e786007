"""Workflow as a signed-in person meets it."""

from typing import Any

import pytest

from axle.platform.testing import client_for, make_department, make_user
from axle.workflow.models import HumanTask, ProcessDefinition
from axle.workflow.permissions import (
    DEFINITION_MANAGE,
    DEFINITION_VIEW,
    PROCESS_VIEW,
    TASK_REASSIGN,
    TASK_WORK,
)
from axle.workflow.tests.drawing import PERMISSION, review_process
from axle.workflow.tests.factories import begin

pytestmark = pytest.mark.django_db
GIVEN: dict[str, Any] = {"amount": 100_000, "grade": "A"}


@pytest.fixture
def case():
    return begin(review_process(), **GIVEN)


@pytest.fixture
def reviewer_client():
    return client_for(make_user("anna", permissions=[PERMISSION, TASK_WORK, PROCESS_VIEW]))


def test_from_the_inbox_to_the_decision(case, reviewer_client):
    status, page = reviewer_client.get("/lists/inbox")
    assert (status, page["total"]) == (200, 1)
    row = page["items"][0]
    assert (row["title"], row["node_name"], row["state"], row["is_overdue"]) == (
        "申请 1",
        "review",
        "open",
        False,
    )
    status, task = reviewer_client.command("task_claim", {"task_id": row["id"], "version": row["version"]})
    assert (status, task["state"], task["version"]) == (200, "claimed", 2)
    decision = {"task_id": row["id"], "version": 2, "action": "decline", "opinion": "收入不足"}
    status, task = reviewer_client.command("task_complete", decision)
    assert (status, task["state"]) == (200, "done")
    status, page = reviewer_client.get("/lists/inbox")
    assert page["total"] == 0
    status, page = reviewer_client.get("/lists/tasks_done")
    assert [(row["task_action"], row["opinion"]) for row in page["items"]] == [("decline", "收入不足")]


def test_a_stale_version_is_a_conflict(case, reviewer_client):
    status, body = reviewer_client.command("task_claim", {"task_id": case.task("review").pk, "version": 9})
    assert (status, body["code"]) == (409, "task_changed")
    assert case.task("review").state == "open"


def test_an_idempotency_key_makes_a_repeat_harmless(case, reviewer_client):
    data = {"task_id": case.task("review").pk, "version": 1}
    first = reviewer_client.command("task_claim", data, key="k1")
    assert reviewer_client.command("task_claim", data, key="k1") == first
    assert HumanTask.objects.get().version == 2


def test_without_permission_nothing_is_shown(case):
    stranger = client_for(make_user("stranger"))
    for path in ("/lists/inbox", "/lists/processes", "/timeline?subject=case:1"):
        assert stranger.get(path)[0] == 403
    assert stranger.command("task_claim", {"task_id": 1, "version": 1})[0] == 403


def test_overdue_tasks_are_flagged_and_found(case, reviewer_client):
    HumanTask.objects.update(due_at="2026-01-01T00:00:00Z")
    _status, page = reviewer_client.get("/lists/inbox", is_overdue="true")
    assert (page["total"], page["items"][0]["is_overdue"]) == (1, True)
    assert reviewer_client.get("/lists/inbox", is_overdue="false")[1]["total"] == 0


def test_the_timeline_is_readable(case, reviewer_client):
    status, body = reviewer_client.get("/timeline", subject="case:1")
    assert status == 200
    assert [(item["state"], item["node"], item["actor_name"]) for item in body["items"]] == [
        ("opened", "review", "originator1")
    ]
    assert reviewer_client.get("/timeline", subject="case:2")[1] == {"items": []}
    assert reviewer_client.get("/timeline", subject="nonsense")[0] == 404


def test_the_timeline_names_nodes_in_the_readers_language(case):
    HumanTask.objects.update(name="初审", name_en="First review")
    viewer = make_user("viewer", permissions=[PROCESS_VIEW])
    for language, shown in (("zh-CN", "初审"), ("en-US", "First review")):
        (item,) = client_for(viewer, language=language).get("/timeline", subject="case:1")[1]["items"]
        assert item["name"] == shown
    HumanTask.objects.update(name_en="")
    (item,) = client_for(viewer, language="en-US").get("/timeline", subject="case:1")[1]["items"]
    assert item["name"] == "初审"


def test_a_process_shows_where_it_waits(case, reviewer_client):
    status, body = reviewer_client.get(f"/processes/{case.process.pk}")
    assert (status, body["waiting_nodes"], body["state"]) == (200, ["review"], "running")
    assert reviewer_client.get("/processes/999999")[0] == 404


def test_a_supervisor_reassigns(case, reviewer_client):
    boss = client_for(make_user("boss", permissions=[TASK_REASSIGN]))
    anna = make_user("zoe", permissions=[PERMISSION])
    data = {"task_id": case.task("review").pk, "version": 1, "user_id": anna.pk, "reason": "专长"}
    status, body = boss.command("task_reassign", data)
    assert (status, body["assignee_name"]) == (200, "zoe")
    assert boss.get("/lists/tasks_supervised")[1]["items"][0]["assignee_name"] == "zoe"


def test_a_supervisor_is_offered_those_who_may_do_the_task(case):
    boss = client_for(make_user("boss", permissions=[TASK_REASSIGN]))
    make_user("clerk", permissions=[TASK_WORK])
    make_user("elsewhere", permissions=[PERMISSION], scope="department", department=make_department("华北区"))
    gone = make_user("gone", permissions=[PERMISSION])
    gone.is_active = False
    gone.save()
    anna, bert = (make_user(name, permissions=[PERMISSION]) for name in ("anna", "bert"))
    task = case.task("review")
    task.barred_user_ids = [case.originator.user_id]
    task.save()
    path = f"/tasks/{task.pk}/workers"
    assert boss.get(path) == (200, [{"id": anna.pk, "name": "anna"}, {"id": bert.pk, "name": "bert"}])
    data = {"task_id": task.pk, "version": 1, "user_id": anna.pk, "reason": "专长"}
    assert boss.command("task_reassign", data)[0] == 200
    assert boss.get(path) == (200, [{"id": bert.pk, "name": "bert"}])


def test_the_people_for_a_task_are_told_to_its_supervisors_only(case, reviewer_client):
    path = f"/tasks/{case.task('review').pk}/workers"
    assert reviewer_client.get(path)[0] == 403
    far = make_user("far", permissions=[TASK_REASSIGN], scope="department", department=make_department("华北区"))
    status, body = client_for(far).get(path)
    assert (status, body["code"]) == (404, "task_not_found")
    assert client_for(far).get("/tasks/999999/workers")[0] == 404


def test_published_processes_may_be_chosen_for_a_product(case):
    viewer = client_for(make_user("viewer", permissions=[PROCESS_VIEW]))
    assert viewer.get("/process-choices") == (200, [{"code": "small", "name": case.process.definition.name}])
    ProcessDefinition.objects.update(state="draft")
    assert viewer.get("/process-choices") == (200, [])
    assert client_for(make_user("stranger")).get("/process-choices")[0] == 403


def test_definitions_are_drafted_checked_and_published():
    editor = client_for(make_user("editor", permissions=[DEFINITION_VIEW, DEFINITION_MANAGE]))
    status, draft = editor.command("definition_save", {"xml": review_process(approve_if="amount > 'x'")})
    assert (status, draft["state"]) == (200, "draft")
    assert [finding["element"] for finding in draft["findings"]] == ["decided_to_approved"]
    assert "不能相互比较" in draft["findings"][0]["message"]
    status, body = editor.command("definition_publish", {"definition_id": draft["definition_id"]})
    assert (status, body["code"]) == (422, "definition_faulty")
    assert body["errors"][0]["code"] == "condition_not_comparable"
    editor.command("definition_save", {"xml": review_process()})
    status, body = editor.command("definition_publish", {"definition_id": draft["definition_id"]})
    assert (status, body["state"], body["findings"]) == (200, "published", [])
    status, page = editor.get("/lists/process_definitions")
    assert [(row["code"], row["state"]) for row in page["items"]] == [("small", "published")]
    status, body = editor.command("definition_retire", {"definition_id": draft["definition_id"]})
    assert (status, body["state"]) == (200, "retired")
