"""Issued documents: render, sign, seal, void, verify; the register; refusals that leave nothing behind."""

import pytest
from django.db import IntegrityError, transaction

from axle.documents.checks import (
    document_files_match,
    document_revisions_chained,
    document_state_matches_evidence,
)
from axle.documents.errors import (
    DocumentAlreadySealed,
    DocumentVoid,
    RoleAlreadySigned,
    SealEntityDiffers,
    SignatureEmpty,
    SignaturePlaceMissing,
    TemplateDataInvalid,
    TimestampUnavailable,
)
from axle.documents.events import DocumentSealed, DocumentVoided
from axle.documents.models import Document, DocumentEvidence, TemplateVersion
from axle.documents.public import (
    document_content,
    document_get,
    document_render,
    document_seal,
    document_sign_person,
    document_verify,
    document_void,
    documents_of,
)
from axle.documents.rendering.templates import Template, template_named
from axle.documents.services.document_render import template_version
from axle.documents.tests.papers import contract_data, receipt_data
from axle.platform.errors import NotFound
from axle.platform.models import StoredFile
from axle.platform.public import Subject
from axle.platform.testing import act, captured, make_actor, make_entity

pytestmark = pytest.mark.django_db
CONTRACT = Subject("specimen", 5)


@pytest.fixture(autouse=True)
def told():
    with captured(DocumentSealed, DocumentVoided) as seen:
        yield seen


@pytest.fixture
def clerk():
    return make_actor(name="clerk", user_id=7)


@pytest.fixture
def entity():
    return make_entity()


def issued(clerk, entity, template="car_loan_contract", data=None):
    with act(clerk):
        return document_render(
            actor=clerk,
            template=template,
            data=data or contract_data(),
            subject=CONTRACT,
            legal_entity_id=entity.pk,
            title="汽车消费贷款合同",
        )


@pytest.fixture
def draft(clerk, entity):
    return issued(clerk, entity)


def sign(draft, png, **changes):
    arguments = {"signer_name": "王样本", "signature_png": png, "evidence": {"sms_code_ref": "C1"}} | changes
    return document_sign_person(document_id=draft.document_id, **arguments)


def known(report):
    assert report.registered is not None
    return report.registered


def all_checks():
    return [*document_revisions_chained(), *document_files_match(), *document_state_matches_evidence()]


def test_draft(draft):
    assert (draft.state, draft.open_roles) == ("draft", ("lender", "borrower"))
    assert draft.document_no.startswith("WJ")
    assert documents_of(CONTRACT) == [draft]
    assert document_get(draft.document_id) == draft
    report = document_verify(document_content(draft.document_id))
    assert (report.is_intact, report.findings) == (False, ("no_signature",))
    assert (known(report).document_no, known(report).is_latest) == (draft.document_no, True)


def test_signed_then_sealed(told, draft, entity, signature_png):
    signed = sign(draft, signature_png)
    assert (signed.state, signed.open_roles) == ("signed", ("lender",))
    sealed = document_seal(document_id=draft.document_id, legal_entity_id=entity.pk)
    assert (sealed.state, sealed.open_roles) == ("sealed", ())
    report = document_verify(document_content(draft.document_id))
    assert (report.is_intact, report.findings) == (True, ())
    assert [one.signer for one in report.signatures] == ["王样本", "车轴汽车金融有限公司"]
    assert (known(report).state, known(report).legal_entity) == ("sealed", "车轴汽车金融有限公司")
    assert [
        DocumentSealed(
            document_id=draft.document_id,
            document_no=draft.document_no,
            subject=CONTRACT,
            template="car_loan_contract",
        )
    ] == told


def test_evidence_is_a_chain_of_hashes(draft, entity, signature_png):
    sign(draft, signature_png)
    document_seal(document_id=draft.document_id, legal_entity_id=entity.pk)
    steps = list(DocumentEvidence.objects.filter(document_id=draft.document_id).order_by("pk"))
    assert [step.act for step in steps] == ["rendered", "signed", "sealed"]
    assert [step.sha256_before for step in steps] == ["", steps[0].sha256_after, steps[1].sha256_after]
    assert steps[-1].sha256_after == document_get(draft.document_id).sha256
    assert steps[1].details["sms_code_ref"] == "C1"
    assert len(steps[1].details["certificate_serial"]) >= 16
    assert all_checks() == []


def test_sealed_first_then_signed(draft, entity, signature_png):
    document_seal(document_id=draft.document_id, legal_entity_id=entity.pk)
    view = sign(draft, signature_png)
    assert (view.state, view.open_roles) == ("sealed", ())
    assert document_verify(document_content(draft.document_id)).is_intact


