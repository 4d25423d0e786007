"""Captured documents: add, read in the worker, compare, confirm; and each refusal leaving nothing behind."""

import io

import pytest
from PIL import Image

from axle.documents.errors import CapturedKindUnknown, FieldUnknown, FieldValueInvalid, ImageBroken
from axle.documents.events import DocumentRecognised
from axle.documents.jobs import captured_document_read
from axle.documents.models import CapturedDocument, CapturedState
from axle.documents.public import captured_document_add, captured_document_compare, captured_documents
from axle.documents.services.captured_document_confirm import captured_document_confirm
from axle.documents.services.captured_document_read_again import captured_document_read_again
from axle.documents.tests import specimens
from axle.platform.errors import NotFound, StateRefused
from axle.platform.public import Subject, file_save
from axle.platform.testing import act, captured, make_actor, run_jobs

pytestmark = pytest.mark.django_db
CASE, OTHER = Subject("specimen", 17), Subject("specimen", 18)


@pytest.fixture(autouse=True)
def told():
    with captured(DocumentRecognised) as seen:
        yield seen


def readings():
    """Run what is queued; gives the readings among it."""
    return [name for name in run_jobs() if name == "captured_document_read"]


@pytest.fixture
def clerk():
    return make_actor(name="clerk", user_id=7)


def jpeg(image):
    target = io.BytesIO()
    image.save(target, "JPEG", quality=90)
    return target.getvalue()


def upload(actor, content):
    return file_save(content=content, name="photo.jpg", actor=actor).pk


def added(actor, image, kind="id_front", subject=CASE):
    with act(actor):
        return captured_document_add(actor=actor, subject=subject, kind=kind, file_id=upload(actor, jpeg(image)))


def row(view):
    return CapturedDocument.objects.get(pk=view.document_id)


def test_a_card_is_read_after_commit_and_told(clerk, told):
    view = added(clerk, specimens.bank_card(), "bank_card")
    assert (view.ocr_state, view.fields, view.version) == ("queued", {}, 1)
    assert readings() == ["captured_document_read"]
    (read,) = captured_documents(CASE)
    assert read.ocr_state == "recognised"
    assert read.values == {"bank_name": "中国工商银行", "card_no": specimens.CARD_NO}
    assert read.fields["card_no"].is_valid
    assert read.confidence is not None
    assert read.confidence >= 0.85
    assert [DocumentRecognised(document_id=read.document_id, subject=CASE, kind="bank_card")] == told


def test_reading_again_by_accident_changes_nothing(clerk, told):
    view = added(clerk, specimens.bank_card(), "bank_card")
    run_jobs()
    before = row(view)
    captured_document_read(document_id=view.document_id)
    captured_document_read(document_id=10**9)
    after = row(view)
    assert (before.fields, before.state) == (after.fields, after.state)
    assert len(told) == 1


def test_fields_are_encrypted_at_rest(clerk):
    from django.db import connection

    view = added(clerk, Image.new("RGB", (80, 80)), "other")
    CapturedDocument.objects.filter(pk=view.document_id).update(fields={"id_no": {"value": specimens.ID_NO}})
    with connection.cursor() as cursor:
        cursor.execute("SELECT fields FROM documents_captureddocument WHERE id = %s", [view.document_id])
        assert specimens.ID_NO.encode() not in bytes(cursor.fetchone()[0])
    assert row(view).fields == {"id_no": {"value": specimens.ID_NO}}


def test_an_unreadable_kind_is_filed_and_a_blank_card_needs_review(clerk):
    filed = added(clerk, Image.new("RGB", (80, 80), (9, 9, 9)), "home_photo")
    blank = added(clerk, Image.new("RGB", (300, 200), (9, 9, 9)), "bank_card")
    run_jobs()
    assert row(filed).state == CapturedState.FILED
    assert (row(blank).state, row(blank).doubtful) == (CapturedState.NEEDS_REVIEW, ["bank_name", "card_no"])


def test_a_scan_as_pdf_needs_review(clerk):
    from axle.documents.tests.test_imaging import pdf

    with act(clerk):
        file_id = file_save(content=pdf(), name="scan.pdf", actor=clerk).pk
        view = captured_document_add(actor=clerk, subject=CASE, kind="vehicle_invoice", file_id=file_id)
    run_jobs()
    assert row(view).state == CapturedState.NEEDS_REVIEW


def test_a_newer_picture_replaces_the_older(clerk):
    first = added(clerk, Image.new("RGB", (80, 80), (1, 1, 1)), "id_back")
    second = added(clerk, Image.new("RGB", (80, 80), (2, 2, 2)), "id_back")
    assert (first.version, second.version) == (1, 2)
    assert [view.document_id for view in captured_documents(CASE)] == [second.document_id]
    with pytest.raises(StateRefused), act(clerk):
        captured_document_confirm(actor=clerk, document=row(first), values={})


def test_several_pictures_of_a_filed_kind_stand_side_by_side(clerk):
    added(clerk, Image.new("RGB", (80, 80), (1, 1, 1)), "home_photo")
    added(clerk, Image.new("RGB", (80, 80), (2, 2, 2)), "home_photo")
    assert [view.version for view in captured_documents(CASE)] == [1, 2]


