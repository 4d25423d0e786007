"""Versions of definitions: drafts, publication, and processes that keep theirs."""

from functools import partial

import pytest
from django.db import IntegrityError, transaction

from axle.platform.public import Subject, system_actor
from axle.platform.testing import act
from axle.workflow.errors import (
    DefinitionFaulty,
    DefinitionNotDraft,
    DefinitionNotPublished,
    DefinitionUnreadable,
)
from axle.workflow.models import ProcessDefinition
from axle.workflow.services.definition_save import (
    definition_check,
    definition_install,
    definition_publish,
    definition_retire_published,
    definition_save,
)
from axle.workflow.services.process_start import process_start
from axle.workflow.services.task_claim import task_claim
from axle.workflow.services.task_complete import task_complete
from axle.workflow.tests.drawing import review_process
from axle.workflow.tests.factories import begin, reviewer

pytestmark = pytest.mark.django_db
ACTOR = system_actor("editor")


def states() -> list[tuple[int, str]]:
    return list(ProcessDefinition.objects.order_by("version").values_list("version", "state"))


def test_a_draft_is_overwritten_until_it_is_published():
    first = definition_save(actor=ACTOR, xml=review_process())
    again = definition_save(actor=ACTOR, xml=review_process(approve_if="review_action in ('approve', 'submit')"))
    assert (first.pk, again.version) == (again.pk, 1)
    assert [finding.code for finding in definition_check(again.pk)] == ["condition_impossible_value"]


def test_publishing_retires_the_version_before():
    definition_install(actor=ACTOR, xml=review_process())
    assert definition_install(actor=ACTOR, xml=review_process()).version == 1
    definition_install(actor=ACTOR, xml=review_process().replace("小流程", "小流程二"))
    assert states() == [(1, "retired"), (2, "published")]


def test_a_faulty_draft_is_not_published_and_nothing_changes():
    definition_install(actor=ACTOR, xml=review_process())
    draft = definition_save(actor=ACTOR, xml=review_process(approve_if="__import__('os')"))
    with pytest.raises(DefinitionFaulty) as refused:
        definition_publish(actor=ACTOR, definition_id=draft.pk)
    assert [error["type"] for error in refused.value.params["errors"]] == ["condition_not_allowed"]
    assert states() == [(1, "published"), (2, "draft")]


def test_only_drafts_are_published():
    published = definition_install(actor=ACTOR, xml=review_process())
    with pytest.raises(DefinitionNotDraft):
        definition_publish(actor=ACTOR, definition_id=published.pk)


def test_what_is_no_bpmn_is_not_even_a_draft():
    with pytest.raises(DefinitionUnreadable):
        definition_save(actor=ACTOR, xml="<html/>")
    assert states() == []


def test_the_database_keeps_one_published_version():
    definition_install(actor=ACTOR, xml=review_process())
    with pytest.raises(IntegrityError), transaction.atomic():
        ProcessDefinition.objects.create(
            code="small", version=7, name="x", xml="", sha256="", saved_by="x", state="published"
        )


def test_a_retired_process_cannot_be_started():
    definition_install(actor=ACTOR, xml=review_process())
    definition_retire_published("small")
    assert ProcessDefinition.objects.get().state == "retired"
    start = partial(process_start, actor=ACTOR, definition="small", subject=Subject("case", 1), title="")
    with pytest.raises(DefinitionNotPublished):
        start(data={}, legal_entity_id=1, department_id=1)


def test_a_running_process_keeps_its_version():
    case = begin(review_process(), amount=1, grade="A")
    definition_install(actor=ACTOR, xml=review_process(approve_if="amount > 5"))
    anna = reviewer("anna")
    with act(anna):
        task_claim(actor=anna, task_id=case.task("review").pk)
        task_complete(actor=anna, task_id=case.task("review").pk, action="approve")
    case.process.refresh_from_db()
    assert (case.process.outcome, case.process.definition.version) == ("approved", 1)
