"""Acting on tasks: who may, in which order, and that a refusal changes nothing."""

from datetime import timedelta
from typing import Any

import pytest

from axle.platform.public import Actor, DataScope
from axle.platform.testing import act, client_for, make_department, make_user
from axle.workflow import checks, selectors
from axle.workflow.errors import (
    ProcessAlreadyRunning,
    ProcessDataMissing,
    ProcessDataMistyped,
    ProcessDataUnknown,
    ProcessNotRunning,
    TaskActionNotAllowed,
    TaskAssigneeUnfit,
    TaskChanged,
    TaskDocumentsMissing,
    TaskForbiddenByFourEyes,
    TaskNotActive,
    TaskNotClaimable,
    TaskNotFound,
    TaskNotMine,
    TaskOpinionMissing,
)
from axle.workflow.models import HumanTask, ProcessInstance, TaskStep
from axle.workflow.services.process_cancel import process_cancel
from axle.workflow.services.task_claim import task_claim, task_release
from axle.workflow.services.task_complete import task_complete
from axle.workflow.services.task_reassign import task_reassign, tasks_hand_back
from axle.workflow.tests.drawing import REVIEW, parallel_process, review_process
from axle.workflow.tests.factories import Case, begin, reviewer, supervisor

pytestmark = pytest.mark.django_db
GIVEN: dict[str, Any] = {"amount": 100_000, "grade": "A"}


@pytest.fixture
def case() -> Case:
    return begin(review_process(), **GIVEN)


@pytest.fixture
def anna() -> Actor:
    return reviewer("anna")


@pytest.fixture
def bert() -> Actor:
    return reviewer("bert")


def rows() -> tuple[list[object], ...]:
    """Everything that an act could change."""
    return (
        list(ProcessInstance.objects.order_by("pk").values_list("state", "outcome", "data", "next_timer_at")),
        list(HumanTask.objects.order_by("pk").values_list("node", "state", "assignee_id", "version", "action")),
        list(TaskStep.objects.order_by("pk").values_list("step", flat=True)),
    )


def refused(error: type[Exception], operation, **arguments) -> None:
    """The operation raises the error and nothing has changed."""
    before = rows()
    with pytest.raises(error), act(arguments["actor"]):
        operation(**arguments)
    assert rows() == before


def done(case: Case, node: str, actor: Actor, action: str = "approve", **more: Any) -> None:
    """Claim and complete."""
    task = case.task(node)
    with act(actor):
        if task.state == "open":
            task_claim(actor=actor, task_id=task.pk)
        task_complete(actor=actor, task_id=task.pk, action=action, opinion=more.pop("opinion", "看过"), **more)
    case.process.refresh_from_db()


def test_a_started_process_has_an_open_task_with_its_service_time(case):
    task = case.task("review")
    assert (task.state, task.assignee_id, task.version) == ("open", None, 1)
    assert task.due_at - task.opened_at == timedelta(minutes=60)


def test_claiming_and_approving_ends_the_process(case, anna):
    done(case, "review", anna)
    assert (case.process.state, case.process.outcome, case.waiting()) == ("completed", "approved", set())
    assert case.process.data == {**GIVEN, "review_action": "approve"}
    assert list(TaskStep.objects.values_list("step", "action")) == [
        ("opened", ""),
        ("claimed", ""),
        ("completed", "approve"),
    ]


def test_a_task_is_claimed_once(case, anna, bert):
    with act(anna):
        task_claim(actor=anna, task_id=case.task("review").pk)
    refused(TaskNotClaimable, task_claim, actor=bert, task_id=case.task("review").pk)


def test_only_the_holder_completes_and_releases(case, anna, bert):
    task_id = case.task("review").pk
    refused(TaskNotMine, task_complete, actor=anna, task_id=task_id, action="approve")
    with act(anna):
        task_claim(actor=anna, task_id=task_id)
    refused(TaskNotMine, task_complete, actor=bert, task_id=task_id, action="approve")
    refused(TaskNotMine, task_release, actor=bert, task_id=task_id)
    with act(anna):
        task_release(actor=anna, task_id=task_id)
    assert case.task("review").state == "open"


def test_a_task_is_completed_once(case, anna):
    done(case, "review", anna)
    refused(
        TaskNotActive,
        task_complete,
        actor=anna,
        task_id=case.task("review").pk,
        action="decline",
        opinion="x",
    )


def test_a_stale_form_is_refused(case, anna):
    task = case.task("review")
    with act(anna):
        task_claim(actor=anna, task_id=task.pk, version=1)
    refused(TaskChanged, task_complete, actor=anna, task_id=task.pk, action="approve", version=1)


