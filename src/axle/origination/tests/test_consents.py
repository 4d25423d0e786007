"""Consents at intake: the letter on the phone, the paper, a partner's reference, and what lacks them."""

import base64
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from axle.documents.public import document_get
from axle.kernel.errors import AxleError
from axle.origination import permissions as may
from axle.origination.domain.form import ApplicationForm
from axle.origination.errors import (
    ApplicationIncomplete,
    ConsentAlreadyGiven,
    ConsentMissing,
    ConsentNotPartners,
    SigningLinkInvalid,
)
from axle.origination.jobs import stamp_letter
from axle.origination.models import Application, ConsentLetter, SigningSession
from axle.origination.services.application_save_draft import application_save_draft
from axle.origination.services.application_submit import application_submit
from axle.origination.services.consent_letter_send import consent_letter_send
from axle.origination.services.consent_standing import consent_standing
from axle.origination.services.consents_take import consent_tell
from axle.origination.services.signing_open import signing_open
from axle.origination.tests import papers
from axle.origination.tests.world import TODAY, World, capture
from axle.platform.public import system_actor
from axle.platform.testing import act, client_for, make_user
from axle.sources.public import consents_held, consents_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("signing")]


@pytest.fixture(autouse=True)
def sources_on(world: World) -> None:
    """Two sources are in use: one needs a consent, the other does not."""
    apps.get_model("sources.DataSource").objects.filter(code__in=["lending", "identity"]).update(is_on=True)


def send(world: World, application: Application) -> SigningSession:
    with act(world.person("manager")) as manager:
        return consent_letter_send(actor=manager, application_id=application.pk)


def submit(world: World, application: Application) -> Application:
    with act(world.person("manager")) as manager:
        return application_submit(actor=manager, application_id=application.pk)


def refused(error: type[AxleError], world: World, application: Application) -> AxleError:
    """The submission is refused and changes nothing."""
    with pytest.raises(error) as found:
        submit(world, application)
    application.refresh_from_db()
    assert (application.state, application.round) == ("draft", 0)
    return found.value


def standing(application: Application) -> str:
    application.refresh_from_db()
    return str(consent_standing(application).standing)


def on_the_phone() -> tuple[Client, dict[str, Any]]:
    """The phone that opened the link which was texted last, and what it was asked to sign."""
    phone = Client()
    opened = phone.post("/api/v1/signing", {"token": papers.token_sent()}, content_type="application/json")
    assert opened.status_code == 200, opened.content
    return phone, opened.json()["letter"]


def do(phone: Client, command: str, **data: Any) -> Any:
    return phone.post(f"/api/v1/commands/{command}", data, content_type="application/json")


def sign(phone: Client, letter_id: int, **changes: Any) -> Any:
    assert do(phone, "consent_code_send", letter_id=letter_id).status_code == 200
    picture = base64.b64encode(papers.signature_png()).decode()
    said = {"letter_id": letter_id, "code": papers.code_sent(), "signature_png": picture, "read_seconds": 30}
    return do(phone, "consent_letter_sign", **(said | changes))


DEVICE = {
    "is_agreed": True, "token": "web-12345678", "traces": [], "utc_offset_minutes": 480, "time_zone": "Asia/Shanghai",
    "language": "zh-CN",
}  # fmt: skip


def test_the_applicant_reads_signs_and_takes_back_the_letter_on_the_phone(world: World):
    draft = world.draft()
    assert standing(draft) == "not_sent"
    error = refused(ConsentMissing, world, draft)
    assert (error.field, error.params["count"]) == ("consent", 1)
    send(world, draft)
    assert (standing(draft), "/me#/sign/" in consent_standing(draft).link) == ("sent", True)

    phone, asked = on_the_phone()
    letter = ConsentLetter.objects.get()
    assert (asked["letter_id"], asked["application_no"]) == (letter.pk, draft.application_no)
    assert standing(draft) == "opened"
    pdf = phone.get(f"/api/v1/consent-letters/{letter.pk}/file")
    assert (pdf.status_code, b"".join(pdf)[:5]) == (200, b"%PDF-")
    assert phone.get(f"/api/v1/applications/{draft.pk}/consent").status_code == 403
    assert sign(phone, letter.pk, read_seconds=3).json()["code"] == "contract_not_read"
    wrong = "000000" if papers.code_sent() != "000000" else "111111"
    assert do(phone, "consent_letter_sign", letter_id=letter.pk, code=wrong, signature_png="QQ==", read_seconds=30)
    assert consents_held(world.form()["customer"]["id_no"], on=TODAY) == {}
    said = {"letter_id": letter.pk, "code": papers.code_sent(), "read_seconds": 30, "device": DEVICE}
    picture = base64.b64encode(papers.signature_png()).decode()
    assert do(phone, "consent_letter_sign", signature_png=picture, **said).status_code == 200

    letter.refresh_from_db()
    evidence = letter.sessions.get().evidence
    named = ("consent_letter_no", "document_sha256", "will_confirmed_by", "ip")
    assert tuple(evidence[name] for name in named) == (
        letter.letter_no, letter.document_sha256, "sms_code", "127.0.0.1",
    )  # fmt: skip
    document = document_get(letter.document_id or 0)
    assert (document.template, document.state, document.open_roles) == ("consent_letter", "signed", ())
    assert document.sha256 == letter.signed_sha256 != letter.document_sha256
    assert {str(held.purpose) for held in consents_of("consent_letter", [letter.pk])[letter.pk]} == {
        "credit_report", "lending_data", "device_data", "social_insurance", "income_tax",
            "phone_bills",
    }  # fmt: skip
    assert standing(draft) == "signed"
    draft.refresh_from_db()
    assert (draft.device_token, draft.device_sessions.count()) == (DEVICE["token"], 1)
    assert do(phone, "consent_letter_sign", signature_png=picture, **said).json()["code"] == "state_refused"
    with pytest.raises(ConsentAlreadyGiven):
        send(world, draft)

    (own,) = phone.get("/api/v1/me/consent-letters").json()["items"]
    assert (own["consent_letter_no"], own["actions"]) == (letter.letter_no, ["consent_letter_withdraw"])
    assert do(phone, "consent_letter_withdraw", letter_id=letter.pk).status_code == 200
    assert standing(draft) == "withdrawn"
    draft.refresh_from_db()
    assert (draft.device_token, draft.device_ip, draft.device_sessions.count()) == ("", None, 0)
    refused(ConsentMissing, world, draft)
    assert phone.get("/api/v1/me/consent-letters").json()["items"][0]["actions"] == []


