"""Start a process about a subject."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from axle.platform.public import Actor, Compiled, Subject, created
from axle.workflow.domain.conditions import DataName, value_check
from axle.workflow.domain.engine import Run
from axle.workflow.domain.outline import outline_read
from axle.workflow.domain.tasks import RUNNING
from axle.workflow.errors import (
    DefinitionNotPublished,
    ProcessAlreadyRunning,
    ProcessDataMissing,
    ProcessDataUnknown,
)
from axle.workflow.models import PUBLISHED, ProcessDefinition, ProcessInstance
from axle.workflow.services.process_advance import process_advance


@dataclass(frozen=True)
class Originator:
    """The person whose case it is, for four-eyes and supplements; a file or machine has no user."""

    user_id: int | None
    name: str


def process_start(
    *,
    actor: Actor,
    definition: str,
    subject: Subject,
    title: str,
    data: Mapping[str, Any],
    legal_entity_id: int,
    department_id: int,
    owner_id: int | None = None,
    dealer_id: int | None = None,
    originator: Originator | None = None,
) -> ProcessInstance:
    """Start the published version of ``definition``; the actor is its originator unless another is named.

    ``data`` gives every name that the definition declares, amounts as fen; keep personal data out of it.
    Errors: DefinitionNotPublished, ProcessAlreadyRunning, ProcessDataMissing, ProcessDataUnknown,
    ProcessDataMistyped.
    """
    published = _published(definition)
    _refuse_second(definition, subject)
    outline = outline_read(published.xml)
    data_check(outline.data, data)
    run = Run.start(published.xml, data)
    starter = originator or Originator(actor.user_id, actor.name)
    process = created(
        ProcessInstance.objects.create(
            definition=published,
            definition_code=definition,
            subject_type=subject.type,
            subject_id=subject.id,
            title=title,
            state=RUNNING,
            data=dict(data),
            engine_state=b"",
            started_by_id=starter.user_id,
            started_by_name=starter.name,
            started_at=timezone.now(),
            legal_entity_id=legal_entity_id,
            department_id=department_id,
            owner_id=owner_id,
            dealer_id=dealer_id,
        )
    )
    process_advance(process, run, actor=actor)
    return process


def data_check(declared: tuple[DataName, ...], data: Mapping[str, Any]) -> None:
    """Errors: ProcessDataMissing, ProcessDataUnknown, ProcessDataMistyped."""
    names = {name.name: name for name in declared}
    for name in names.values():
        if data.get(name.name) is None:
            raise ProcessDataMissing(name=name.name)
        value_check(name, data[name.name])
    unknown = sorted(set(data) - set(names))
    if unknown:
        raise ProcessDataUnknown(name=unknown[0])


def _published(definition: str) -> ProcessDefinition:
    published = _PUBLISHED.first(definition)
    if published is None:
        raise DefinitionNotPublished(definition=definition)
    return published


def _refuse_second(definition: str, subject: Subject) -> None:
    if _RUNNING.rows(definition, subject.type, subject.id):
        raise ProcessAlreadyRunning(definition=definition)


_PUBLISHED = Compiled(lambda code: ProcessDefinition.objects.filter(code=code, state=PUBLISHED))
_RUNNING = Compiled(
    lambda code, kind, key: ProcessInstance.objects.filter(
        definition_code=code, subject_type=kind, subject_id=key, state=RUNNING
    ).values_list("pk")
)