@pytest.mark.parametrize(
    ("error", "arguments"),
    [
        (TaskActionNotAllowed, {"action": "submit"}),
        (TaskActionNotAllowed, {"action": "bless"}),
        (TaskOpinionMissing, {"action": "decline"}),
        (TaskOpinionMissing, {"action": "return", "opinion": "  "}),
        (TaskDocumentsMissing, {"action": "ask_for_documents", "opinion": "缺流水"}),
        (ProcessDataUnknown, {"action": "approve", "data": {"colour": 1}}),
        (ProcessDataMistyped, {"action": "approve", "data": {"amount": "a lot"}}),
        (ProcessDataMistyped, {"action": "approve", "data": {"grade": "Z"}}),
    ],
)
def test_a_completion_must_fit_its_node(case, anna, error, arguments):
    with act(anna):
        task_claim(actor=anna, task_id=case.task("review").pk)
    refused(error, task_complete, actor=anna, task_id=case.task("review").pk, **arguments)


def test_a_return_waits_with_the_originator_and_comes_back_to_the_reviewer(case, anna):
    done(case, "review", anna, "ask_for_documents", documents=["bank_statement"], opinion="缺流水")
    supplement = case.task("supplement")
    assert (supplement.state, supplement.assignee_id) == ("claimed", case.originator.user_id)
    done(case, "supplement", case.originator, "submit")
    again = case.task("review")
    assert (again.state, again.assignee_id) == ("claimed", anna.user_id)


def test_a_handler_that_raises_refuses_the_completion(case, anna, monkeypatch):
    from axle.platform import eventbus
    from axle.workflow.events import TaskCompleted

    def refuse(event: TaskCompleted) -> None:
        raise TaskOpinionMissing(action=event.action)

    monkeypatch.setitem(eventbus._same_tx, TaskCompleted, [refuse])
    with act(anna):
        task_claim(actor=anna, task_id=case.task("review").pk)
    refused(TaskOpinionMissing, task_complete, actor=anna, task_id=case.task("review").pk, action="approve")


def test_events_tell_what_happened_in_order(case, anna, monkeypatch):
    from axle.platform import eventbus
    from axle.workflow.events import ProcessCompleted, TaskCompleted, TaskOpened

    told = []
    for event in (TaskOpened, TaskCompleted, ProcessCompleted):
        monkeypatch.setitem(eventbus._same_tx, event, [told.append])
    done(case, "review", anna, "return")
    done(case, "supplement", case.originator, "submit")
    done(case, "review", anna)
    names = [(type(event).__name__, getattr(event, "node", "")) for event in told]
    assert names == [
        ("TaskCompleted", "review"),
        ("TaskOpened", "supplement"),
        ("TaskCompleted", "supplement"),
        ("TaskOpened", "review"),
        ("TaskCompleted", "review"),
        ("ProcessCompleted", ""),
    ]
    assert told[-1].outcome == "approved"


def test_without_the_permission_there_is_no_task(case):
    nobody = reviewer("nobody")
    nobody = Actor(kind="staff", name="nobody", user_id=nobody.user_id, grants={})
    refused(TaskNotFound, task_claim, actor=nobody, task_id=case.task("review").pk)
    assert not selectors.inbox(nobody).exists()


def test_another_departments_case_is_out_of_reach(case):
    south = reviewer("south", scope="department", department=make_department("华南区"))
    east = reviewer("east", scope="department", department=make_department("华东区"))
    refused(TaskNotFound, task_claim, actor=south, task_id=case.task("review").pk)
    assert not selectors.inbox(south).exists()
    assert [task.node for task in selectors.inbox(east)] == ["review"]
    assert selectors.processes_visible(east).count() == 1
    assert selectors.processes_visible(south).count() == 0


def test_the_originator_is_barred_where_the_node_says_so():
    case = begin(review_process(review=f'{REVIEW} axle:notBy="originator"'), **GIVEN)
    refused(TaskForbiddenByFourEyes, task_claim, actor=case.originator, task_id=case.task("review").pk)
    assert not selectors.inbox(case.originator).exists()


def test_who_did_one_review_is_barred_from_the_next(anna, bert):
    case = begin(parallel_process(second_not_by="credit appraisal"), amount=100_001)
    done(case, "credit", anna)
    done(case, "appraisal", bert)
    task_id = case.task("second").pk
    refused(TaskForbiddenByFourEyes, task_claim, actor=anna, task_id=task_id)
    refused(TaskForbiddenByFourEyes, task_claim, actor=bert, task_id=task_id)
    boss = supervisor()
    refused(TaskAssigneeUnfit, task_reassign, actor=boss, task_id=task_id, user_id=anna.user_id, reason="急")
    done(case, "second", reviewer("carl"))
    assert case.process.outcome == "approved"


