"""Each publishing rule, by a drawing that breaks it."""

import pytest

from axle.workflow.domain.linting import lint
from axle.workflow.tests.drawing import (
    PERMISSION,
    REVIEW,
    TERMINATE,
    flow,
    node,
    parallel_process,
    process,
    review_process,
)

PERMISSIONS = {PERMISSION}


def codes(xml: str) -> set[str]:
    return {finding.code for finding in lint(xml, PERMISSIONS)}


def straight(*parts: str, task: str = REVIEW) -> str:
    """begun → review → ended, plus more parts."""
    return process(
        [
            node("startEvent", "begun"),
            node("userTask", "review", task),
            node("endEvent", "ended", 'axle:outcome="done"'),
            flow("begun", "review"),
            flow("review", "ended"),
            *parts,
        ]
    )


@pytest.mark.parametrize("xml", [straight(), review_process(), parallel_process(second_not_by="credit")])
def test_a_right_definition_has_no_findings(xml):
    assert lint(xml, PERMISSIONS) == []


@pytest.mark.parametrize(
    ("kind", "inner"),
    [
        ("scriptTask", "<bpmn:script>import os</bpmn:script>"),
        ("serviceTask", ""),
        ("businessRuleTask", ""),
        ("sendTask", ""),
        ("callActivity", ""),
        ("subProcess", ""),
        ("inclusiveGateway", ""),
        ("intermediateCatchEvent", "<bpmn:messageEventDefinition/>"),
        ("manualTask", ""),
    ],
)
def test_nodes_that_run_code_or_call_out_are_refused(kind, inner):
    xml = process(
        [
            node("startEvent", "begun"),
            node(kind, "step", "", inner),
            node("endEvent", "ended", 'axle:outcome="done"'),
            flow("begun", "step"),
            flow("step", "ended"),
        ]
    )
    assert "node_kind_not_allowed" in codes(xml)


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ([flow("review", "ghost")], "flow_to_nowhere"),
        ([flow("ghost", "ended")], "flow_from_nowhere"),
        ([node("userTask", "island", REVIEW), flow("island", "ended")], "node_never_reached"),
        (
            [node("endEvent", "other", 'axle:outcome="done"'), flow("review", "other")],
            "node_splits_without_gateway",
        ),
        ([node("startEvent", "again"), flow("again", "review")], "start_not_single"),
        ([node("endEvent", "End", 'axle:outcome="done"')], "node_id_reserved"),
        ([node("userTask", "Root", REVIEW)], "node_id_reserved"),
        ([node("startEvent", "Start")], "node_id_reserved"),
        ([node("userTask", "a-b", REVIEW)], "node_id_malformed"),
        ([node("userTask", "review", REVIEW)], "node_id_twice"),
        ([node("endEvent", "other")], "end_without_outcome"),
        ([node("boundaryEvent", "late", 'attachedToRef="ended"')], "timer_not_attached"),
        ([node("boundaryEvent", "late", 'attachedToRef="review"')], "timer_malformed"),
        ([flow("begun", "ended", "review_action == 'approve'")], "condition_without_gateway"),
        (['<bpmn:process id="second"/>'], None),
    ],
)
def test_faults_of_the_drawing(parts, code):
    assert (code is None) or code in codes(straight(*parts))


@pytest.mark.parametrize(
    ("task", "code"),
    [
        ('axle:slaMinutes="60" axle:actions="approve"', "task_without_permission"),
        (
            'axle:permission="nobody.knows" axle:slaMinutes="60" axle:actions="approve"',
            "task_permission_unknown",
        ),
        (f'axle:permission="{PERMISSION}" axle:actions="approve"', "task_without_sla"),
        (f'axle:permission="{PERMISSION}" axle:slaMinutes="0" axle:actions="approve"', "task_without_sla"),
        (f'axle:permission="{PERMISSION}" axle:slaMinutes="soon" axle:actions="approve"', "task_without_sla"),
        (f'axle:permission="{PERMISSION}" axle:slaMinutes="60"', "task_actions_wrong"),
        (f'axle:permission="{PERMISSION}" axle:slaMinutes="60" axle:actions="bless"', "task_actions_wrong"),
        (f'{REVIEW} axle:notBy="somebody"', "task_four_eyes_unknown"),
        (f'{REVIEW} axle:notBy="review"', "task_four_eyes_unknown"),
        (f'{REVIEW} axle:assignTo="director"', "task_assignment_unknown"),
    ],
)
def test_faults_of_a_user_task(task, code):
    assert code in codes(straight(task=task))


