"""Process definitions: drafts, findings, publication."""

from pydantic import BaseModel, Field

from axle.platform.public import PERMISSIONS, Actor, Ctx, Input, available_commands, text
from axle.workflow import permissions as may
from axle.workflow import selectors
from axle.workflow.domain.linting import lint
from axle.workflow.errors import DefinitionNotFound
from axle.workflow.http.base import api
from axle.workflow.models import DRAFT, PUBLISHED, DefinitionState, ProcessDefinition
from axle.workflow.services.definition_save import (
    definition_publish,
    definition_retire_published,
    definition_save,
)


class DefinitionSaveIn(Input):
    """A BPMN 2.0 file; the id of its process is the definition's code."""

    xml: str = Field(min_length=1, max_length=600_000)


class DefinitionIn(Input):
    definition_id: int


class DefinitionFindingOut(BaseModel):
    """One fault in plain words; ``element`` is the id to highlight."""

    code: str
    element: str
    message: str


class DefinitionOut(BaseModel):
    """One version of a definition with what keeps it from being published."""

    definition_id: int
    code: str
    version: int
    name: str
    state: DefinitionState
    sha256: str
    xml: str
    findings: list[DefinitionFindingOut]
    actions: list[str]


@api.command("definition_save", permission=may.DEFINITION_MANAGE, subject="process_definition")
def definition_save_command(ctx: Ctx, data: DefinitionSaveIn) -> DefinitionOut:
    """Keep a file as the draft of its process."""
    return _definition_out(ctx.actor, definition_save(actor=ctx.actor, xml=data.xml))


@api.command("definition_publish", permission=may.DEFINITION_MANAGE, subject="process_definition")
def definition_publish_command(ctx: Ctx, data: DefinitionIn) -> DefinitionOut:
    """Let new processes use a draft."""
    definition = definition_publish(actor=ctx.actor, definition_id=data.definition_id)
    return _definition_out(ctx.actor, definition)


@api.command("definition_retire", permission=may.DEFINITION_MANAGE, subject="process_definition")
def definition_retire_command(ctx: Ctx, data: DefinitionIn) -> DefinitionOut:
    """Take the published version of a process out of use; running processes go on."""
    definition = _definition(data.definition_id)
    definition_retire_published(definition.code)
    definition.refresh_from_db()
    return _definition_out(ctx.actor, definition)


@api.query("process_definition_get", "/process-definitions/{definition_id}", permission=may.DEFINITION_VIEW)
def process_definition_get(actor: Actor, definition_id: int) -> DefinitionOut:
    """A version with its drawing and its findings."""
    return _definition_out(actor, _definition(definition_id))


def _definition(definition_id: int) -> ProcessDefinition:
    definition = selectors.definitions().filter(pk=definition_id).first()
    if definition is None:
        raise DefinitionNotFound()
    return definition


def _definition_out(actor: Actor, definition: ProcessDefinition) -> DefinitionOut:
    possible = {
        DRAFT: ("definition_save", "definition_publish"),
        PUBLISHED: ("definition_save", "definition_retire"),
    }
    findings = lint(definition.xml, PERMISSIONS) if definition.state == DRAFT else []
    return DefinitionOut(
        definition_id=definition.pk,
        code=definition.code,
        version=definition.version,
        name=definition.name,
        state=DefinitionState(definition.state),
        sha256=definition.sha256,
        xml=definition.xml,
        findings=[
            DefinitionFindingOut(code=f.code, element=f.element, message=text("error", f"field/{f.code}", **f.params))
            for f in findings
        ],
        actions=available_commands(actor, *(possible.get(DefinitionState(definition.state)) or ())),
    )


class ProcessChoiceOut(BaseModel):
    """A process that cases may run through."""

    code: str
    name: str


@api.query("process_choices", "/process-choices", permission=may.PROCESS_VIEW)
def process_choices(actor: Actor) -> list[ProcessChoiceOut]:
    """The published processes, for whoever sets up a product."""
    published = selectors.definitions().filter(state=PUBLISHED).order_by("code")
    return [ProcessChoiceOut(code=row.code, name=row.name) for row in published]
