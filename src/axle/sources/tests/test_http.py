"""Sources over HTTP: who may see and switch them, calls within scope, answers in words, consents withdrawn."""

from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from axle.kernel.money import Fen
from axle.platform.public import Subject, business_date_set, catalogue
from axle.platform.testing import ApiClient, client_for, make_actor, make_department, make_user
from axle.sources import ports
from axle.sources.checks import source_answers_of_reached_calls, source_calls_under_consent
from axle.sources.domain.answers import IdentityAnswer, ValuationAnswer
from axle.sources.domain.answers_json import answer_from_json, answer_to_json
from axle.sources.domain.catalogue import SOURCES
from axle.sources.domain.source import Outcome, Purpose
from axle.sources.models import Consent, DataSource, Enquiry, SourceCall
from axle.sources.permissions import CALL_VIEW, CONSENT_MANAGE, CONSENT_VIEW, SOURCE_SWITCH, SOURCE_VIEW
from axle.sources.services.consent_keep import CaseScope, Consenting, consents_keep

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def rows(db: None) -> None:
    business_date_set(TODAY)
    for code in SOURCES:
        DataSource.objects.get_or_create(code=code)


@pytest.fixture
def analyst() -> ApiClient:
    may = (SOURCE_VIEW, SOURCE_SWITCH, CALL_VIEW, CONSENT_VIEW, CONSENT_MANAGE)
    return client_for(make_user("analyst", permissions=may))


def call(number: int, source: str, outcome: Outcome, *, department: Any = None, **more: Any) -> SourceCall:
    enquiry, _ = Enquiry.objects.get_or_create(
        subject_type="application", subject_id=number, round=1,
        defaults={"subject_no": f"AP{number}", "asked_by": "gu", "department": department, "particulars": {}},
    )  # fmt: skip
    told = {"attempts": 1, "duration_ms": 100, "business_on": TODAY, "basis": "contract", "question_index": "x"}
    return SourceCall.objects.create(
        call_no=f"SC{number}{source}", enquiry=enquiry, source_id=source, outcome=outcome, **(told | more)
    )


IDENTITY = answer_to_json("identity", IdentityAnswer(identity="match", photo_score=871))


def test_the_page_of_sources_shows_how_each_answered_this_month(analyst: ApiClient):
    for number, milliseconds in enumerate((100, 200, 900), 1):
        call(number, "identity", Outcome.HIT, answer=IDENTITY, price=50, duration_ms=milliseconds)
    call(4, "identity", Outcome.LATE, duration_ms=3000)
    call(5, "identity", Outcome.NO_RECORD, price=50)
    call(6, "identity", Outcome.HIT, answer=IDENTITY, attempts=0, duration_ms=0,
         cached_from=SourceCall.objects.order_by("pk").first())  # fmt: skip
    call(7, "identity", Outcome.HIT, answer=IDENTITY, price=50, business_on=date(2026, 10, 31))

    status, page = analyst.get("/lists/data_sources", page_size=100)

    assert (status, len(page["items"])) == (200, len(SOURCES))
    row = next(row for row in page["items"] if row["data_source"] == "identity")
    told = ("calls_asked", "calls_cached", "hit_rate", "calls_unanswered", "duration_p50_ms", "duration_p95_ms", "cost")
    assert [row[name] for name in told] == [5, 1, "0.6", 1, 200, 3000, "2.00"]
    assert (row["is_on"], row["breaker_state"]) == (False, "closed")
    narrow = client_for(make_user("narrow", permissions=[SOURCE_VIEW], scope="department"))
    assert narrow.get("/lists/data_sources")[1]["items"] == []
    assert narrow.get("/reports/source_costs", since="2026-10-01", until="2026-11-30")[1]["items"] == []
    report = analyst.get("/reports/source_costs", since="2026-10-01", until="2026-11-30")[1]
    assert [(one["month"], one["calls_asked"], one["cost"]) for one in report["items"]] == [
        ("2026-11", 5, "2.00"),
        ("2026-10", 1, "0.50"),
    ]


