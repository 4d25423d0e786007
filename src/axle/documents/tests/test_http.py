"""Documents over HTTP: permission, scope, masking, downloads, and the verification page."""

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from axle.documents import permissions as may
from axle.documents import subjects
from axle.documents.models import CapturedDocument, CapturedState, Document
from axle.documents.public import captured_document_add, document_content, document_render, document_seal
from axle.documents.tests import specimens
from axle.documents.tests.papers import contract_data
from axle.documents.tests.test_captured import jpeg
from axle.platform.models import OperationLog
from axle.platform.public import Subject, file_save, system_actor
from axle.platform.testing import act, client_for, make_entity, make_user

pytestmark = pytest.mark.django_db
EVERY = (
    may.CAPTURED_VIEW, may.CAPTURED_ADD, may.CAPTURED_PRIVATE, may.CAPTURED_CONFIRM, may.DOCUMENT_VIEW,
    may.DOCUMENT_VOID, "platform.file.upload",
)  # fmt: skip
MINE, THEIRS = Subject("specimen", 17), Subject("specimen", 18)


@pytest.fixture(autouse=True)
def scopes(monkeypatch):
    """Those who do not see everything see specimen 17 only."""
    monkeypatch.setattr(subjects, "_SCOPES", {"specimen": lambda actor: [17]})


@pytest.fixture
def officer():
    return client_for(make_user("officer", permissions=EVERY, scope="own"))


@pytest.fixture
def manager():
    return client_for(make_user("manager", permissions=EVERY, scope="all"))


def captured(subject, image=None, kind="id_front"):
    actor = system_actor("test")
    with act(actor):
        file_id = file_save(content=jpeg(image or Image.new("RGB", (90, 60))), name="照片.jpg", actor=actor).pk
        view = captured_document_add(actor=actor, subject=subject, kind=kind, file_id=file_id)
    return view.document_id


def readable(document_id):
    fields = {
        "id_no": {"value": specimens.ID_NO, "confidence": 0.97, "is_valid": True},
        "name": {"value": "钱样例", "confidence": 0.6, "is_valid": True},
        "price_fen": {"value": 19967500, "confidence": 0.99, "is_valid": True},
    }
    rows = CapturedDocument.objects.filter(pk=document_id)
    rows.update(state=CapturedState.NEEDS_REVIEW, fields=fields, doubtful=["name"])
    return document_id


def issued(subject, *, is_sealed=False):
    entity, actor = make_entity(), system_actor("test")
    with act(actor):
        view = document_render(
            actor=actor,
            template="car_loan_contract",
            data=contract_data(),
            subject=subject,
            legal_entity_id=entity.pk,
            title="合同",
        )
        if is_sealed:
            document_seal(document_id=view.document_id, legal_entity_id=entity.pk)
    return view


def upload(client, content, name="photo.jpg"):
    answer = client.raw.post("/api/v1/files", {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 200, answer.content
    return answer.json()["file_id"]


def test_add_a_picture(officer):
    file_id = upload(officer, jpeg(specimens.bank_card()))
    data = {"subject_type": "specimen", "subject_id": 17, "kind": "bank_card", "file_id": file_id}
    status, body = officer.command("captured_document_add", data)
    assert (status, body["state"], body["kind"]) == (200, "queued", "bank_card")
    assert body["actions"] == ["captured_document_read_again"]


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"subject_id": 18}, 404),
        ({"subject_type": "loan"}, 404),
        ({"kind": "passport"}, 422),
        ({"file_id": 10**9}, 404),
    ],
)
def test_refused_additions(officer, change, status):
    file_id = upload(officer, jpeg(Image.new("RGB", (60, 60))))
    data = {"subject_type": "specimen", "subject_id": 17, "kind": "bank_card", "file_id": file_id} | change
    assert officer.command("captured_document_add", data)[0] == status
    assert CapturedDocument.objects.count() == 0


def test_someone_elses_upload_cannot_be_attached(officer, manager):
    file_id = upload(manager, jpeg(Image.new("RGB", (60, 60))))
    data = {"subject_type": "specimen", "subject_id": 17, "kind": "bank_card", "file_id": file_id}
    assert officer.command("captured_document_add", data)[0] == 404
    assert CapturedDocument.objects.count() == 0


def test_personal_values_are_masked_and_full_only_on_the_logged_route(officer):
    number = readable(captured(MINE))
    _, body = officer.get(f"/captured-documents/{number}")
    shown = {field["name"]: (field["value"], field["is_doubtful"]) for field in body["fields"]}
    assert shown == {
        "id_no": ("9999**********1161", False),
        "name": ("钱**", True),
        "price": ("199675.00", False),
    }
    before = OperationLog.objects.count()
    _, full = officer.get(f"/captured-documents/{number}/private")
    assert [field["value"] for field in full["fields"]] == [specimens.ID_NO, "钱样例", "199675.00"]
    log = OperationLog.objects.latest("pk")
    assert OperationLog.objects.count() == before + 1
    assert (log.operation, log.changes[0]["id"]) == ("captured_document_private", str(number))
    assert specimens.ID_NO not in json.dumps(log.changes)


def test_confirm_over_http(officer):
    number = readable(captured(MINE))
    status, body = officer.command("captured_document_confirm", {"document_id": number, "values": {"name": "钱样本"}})
    assert (status, body["state"]) == (200, "confirmed")
    log = OperationLog.objects.filter(operation="captured_document_confirm").latest("pk")
    assert "钱样本" not in json.dumps(log.changes, ensure_ascii=False)