def test_an_older_revision_verifies_and_says_that_it_is_not_the_latest(draft, entity, signature_png):
    sign(draft, signature_png)
    older = document_content(draft.document_id)
    document_seal(document_id=draft.document_id, legal_entity_id=entity.pk)
    report = document_verify(older)
    assert report.is_intact
    assert not known(report).is_latest


def test_a_foreign_pdf_is_not_in_the_register(contract_pdf):
    assert document_verify(contract_pdf.content).registered is None


def test_void(told, draft, clerk, signature_png):
    sign(draft, signature_png)
    with act(clerk):
        document_void(actor=clerk, document_id=draft.document_id, reason="金额有误")
    report = document_verify(document_content(draft.document_id))
    assert (report.is_intact, report.findings) == (False, ("void",))
    assert all_checks() == []
    assert [DocumentVoided(draft.document_id, draft.document_no, CONTRACT)] == told
    with pytest.raises(DocumentVoid), act(clerk):
        document_void(actor=clerk, document_id=draft.document_id, reason="again")


def unchanged(draft):
    assert document_get(draft.document_id) == draft
    assert DocumentEvidence.objects.filter(document_id=draft.document_id).count() == 1


def test_nothing_is_signed_on_a_void_document(draft, entity, clerk, signature_png):
    with act(clerk):
        document_void(actor=clerk, document_id=draft.document_id, reason="重签")
    with pytest.raises(DocumentVoid):
        sign(draft, signature_png)
    with pytest.raises(DocumentVoid):
        document_seal(document_id=draft.document_id, legal_entity_id=entity.pk)
    assert DocumentEvidence.objects.filter(document_id=draft.document_id).count() == 2


def test_each_role_signs_once(draft, entity, signature_png):
    once = sign(draft, signature_png)
    with pytest.raises(RoleAlreadySigned):
        sign(draft, signature_png)
    document_seal(document_id=draft.document_id, legal_entity_id=entity.pk)
    with pytest.raises(DocumentAlreadySealed):
        document_seal(document_id=draft.document_id, legal_entity_id=entity.pk)
    assert once.sha256 != document_get(draft.document_id).sha256
    assert DocumentEvidence.objects.filter(document_id=draft.document_id).count() == 3


def test_no_place_no_ink_no_right(draft, signature_png):
    with pytest.raises(SignaturePlaceMissing):
        sign(draft, signature_png, role="guarantor")
    from PIL import Image

    from axle.documents.tests.test_imaging import saved

    with pytest.raises(SignatureEmpty):
        sign(draft, saved(Image.new("RGBA", (300, 100)), "PNG"))
    other = make_entity("AXG", "车轴融资担保有限公司", "guarantee")
    with pytest.raises(SealEntityDiffers):
        document_seal(document_id=draft.document_id, legal_entity_id=other.pk)
    unchanged(draft)


def test_without_time_stamps_nothing_is_kept(draft, signature_png, settings):
    files = StoredFile.objects.count()
    settings.AXLE_TSA_URL = "http://127.0.0.1:9/tsa"
    with pytest.raises(TimestampUnavailable):
        sign(draft, signature_png)
    unchanged(draft)
    assert StoredFile.objects.count() == files


def test_wrong_data_leaves_no_document(clerk, entity):
    with pytest.raises(TemplateDataInvalid):
        issued(clerk, entity, "receipt", receipt_data() | {"amount": 106054})
    assert Document.objects.count() == 0


def test_missing_document():
    with pytest.raises(NotFound):
        document_content(10**9)
    with pytest.raises(NotFound):
        document_seal(document_id=10**9, legal_entity_id=1)


def test_a_template_keeps_its_version_until_its_text_changes(clerk, entity, monkeypatch):
    first, second = issued(clerk, entity), issued(clerk, entity)
    assert (first.template_version, second.template_version) == (1, 1)
    text = template_named("car_loan_contract").source
    monkeypatch.setattr(Template, "source", property(lambda template: text + "// 修订"))
    changed = template_version(template_named("car_loan_contract"))
    assert (changed.version, changed.source) == (2, text + "// 修订")
    monkeypatch.undo()
    assert template_version(template_named("car_loan_contract")).version == 1


@pytest.mark.parametrize(("model", "column"), [(DocumentEvidence, "sha256_after"), (TemplateVersion, "sha256")])
def test_evidence_and_templates_are_append_only(draft, model, column):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        model.objects.update(**{column: "0" * 64})
    assert not model.objects.filter(**{column: "0" * 64}).exists()


def test_checks_bite(draft):
    Document.objects.filter(pk=draft.document_id).update(sha256="0" * 64, state="sealed")
    assert document_revisions_chained() == [f"document {draft.document_no}: evidence does not lead to its file"]
    assert document_files_match() == [f"document {draft.document_no}: hash differs from its file"]
    assert document_state_matches_evidence() == [
        f"document {draft.document_no}: state sealed but its acts are rendered"
    ]
