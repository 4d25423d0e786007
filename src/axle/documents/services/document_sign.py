"""Signing: a person's drawn signature, and our organisation's seal.

The time-stamp authority is asked while the document's row is locked. Asking it changes nothing anywhere, so a
rolled back transaction leaves no trace and the act can simply be repeated.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from axle.documents.errors import (
    DocumentAlreadySealed,
    DocumentVoid,
    RoleAlreadySigned,
    SealEntityDiffers,
    SignaturePlaceMissing,
)
from axle.documents.events import DocumentSealed
from axle.documents.models import Document, DocumentState, EvidenceAct
from axle.documents.rendering.pdf import SignaturePlace
from axle.documents.services.document_evidence import revision_keep
from axle.documents.signing.authorities import signing_authority, timestamp_authority
from axle.documents.signing.pades import SignatureAct, sign_pdf
from axle.documents.signing.seal import drawn_signature, seal_image
from axle.platform.errors import NotFound
from axle.platform.public import Subject, file_read, publish

SEAL_ROLE = "lender"


@transaction.atomic
def document_sign_person(
    *, document_id: int, signer_name: str, signature_png: bytes, evidence: Mapping[str, Any], role: str = "borrower"
) -> Document:
    """Put a person's drawn signature on the document, under a certificate made for this one signature.

    ``evidence`` is what shows that it was this person's will: confirmation code, page views, device, times.
    Errors: DocumentVoid, SignaturePlaceMissing, RoleAlreadySigned, SignatureEmpty, SignatureImageBroken,
    TimestampUnavailable.
    """
    document = _locked(document_id)
    place = _open_place(document, role)
    signer = signing_authority().person(name=signer_name, reference=document.document_no)
    act = SignatureAct(
        place=place,
        signer=signer,
        image=drawn_signature(signature_png),
        name=signer_name,
        reason="签署文件",
        stamper=timestamp_authority().stamper(),
    )
    if document.state == DocumentState.DRAFT:
        document.state = DocumentState.SIGNED
    _carry_out(document, act, EvidenceAct.SIGNED, evidence)
    return document


@transaction.atomic
def document_seal(*, document_id: int, legal_entity_id: int) -> Document:
    """Put the legal entity's signature with its visible seal on its document.

    Errors: DocumentVoid, DocumentAlreadySealed, SealEntityDiffers, SignaturePlaceMissing, TimestampUnavailable.
    """
    document = _locked(document_id)
    if document.state == DocumentState.SEALED:
        raise DocumentAlreadySealed(document_no=document.document_no)
    entity = document.legal_entity
    if entity.pk != legal_entity_id:
        raise SealEntityDiffers(document_no=document.document_no)
    act = SignatureAct(
        place=_open_place(document, SEAL_ROLE),
        signer=signing_authority().organisation(code=entity.code, name=entity.name),
        image=seal_image(entity.name),
        name=entity.name,
        reason="加盖电子合同专用章",
        stamper=timestamp_authority().stamper(),
    )
    document.state = DocumentState.SEALED
    _carry_out(document, act, EvidenceAct.SEALED, {})
    subject = Subject(document.subject_type, document.subject_id)
    publish(
        DocumentSealed(
            document_id=document.pk,
            document_no=document.document_no,
            subject=subject,
            template=document.template.code,
        )
    )
    return document


def _locked(document_id: int) -> Document:
    rows = Document.objects.select_for_update(of=("self",)).select_related("template", "legal_entity")
    document = rows.filter(pk=document_id).first()
    if document is None:
        raise NotFound(what="document")
    if document.state == DocumentState.VOID:
        raise DocumentVoid(document_no=document.document_no)
    return document


def _places(document: Document) -> list[SignaturePlace]:
    return [SignaturePlace(**place) for place in document.places]


def _open_place(document: Document, role: str) -> SignaturePlace:
    place = next((place for place in _places(document) if place.role == role), None)
    if place is None:
        raise SignaturePlaceMissing(role=role)
    if document.evidence.filter(role=role).exists():
        raise RoleAlreadySigned(role=role)
    return place


def _carry_out(document: Document, act: SignatureAct, kind: EvidenceAct, evidence: Mapping[str, Any]) -> None:
    _, content = file_read(document.file_id)
    signed = sign_pdf(content, act, _places(document))
    certificate = act.signer.signing_cert
    serial = f"{certificate.serial_number:x}" if certificate else ""
    details = {"signer": act.name, "certificate_serial": serial, **evidence}
    revision_keep(document, act=kind, content=signed, role=act.place.role, by=act.name, details=details)