ROUTES = ["", "/private", "/file", "/thumbnail"]


@pytest.mark.parametrize("route", ROUTES)
def test_out_of_scope_is_not_found(officer, manager, route):
    number = captured(THEIRS)
    assert officer.get(f"/captured-documents/{number}{route}")[0] == 404
    assert manager.get(f"/captured-documents/{number}{route}")[0] == 200


def test_commands_out_of_scope_change_nothing(officer):
    number = readable(captured(THEIRS))
    values = {"document_id": number, "values": {"name": "他人"}}
    assert officer.command("captured_document_confirm", values)[0] == 404
    assert officer.command("captured_document_read_again", {"document_id": number})[0] == 404
    assert CapturedDocument.objects.get(pk=number).state == CapturedState.NEEDS_REVIEW


def test_lists_show_what_is_in_scope(officer, manager):
    captured(MINE), captured(THEIRS), issued(MINE), issued(THEIRS)
    for name in ("captured_documents", "documents"):
        assert officer.get(f"/lists/{name}")[1]["total"] == 1
        assert manager.get(f"/lists/{name}")[1]["total"] == 2
        assert officer.get(f"/lists/{name}/meta")[0] == 200
    assert len(officer.get("/captured-documents", subject_type="specimen", subject_id=17)[1]) == 1
    assert officer.get("/captured-documents", subject_type="specimen", subject_id=18)[1] == []
    assert officer.get("/documents", subject_type="specimen", subject_id=18)[1] == []


@pytest.mark.parametrize("permission", [may.CAPTURED_VIEW, may.DOCUMENT_VIEW])
def test_without_permission(permission):
    number, view = captured(MINE), issued(MINE)
    user = make_user("half", permissions={permission}, scope="all")
    answers = [
        client_for(user).get(f"/captured-documents/{number}/file")[0],
        client_for(user).get(f"/documents/{view.document_id}")[0],
        client_for(user).command("document_void", {"document_id": view.document_id, "reason": "试试"})[0],
        client_for().get(f"/documents/{view.document_id}/file")[0],
    ]
    assert answers == [403, 200 if permission == may.DOCUMENT_VIEW else 403, 403, 401]


def test_the_original_and_its_thumbnail(officer):
    number = captured(MINE, specimens.bank_card())
    _, original = officer.get(f"/captured-documents/{number}/file", download="true")
    assert original["Content-Type"] == "image/jpeg"
    assert original["Content-Disposition"].startswith("attachment; filename*=UTF-8''%E7%85%A7%E7%89%87")
    assert "sandbox" in original["Content-Security-Policy"]
    assert OperationLog.objects.latest("pk").operation == "captured_document_file"
    _, small = officer.get(f"/captured-documents/{number}/thumbnail")
    assert max(Image.open(io.BytesIO(small.content)).size) == 240


def test_a_document_with_its_evidence(officer):
    view = issued(MINE, is_sealed=True)
    _, body = officer.get(f"/documents/{view.document_id}")
    assert (body["state"], body["open_roles"]) == ("sealed", ["borrower"])
    assert [act["act"] for act in body["evidence"]] == ["rendered", "sealed"]
    assert body["actions"] == ["document_void"]
    _, paper = officer.get(f"/documents/{view.document_id}/file")
    assert (paper["Content-Type"], paper.content) == ("application/pdf", document_content(view.document_id))


def test_void_over_http(officer):
    view = issued(MINE)
    status, body = officer.command("document_void", {"document_id": view.document_id, "reason": "金额有误"})
    assert (status, body["state"], body["actions"]) == (200, "void", [])
    assert officer.command("document_void", {"document_id": view.document_id, "reason": "再次"})[0] == 409
    other = issued(THEIRS)
    assert officer.command("document_void", {"document_id": other.document_id, "reason": "越权"})[0] == 404
    assert Document.objects.get(pk=other.document_id).state == "draft"


def verify(content, name="contract.pdf", language="zh-CN"):
    client = client_for(language=language).raw
    answer = client.post("/api/v1/documents/verify", {"file": SimpleUploadedFile(name, content)})
    return answer.status_code, answer.json()


def test_anyone_may_verify():
    sealed = document_content(issued(MINE, is_sealed=True).document_id)
    status, body = verify(sealed)
    assert (status, body["is_intact"], body["findings"]) == (200, True, [])
    assert body["signatures"][0]["signer"] == "车轴汽车金融有限公司"
    assert body["registered"]["state"] == "sealed"
    broken = sealed.replace(b"/MediaBox", b"/MediaBux", 1)
    status, body = verify(broken, language="en-US")
    assert (status, body["is_intact"], body["registered"]) == (200, False, None)
    assert all(finding["message"] != f"verification/{finding['code']}" for finding in body["findings"])


@pytest.mark.parametrize("content", [b"hello", jpeg(Image.new("RGB", (30, 30)))])
def test_only_pdfs_are_verified(content):
    status, body = verify(content)
    assert (status, body["code"]) == (422, "upload_refused")


def test_verification_is_limited_by_address():
    for _ in range(20):
        assert verify(b"hello")[0] == 422
    assert verify(b"hello")[0] == 429
