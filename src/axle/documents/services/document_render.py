"""Issuing a document: checked data, a registered template text, PDF bytes, a number."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max

from axle.documents.models import Document, DocumentEvidence, EvidenceAct, TemplateVersion
from axle.documents.rendering.pdf import render
from axle.documents.rendering.templates import Template, template_named
from axle.platform.public import PDF, Actor, Subject, business_date, created, file_save, next_no


@transaction.atomic
def document_render(
    *, actor: Actor, template: str, data: Mapping[str, Any], subject: Subject, legal_entity_id: int, title: str
) -> Document:
    """Render a draft about a subject.

    Money: amounts in ``data`` are fen (int) or yuan strings; capitals are computed from the same fen.
    Errors: TemplateUnknown, TemplateDataInvalid, MissingGlyph, FontsMissing.
    """
    chosen, business_on = template_named(template), business_date()
    checked = chosen.checked(data)
    paper = render(chosen, checked, dated=business_on)
    number = next_no("WJ", on=business_on)
    stored = file_save(content=paper.content, name=f"{number}.pdf", allowed=(PDF,), actor=actor)
    document = created(
        Document.objects.create(
            document_no=number,
            title=title,
            template=template_version(chosen),
            subject_type=subject.type,
            subject_id=subject.id,
            legal_entity_id=legal_entity_id,
            file=stored,
            sha256=stored.sha256,
            data=checked,
            places=[place.as_json() for place in paper.places],
            business_on=business_on,
            created_by=actor.name,
        )
    )
    DocumentEvidence.objects.create(
        document=document, act=EvidenceAct.RENDERED, by=actor.name, sha256_after=stored.sha256, file=stored, details={}
    )
    return document


def template_version(template: Template) -> TemplateVersion:
    """The register's row for the template's present text; a new text becomes the next version."""
    known = TemplateVersion.objects.filter(code=template.code, sha256=template.sha256).first()
    if known is not None:
        return known
    last = TemplateVersion.objects.filter(code=template.code).aggregate(last=Max("version"))["last"] or 0
    found, _ = TemplateVersion.objects.get_or_create(
        code=template.code,
        sha256=template.sha256,
        defaults={"version": last + 1, "source": template.source},
    )
    return found
