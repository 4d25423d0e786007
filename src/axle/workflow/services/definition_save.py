"""Drafts of process definitions, their check and their publication."""

import hashlib

from django.utils import timezone

from axle.platform.public import PERMISSIONS, Actor, created, track
from axle.workflow.domain.linting import Finding, lint
from axle.workflow.domain.outline import outline_read
from axle.workflow.errors import DefinitionFaulty, DefinitionNotDraft, DefinitionNotFound
from axle.workflow.models import DRAFT, PUBLISHED, RETIRED, ProcessDefinition


def definition_save(*, actor: Actor, xml: str) -> ProcessDefinition:
    """Keep a file as the draft of its process; a draft may have findings. Errors: DefinitionUnreadable."""
    outline = outline_read(xml)
    versions = ProcessDefinition.objects.select_for_update().filter(code=outline.process_id).order_by("-version")
    latest = versions.first()
    values = {
        "name": outline.name or outline.process_id,
        "xml": xml,
        "sha256": _hash(xml),
        "saved_by": actor.name,
    }
    if latest is not None and latest.state == DRAFT:
        track(latest)
        for name, value in values.items():
            setattr(latest, name, value)
        latest.save()
        return latest
    version = latest.version + 1 if latest else 1
    draft = ProcessDefinition.objects.create(code=outline.process_id, version=version, **values)
    return created(draft)


def definition_check(definition_id: int) -> list[Finding]:
    """What keeps a definition from being published. Errors: DefinitionNotFound."""
    return lint(_locked(definition_id).xml, PERMISSIONS)


def definition_publish(*, actor: Actor, definition_id: int) -> ProcessDefinition:
    """Make a draft the version that new processes use; the one before is retired, running ones keep it.

    Errors: DefinitionNotFound, DefinitionNotDraft, DefinitionFaulty with one entry per finding.
    """
    draft = track(_locked(definition_id))
    if draft.state != DRAFT:
        raise DefinitionNotDraft(state=draft.state)
    findings = lint(draft.xml, PERMISSIONS)
    if findings:
        raise DefinitionFaulty(field="xml", count=len(findings), errors=[_error(f) for f in findings])
    definition_retire_published(draft.code)
    draft.state, draft.published_by, draft.published_at = PUBLISHED, actor.name, timezone.now()
    draft.save()
    return draft


def definition_install(*, actor: Actor, xml: str) -> ProcessDefinition:
    """Save and publish a file unless exactly it is published already."""
    code = outline_read(xml).process_id
    published = ProcessDefinition.objects.filter(code=code, state=PUBLISHED, sha256=_hash(xml)).first()
    if published is not None:
        return published
    draft = definition_save(actor=actor, xml=xml)
    return definition_publish(actor=actor, definition_id=draft.pk)


def definition_retire_published(code: str) -> None:
    """Take the published version of a process out of use for new processes."""
    for published in ProcessDefinition.objects.select_for_update().filter(code=code, state=PUBLISHED):
        track(published).state = RETIRED
        published.save()


def _locked(definition_id: int) -> ProcessDefinition:
    definition = ProcessDefinition.objects.select_for_update().filter(pk=definition_id).first()
    if definition is None:
        raise DefinitionNotFound()
    return definition


def _hash(xml: str) -> str:
    return hashlib.sha256(xml.encode()).hexdigest()


def _error(finding: Finding) -> dict[str, object]:
    return {
        "loc": (finding.element or "xml",),
        "type": finding.code,
        "msg": finding.code,
        "ctx": finding.params,
    }