def test_a_bar_that_arises_while_a_task_waits_counts_too(anna):
    not_by = f'{REVIEW} axle:notBy="credit"'
    xml = parallel_process().replace(f'name="appraisal" {REVIEW}', f'name="appraisal" {not_by}')
    case = begin(xml, amount=1)
    done(case, "credit", anna)
    refused(TaskForbiddenByFourEyes, task_claim, actor=anna, task_id=case.task("appraisal").pk)


def test_parallel_tasks_are_open_together_and_a_decline_cancels_the_other(anna, bert):
    case = begin(parallel_process(), amount=1)
    assert case.waiting() == {"credit", "appraisal"}
    with act(bert):
        task_claim(actor=bert, task_id=case.task("appraisal").pk)
    done(case, "credit", anna, "decline")
    assert (case.process.outcome, case.task("appraisal").state) == ("declined", "cancelled")
    refused(TaskNotActive, task_complete, actor=bert, task_id=case.task("appraisal").pk, action="approve")


def test_a_task_is_handed_to_a_fit_person_with_a_reason(case, anna):
    boss = supervisor()
    with act(boss):
        task_reassign(actor=boss, task_id=case.task("review").pk, user_id=anna.user_id, reason="休假")
    task = case.task("review")
    assert (task.state, task.assignee_id) == ("claimed", anna.user_id)
    assert TaskStep.objects.latest("pk").opinion == "→ anna 休假"


def test_only_a_supervisor_hands_tasks_on(case, anna, bert):
    refused(
        TaskNotFound,
        task_reassign,
        actor=anna,
        task_id=case.task("review").pk,
        user_id=bert.user_id,
        reason="x",
    )


def test_a_person_who_leaves_gives_everything_back(case, anna):
    with act(anna):
        task_claim(actor=anna, task_id=case.task("review").pk)
    with act(supervisor()) as boss:
        assert tasks_hand_back(actor=boss, user_id=anna.user_id or 0) == 1
    assert case.task("review").state == "open"


def test_an_employees_leave_hands_their_tasks_back_in_the_same_act(case, anna):
    with act(anna):
        task_claim(actor=anna, task_id=case.task("review").pk)
    office = client_for(make_user("office", permissions=["platform.organisation.manage"]))
    assert office.command("employee_leave", {"employee_id": anna.employee_id, "on": "2026-03-31"})[0] == 200
    task = case.task("review")
    assert (task.state, task.assignee_id) == ("open", None)
    assert list(TaskStep.objects.filter(task=task).values_list("step", flat=True)) == ["opened", "claimed", "released"]


def test_a_cancelled_process_has_no_tasks_left(case, anna):
    with act(anna):
        process_cancel(actor=anna, process_id=case.process.pk)
    case.process.refresh_from_db()
    assert (case.process.state, case.process.outcome, case.waiting()) == ("cancelled", "", set())
    refused(ProcessNotRunning, process_cancel, actor=anna, process_id=case.process.pk)


@pytest.mark.parametrize(
    ("error", "data"),
    [
        (ProcessDataMissing, {"amount": 1}),
        (ProcessDataUnknown, {"amount": 1, "grade": "A", "name": "张三"}),
        (ProcessDataMistyped, {"amount": "1", "grade": "A"}),
    ],
)
def test_a_process_starts_with_exactly_its_declared_data(error: type[Exception], data: dict[str, Any]):
    originator = reviewer("originator1")
    begin(review_process(), originator=originator, subject_id=9, **GIVEN)
    before = rows()
    with pytest.raises(error):
        begin(review_process(), originator=originator, **data)
    assert rows() == before


def test_a_subject_has_one_running_process(case):
    before = rows()
    with pytest.raises(ProcessAlreadyRunning):
        begin(review_process(), originator=case.originator, **GIVEN)
    assert rows() == before


def test_the_invariant_sees_a_task_without_token(case):
    assert checks.workflow_tasks_match_tokens() == []
    HumanTask.objects.filter(pk=case.task("review").pk).update(token="lost")
    assert checks.workflow_tasks_match_tokens() == [f"process {case.process.pk}: tasks differ from waiting tokens"]


def test_the_inbox_has_mine_and_what_i_may_claim(case, anna, bert):
    second = begin(review_process(), originator=case.originator, subject_id=2, **GIVEN)
    with act(anna):
        task_claim(actor=anna, task_id=second.task("review").pk)
    assert {task.pk for task in selectors.inbox(anna)} == {case.task("review").pk, second.task("review").pk}
    assert {task.pk for task in selectors.inbox(bert)} == {case.task("review").pk}


def test_a_channel_scope_reaches_the_dealers_cases(case):
    dealer = reviewer("dealer")
    own = DataScope(channel_ids=frozenset({77}))
    other = DataScope(channel_ids=frozenset({78}))
    for scope, count in ((own, 1), (other, 0)):
        actor = Actor(kind="dealer", name="d", user_id=dealer.user_id, grants={case.task("review").permission: scope})
        assert selectors.inbox(actor).count() == count