def test_a_source_is_switched_by_whoever_may(analyst: ApiClient):
    before = dict(ports._installed)
    ports.source_adapters_install({"identity": object()})  # type: ignore[dict-item]
    try:
        asked = {"data_source": "identity", "is_on": True, "note": "上线"}
        stranger = client_for(make_user("viewer", permissions=[SOURCE_VIEW]))
        narrow = client_for(make_user("narrow", permissions=[SOURCE_SWITCH], scope="department"))
        assert stranger.command("data_source_switch", asked)[0] == 403
        assert narrow.command("data_source_switch", asked)[0] == 403
        assert analyst.command("data_source_switch", asked | {"data_source": "nobody"})[0] == 422
        status, body = analyst.command("data_source_switch", asked | {"data_source": "phone"})
        assert (status, body["code"]) == (409, "source_not_connected")
        assert not DataSource.objects.filter(is_on=True).exists()

        status, body = analyst.command("data_source_switch", asked)
        assert (status, body) == (200, {"data_source": "identity", "is_on": True})
        row = DataSource.objects.get(is_on=True)
        assert (row.code, row.switched_by, row.note) == ("identity", "analyst", "上线")
    finally:
        ports.source_adapters_install(before)


def test_calls_and_answers_are_seen_within_scope_and_in_words():
    own, other = make_department("华东区"), make_department("华南区")
    call(1, "identity", Outcome.HIT, department=own, answer=IDENTITY, raw='{"xm": "张伟"}', price=50)
    call(1, "court", Outcome.FAILED, reason="signature_wrong")
    call(2, "identity", Outcome.HIT, department=other, answer=IDENTITY)
    user = make_user("manager", permissions=[CALL_VIEW], scope="department", department=own)

    seen = client_for(user).get("/lists/source_calls")[1]
    answers = client_for(user).get("/source-answers", subject_type="application", subject_id=1)[1]
    english = client_for(user, language="en-US").get("/source-answers", subject_type="application", subject_id=1)[1]

    assert {row["subject_no"] for row in seen["items"]} == {"AP1"}
    assert client_for(user).get("/source-answers", subject_type="application", subject_id=2)[1] == []
    assert [(one["data_source"], one["source_outcome"], one["reason"]) for one in answers] == [
        ("identity", "hit", ""),
        ("court", "failed", "应答验签不通过"),
    ]
    assert [(fact["label"], fact["value"]) for fact in answers[0]["facts"]] == [
        ("身份要素", "一致"),
        ("人像相似度", "871"),
    ]
    assert english[0]["facts"][0]["value"] == "match"
    assert "张伟" not in str(answers)


def test_every_field_of_every_answer_has_words():
    names = {field.name for source in SOURCES.values() for field in fields(source.answer)}

    assert [name for locale in ("zh-CN", "en-US") for name in names - set(catalogue(locale)["source_fact"])] == []


def test_an_answer_comes_back_as_it_was_kept():
    answer = ValuationAnswer(
        retail_fen=Fen(7_260_000), trade_fen=Fen(6_530_000), residual_12m_rate=Decimal("0.84"), certainty=92
    )

    assert answer_from_json("valuation_a", answer_to_json("valuation_a", answer)) == answer


def given(document_id: int = 7) -> list[Consent]:
    consenting = Consenting(
        "330106198803010011", "张伟", Subject("application", 1), "AP1", TODAY, date(2027, 2, 1), document_id
    )
    return consents_keep(actor=make_actor(), given=consenting, purposes=list(Purpose), scope=CaseScope())


def test_a_consent_is_kept_once_and_withdrawn_once(analyst: ApiClient):
    first, *_ = given()
    assert (len(Consent.objects.all()), given()) == (len(Purpose), [])

    asked = {"consent_id": first.pk, "reason": "本人来电撤回"}
    assert client_for(make_user("viewer", permissions=[CONSENT_VIEW])).command("consent_withdraw", asked)[0] == 403
    status, body = analyst.command("consent_withdraw", asked)
    assert (status, body) == (200, {"consent_no": first.consent_no, "withdrawn_on": "2026-11-22"})
    status, body = analyst.command("consent_withdraw", asked)
    assert (status, body["code"]) == (409, "consent_ended")
    shown = analyst.get("/lists/consents")[1]["items"]
    assert {row["person_name"] for row in shown} == {"张*"}


def test_the_check_finds_a_call_without_consent():
    (consent, *_) = given()
    good = {"basis": "consent", "purpose": consent.purpose, "consent": consent}
    call(1, "credit_report", Outcome.NO_RECORD, **good)
    assert broken() == []

    call(2, "credit_report", Outcome.NO_RECORD, **good | {"business_on": date(2027, 3, 1)})
    call(3, "credit_report", Outcome.NO_RECORD, **good | {"purpose": "device_data"})
    call(4, "identity", Outcome.HIT, answer=IDENTITY, price=50, attempts=0)

    assert broken() == [
        "call SC2credit_report left without a consent that held",
        "call SC3credit_report left without a consent that held",
        "call SC4identity was charged and never left",
    ]


def broken() -> list[str]:
    return [*source_calls_under_consent(), *source_answers_of_reached_calls()]