def test_the_same_file_is_added_once(clerk):
    first = added(clerk, specimens.bank_card(), "bank_card")
    assert added(clerk, specimens.bank_card(), "bank_card").document_id == first.document_id
    assert CapturedDocument.objects.count() == 1
    assert readings() == ["captured_document_read"]


def test_the_same_picture_for_somebody_else_is_flagged(clerk):
    card = Image.effect_mandelbrot((300, 200), (-2.0, -1.0, 1.0, 1.0), 60).convert("RGB")
    first = added(clerk, card, "home_photo")
    copy = added(clerk, card.resize((240, 160)), "home_photo", OTHER)
    other = added(
        clerk, Image.effect_mandelbrot((300, 200), (-0.8, 0.0, -0.7, 0.1), 60).convert("RGB"), "home_photo", OTHER
    )
    run_jobs()
    assert row(copy).duplicate_of_id == first.document_id
    assert row(other).duplicate_of_id is None
    assert row(first).duplicate_of_id is None


REFUSALS = [
    ("passport", "own", CapturedKindUnknown),
    ("id_front", "stranger", NotFound),
    ("id_front", "broken", ImageBroken),
    ("id_front", "none", NotFound),
]


@pytest.mark.parametrize(("kind", "case", "refusal"), REFUSALS)
def test_refusals_leave_nothing(clerk, kind, case, refusal):
    owner = make_actor(name="somebody", user_id=8) if case == "stranger" else clerk
    content = b"\xff\xd8\xff\xe0" + b"0" * 100 if case == "broken" else jpeg(Image.new("RGB", (50, 50)))
    file_id = 10**9 if case == "none" else upload(owner, content)
    with pytest.raises(refusal), act(clerk):
        captured_document_add(actor=clerk, subject=CASE, kind=kind, file_id=file_id)
    assert CapturedDocument.objects.count() == 0
    assert readings() == []


@pytest.fixture
def read_card(clerk):
    view = added(clerk, specimens.bank_card(), "bank_card")
    fields = {
        "bank_name": {"value": "中国工商银行", "confidence": 0.9, "is_valid": True},
        "card_no": {"value": "6222020009903105351", "confidence": 0.5, "is_valid": False},
    }
    CapturedDocument.objects.filter(pk=view.document_id).update(
        state=CapturedState.NEEDS_REVIEW, fields=fields, doubtful=["card_no"]
    )
    return row(view)


def test_a_person_corrects_a_field_and_the_reading_stays(clerk, read_card):
    with act(clerk):
        captured_document_confirm(actor=clerk, document=read_card, values={"card_no": specimens.CARD_NO})
    read_card.refresh_from_db()
    assert (read_card.state, read_card.confirmed_by) == (CapturedState.CONFIRMED, "clerk")
    assert read_card.confirmed == {"card_no": specimens.CARD_NO}
    assert read_card.fields["card_no"]["value"] == "6222020009903105351"
    (view,) = captured_documents(CASE)
    assert view.values == {"bank_name": "中国工商银行", "card_no": specimens.CARD_NO}


WRONG = [({"card_no": "6222020009903105351"}, FieldValueInvalid), ({"vin": "LHGT7Z7R2KB972374"}, FieldUnknown)]


@pytest.mark.parametrize(("values", "refusal"), WRONG)
def test_a_wrong_confirmation_changes_nothing(clerk, read_card, values, refusal):
    with pytest.raises(refusal), act(clerk):
        captured_document_confirm(actor=clerk, document=read_card, values=values)
    read_card.refresh_from_db()
    assert (read_card.state, read_card.confirmed) == (CapturedState.NEEDS_REVIEW, None)


def test_a_mended_value_is_not_taken_from_a_person(clerk):
    view = added(clerk, Image.new("RGB", (50, 50)), "vin_plate")
    CapturedDocument.objects.filter(pk=view.document_id).update(state=CapturedState.NEEDS_REVIEW)
    with pytest.raises(FieldValueInvalid), act(clerk):
        captured_document_confirm(actor=clerk, document=row(view), values={"vin": specimens.VIN.replace("B", "8")})


def test_a_waiting_document_cannot_be_confirmed_but_read_again(clerk):
    view = added(clerk, Image.new("RGB", (50, 50)), "vin_plate")
    with pytest.raises(StateRefused), act(clerk):
        captured_document_confirm(actor=clerk, document=row(view), values={})
    run_jobs()
    with act(clerk):
        captured_document_read_again(document=row(view))
    assert row(view).state == CapturedState.QUEUED
    assert readings() == ["captured_document_read"]


def test_a_confirmed_document_is_not_read_again(clerk, read_card):
    with act(clerk):
        captured_document_confirm(actor=clerk, document=read_card, values={"card_no": specimens.CARD_NO})
    with pytest.raises(StateRefused), act(clerk):
        captured_document_read_again(document=read_card)


def test_differences_from_the_form_are_kept(read_card):
    form = {"bank_name": "招商银行", "card_no": "6222020009903105351"}
    differences = captured_document_compare(document_id=read_card.pk, form=form)
    read_card.refresh_from_db()
    assert [difference.as_json() for difference in differences] == read_card.differences
    assert read_card.differences == [
        {"field": "bank_name", "form_value": "招商银行", "recognised_value": "中国工商银行", "severity": "minor"}
    ]