def test_a_signed_letter_lets_the_application_go(world: World):
    draft = world.draft()
    send(world, draft)
    phone, asked = on_the_phone()
    assert sign(phone, asked["letter_id"], device=DEVICE).status_code == 200

    sent = submit(world, draft)
    assert (sent.state, sent.device_token, sent.device_ip) == ("submitted", "web-12345678", "127.0.0.1")


def test_sending_again_ends_the_earlier_link_and_another_person_gets_another_letter(world: World):
    draft = world.draft()
    send(world, draft)
    first = papers.token_sent()
    send(world, draft)
    with pytest.raises(SigningLinkInvalid):
        signing_open(token=first)
    assert ConsentLetter.objects.get().sessions.count() == 2

    changed = ApplicationForm.model_validate(world.form(customer__phone="13800009999"))
    with act(world.person("manager")) as manager:
        application_save_draft(actor=manager, form=changed, application_id=draft.pk)
    send(world, draft)
    earlier, later = ConsentLetter.objects.order_by("pk")
    assert (earlier.state, later.phone, document_get(earlier.document_id or 0).state) == (
        "voided",
        "13800009999",
        "void",
    )
    SigningSession.objects.update(expires_at=later.created_at)
    assert standing(draft) == "expired"


def test_a_letter_needs_a_person_and_a_phone(world: World):
    draft = world.draft(customer__phone="123", customer__name=None)
    with pytest.raises(ApplicationIncomplete) as found:
        send(world, draft)
    assert [error["loc"] for error in found.value.params["errors"]] == [("customer", "name"), ("customer", "phone")]
    assert not ConsentLetter.objects.exists()


def test_a_paper_letter_a_partners_reference_and_an_institution_that_asks_for_none(world: World):
    on_paper, told, free = (world.draft(serial=serial) for serial in (1, 2, 3))
    capture(on_paper, world.form(), "consent_letter")
    assert standing(on_paper) == "captured"
    assert (submit(world, on_paper).state, standing(on_paper)) == ("submitted", "held")

    with pytest.raises(ConsentNotPartners), act(world.person("manager")) as manager:
        consent_tell(actor=manager, application_id=told.pk, version=None, reference="P-77")
    partner = system_actor("partner")
    with act(partner):
        consent_tell(actor=partner, application_id=told.pk, version=None, reference="P-77")
    assert (standing(told), submit(world, told).state) == ("held", "submitted")
    assert {row.reference for row in consents_of("application", [told.pk])[told.pk]} == {"P-77"}

    refused(ConsentMissing, world, free)
    apps.get_model("sources.DataSource").objects.update(is_on=False)
    assert (standing(free), submit(world, free).state) == ("not_needed", "approved")


def test_while_the_time_stamp_authority_is_away_the_consents_hold_and_a_job_stamps(world: World, settings: Any):
    draft = world.draft()
    send(world, draft)
    phone, asked = on_the_phone()
    url, settings.AXLE_TSA_URL = settings.AXLE_TSA_URL, "http://127.0.0.1:9"
    assert sign(phone, asked["letter_id"]).status_code == 200
    letter = ConsentLetter.objects.get()
    assert (letter.state, letter.signed_sha256, standing(draft)) == ("signed", "", "signed")
    settings.AXLE_TSA_URL = url
    stamp_letter(letter_id=letter.pk)
    stamp_letter(letter_id=letter.pk)  # a job may come again
    letter.refresh_from_db()
    assert letter.signed_sha256 == document_get(letter.document_id or 0).sha256
    assert letter.sessions.get().signature_png is None


def test_only_whoever_types_may_send_and_see_the_link(world: World):
    draft = world.draft()
    editor = client_for(make_user("anna", permissions=(may.APPLICATION_VIEW, may.APPLICATION_EDIT)))
    reader = client_for(make_user("otto", permissions=(may.APPLICATION_VIEW,)))
    data = {"application_id": draft.pk, "version": draft.version}
    assert reader.command("consent_letter_send", data)[0] == 403
    assert editor.command("consent_letter_send", data)[0] == 200
    _, seen = editor.get(f"/applications/{draft.pk}/consent")
    assert (seen["consent_standing"], seen["consents_lacking"], seen["actions"]) == (
        "sent", ["lending_data"], ["consent_letter_send"],
    )  # fmt: skip
    assert papers.token_sent() in seen["link"]
    _, read = reader.get(f"/applications/{draft.pk}/consent")
    assert (read["link"], read["actions"]) == ("", [])
    stranger = client_for(make_user("fred", permissions=(may.APPLICATION_VIEW,), scope="channel", kind="dealer"))
    assert stranger.get(f"/applications/{draft.pk}/consent")[0] == 404