def test_a_repeated_task_is_refused():
    task = node("userTask", "vote", REVIEW, "<bpmn:multiInstanceLoopCharacteristics/>")
    assert "node_repetition_not_allowed" in codes(straight(task))


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ("review_action == 'aprove'", "condition_impossible_value"),
        ("reviewaction == 'approve'", "condition_unknown_name"),
        ("amount > 'much'", "condition_not_comparable"),
        ("open('/etc/passwd')", "condition_not_allowed"),
        ("amount >", "condition_unreadable"),
        ("", "gateway_flow_without_condition"),
    ],
)
def test_faults_of_a_condition(condition, code):
    assert code in codes(review_process(approve_if=condition))


def test_a_gateway_needs_a_default():
    xml = review_process().replace('default="decided_to_supplement"', "")
    assert {"gateway_without_default", "gateway_flow_without_condition"} <= codes(xml)


def test_the_default_flow_carries_no_condition():
    xml = review_process().replace('default="decided_to_supplement"', 'default="decided_to_declined"')
    assert "default_flow_with_condition" in codes(xml)


def test_a_dangling_flow_names_the_node_that_it_leaves():
    finding = next(f for f in lint(straight(flow("review", "ghost")), PERMISSIONS) if f.code == "flow_to_nowhere")
    assert (finding.element, finding.params) == (
        "review_to_ghost",
        {"id": "review_to_ghost", "other": "review"},
    )


def test_a_join_behind_a_choice_would_wait_for_ever():
    xml = process(
        [
            node("startEvent", "begun"),
            node("userTask", "review", REVIEW),
            node("exclusiveGateway", "choose", 'default="choose_to_left"'),
            node("userTask", "left", REVIEW),
            node("userTask", "right", REVIEW),
            node("parallelGateway", "join"),
            node("endEvent", "ended", 'axle:outcome="done"'),
            flow("begun", "review"),
            flow("review", "choose"),
            flow("choose", "left"),
            flow("choose", "right", "review_action == 'approve'"),
            flow("left", "join"),
            flow("right", "join"),
            flow("join", "ended"),
        ]
    )
    assert [(f.code, f.element) for f in lint(xml, PERMISSIONS)] == [("join_waits_for_ever", "join")]


def test_a_fork_without_a_join_would_run_what_follows_twice():
    xml = process(
        [
            node("startEvent", "begun"),
            node("parallelGateway", "fork"),
            node("userTask", "left", REVIEW),
            node("userTask", "right", REVIEW),
            node("userTask", "after", REVIEW),
            node("endEvent", "ended", 'axle:outcome="done"', TERMINATE),
            flow("begun", "fork"),
            flow("fork", "left"),
            flow("fork", "right"),
            flow("left", "after"),
            flow("right", "after"),
            flow("after", "ended"),
        ]
    )
    assert "flow_runs_twice" in codes(xml)


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        ("", "not_xml"),
        ("<a><b></a>", "not_xml"),
        ("<a/>", "no_process"),
        ('<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>', "has_doctype"),
        ("<a>" + "x" * 600_000 + "</a>", "too_large"),
    ],
)
def test_files_that_are_no_definition(xml, reason):
    (finding,) = lint(xml, PERMISSIONS)
    assert (finding.code, finding.params["reason"]) == ("definition_unreadable", reason)


def test_two_processes_in_a_file_are_refused():
    xml = straight().replace("</bpmn:definitions>", '<bpmn:process id="other"/></bpmn:definitions>')
    assert "process_not_single" in codes(xml)
