"""The data sources over the real wire: every vendor's signature, every way in which a source can fail."""

import threading
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from axle.integrations.public import data_sources_sandbox
from axle.integrations.testing import SandboxProcess
from axle.kernel.money import Fen
from axle.platform.public import Subject, business_date_set
from axle.platform.testing import make_actor
from axle.sources import ports
from axle.sources.domain.breaker import OPENS_AFTER, REST
from axle.sources.domain.catalogue import SOURCES
from axle.sources.domain.source import Stage
from axle.sources.errors import SourceNoticeRefused
from axle.sources.models import DataSource, Enquiry, SourceCall
from axle.sources.public import (
    CallsOut,
    CaseScope,
    Consenting,
    CourtAnswer,
    CreditFigures,
    Outcome,
    Particulars,
    Purpose,
    answers_of,
    calls_write,
    consents_keep,
    enquiry_open,
)
from axle.sources.services.answer_take import answer_take

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
_serial = iter(range(1, 10_000))


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Tests tell enough."""


class Mailbox:
    """Where the sources call back."""

    url: str

    def __init__(self) -> None:
        self.letters: list[tuple[dict[str, str], bytes]] = []

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        names = ("Timestamp", "Nonce", "Signature")
        self.letters.append(({f"X-{name}": environ[f"HTTP_X_{name.upper()}"] for name in names}, body))
        start_response("200 OK", [("Content-Length", "0")])
        return [b""]


@pytest.fixture(scope="module")
def mailbox() -> Iterator[Mailbox]:
    box = Mailbox()
    with make_server("127.0.0.1", 0, box, handler_class=_Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        box.url = f"http://127.0.0.1:{server.server_port}"
        yield box
        server.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def connected(sandbox: SandboxProcess, mailbox: Mailbox, db: None) -> Iterator[None]:
    """Every source is connected to the sandbox and in use."""
    before = dict(ports._installed)
    ports.source_adapters_install(data_sources_sandbox(sandbox_url=sandbox.url, own_url=mailbox.url, keys=sandbox.keys))
    sandbox.tell("source/reset")
    mailbox.letters.clear()
    business_date_set(TODAY)
    for code in SOURCES:
        DataSource.objects.update_or_create(code=code, defaults={"is_on": True, "failures": 0, "opened_at": None})
    yield
    ports.source_adapters_install(before)


def case(**more: Any) -> Particulars:
    """A person and a car of their own."""
    serial = next(_serial)
    told = {
        "name": "张伟", "id_no": f"33010619880301{serial % 900:03d}{serial // 900}", "phone": f"138{serial:08d}",
        "card_no": f"62220200{serial:08d}", "employer": "杭州某科技有限公司", "address": "演示市云栖路1号",
        "employer_phone": "0571-88880000", "employer_address": "演示市文三路9号",
        "vin": f"LSVAA4182E2{serial:06d}", "plate_no": "浙A12345", "first_registered_on": date(2022, 5, 1),
        "mileage_km": 90_000, "price": Fen(15_000_000), "region_code": "330106", "vehicle_class": "passenger",
        "invoice_no": f"{serial:020d}", "invoiced_on": "2026-11-20", "invoice_total": Fen(15_000_000),
        "invoice_vin": f"LSVAA4182E2{serial:06d}", "device_token": f"token-{serial}", "ip": "10.1.2.3",
        "operation": "ride_hailing", "permit_kind": "ride_hailing", "platform_kind": "ride_hailing",
        "make": "大众", "series": "朗逸", "model_year": 2022, "traction": "electric",
    }  # fmt: skip
    return Particulars(**(told | more))


def consent(person: Particulars, *purposes: Purpose, until: date = date(2027, 1, 1)) -> None:
    given = Consenting(person.id_no, person.name, Subject("application", next(_serial)), "AP1", TODAY, until, 7)
    consents_keep(actor=make_actor(), given=given, purposes=purposes or list(Purpose), scope=CaseScope())


def asked(person: Particulars, number: int | None = None) -> tuple[int, Any]:
    """A whole enquiry; gives the case's key and the answers."""
    number = number or next(_serial)
    subject = Subject("application", number)
    enquiry = enquiry_open(
        subject=subject, subject_no=f"AP{number}", round=1, case=person, asked_by="tester", scope=CaseScope()
    )
    out = CallsOut(enquiry)
    for stage in Stage:
        out.leave(calls_write(enquiry, [stage]))
        out.hear()
    return number, answers_of(subject, round=1)


def later(**passed: float) -> Any:
    """As if some time had passed; the business date stays."""
    return time_machine.travel(timezone.now() + timedelta(**passed), tick=True)


def call_of(number: int, source: str) -> Any:
    return SourceCall.objects.get(enquiry__subject_id=number, source__code=source)


def settle(sandbox: SandboxProcess, mailbox: Mailbox) -> None:
    """Let what other tests left due be delivered and forgotten."""
    sandbox.run()
    mailbox.letters.clear()


def outcomes(answers: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    return {code: (str(one.outcome), one.reason) for code, one in answers.items()}


def test_all_sources_answer_and_every_call_is_on_record():
    person = case()
    consent(person)

    number, answers = asked(person)

    nothing = {code for code, one in answers.items() if one.outcome is Outcome.NO_RECORD}
    assert set(answers) == set(SOURCES)
    assert {code for code, one in answers.items() if one.outcome is Outcome.HIT} == set(SOURCES) - nothing
    assert "industry_list" in nothing
    assert nothing <= {"court", "lending", "industry_list"}
    assert all(isinstance(one.answer, SOURCES[code].answer) for code, one in answers.items() if code not in nothing)
    calls = {call.source_id: call for call in SourceCall.objects.filter(enquiry__subject_id=number)}
    for code, call in calls.items():
        charged = code not in nothing or SOURCES[code].billing == "answer"
        assert (call.attempts, call.price) == (1, SOURCES[code].price if charged else 0)
        assert (call.consent_id is not None) == (SOURCES[code].purpose is not None)


def test_raw_answers_are_encrypted_and_answers_name_nobody():
    person = case()
    consent(person)

    number, _ = asked(person)

    call = call_of(number, "credit_report")
    assert person.id_no in call.raw
    with connection.cursor() as cursor:
        cursor.execute("SELECT raw FROM sources_sourcecall WHERE id = %s", [call.pk])
        assert person.id_no.encode() not in bytes(cursor.fetchone()[0])
    stored = str(list(SourceCall.objects.values_list("answer", "question_index", "reason")))
    assert not [word for word in (person.id_no, person.phone, person.card_no, person.name) if word in stored]


FAILURES = {
    "error": ("failed", "http_error", 2),
    "busy": ("failed", "busy", 2),
    "malformed": ("failed", "answer_unreadable", None),
    "wrong_signature": ("failed", "signature_wrong", 2),
    "later": ("late", "comes_later", 1),
}


@pytest.mark.parametrize("behaviour", FAILURES)
def test_whatever_goes_wrong_is_no_answer(sandbox: SandboxProcess, behaviour: str):
    person = case()
    consent(person)
    sandbox.tell("source", behaviour=behaviour)

    number, answers = asked(person)

    outcome, reason, attempts = FAILURES[behaviour]
    assert set(outcomes(answers).values()) == {(outcome, reason)}
    assert len(answers) == len(SOURCES)
    assert all(one.answer is None for one in answers.values())
    calls = SourceCall.objects.filter(enquiry__subject_id=number)
    assert set(calls.values_list("price", flat=True)) == {0}
    assert attempts is None or set(calls.values_list("attempts", flat=True)) == {attempts}


def test_a_slow_source_holds_up_nobody_for_longer_than_its_deadline(sandbox: SandboxProcess, monkeypatch):
    monkeypatch.setitem(SOURCES, "court", _hasty("court", 150))
    sandbox.tell("source", behaviour="silent", party="court", delay_seconds=5)

    begun = timezone.now()
    _, answers = asked(case())

    assert outcomes(answers)["court"] == ("late", "deadline")
    assert outcomes(answers)["identity"] == ("hit", "")
    assert (timezone.now() - begun).total_seconds() < 3


def _hasty(code: str, deadline_ms: int) -> Any:
    source = SOURCES[code]
    return type(source)(**{**vars(source), "deadline_ms": deadline_ms})


def test_a_source_that_recovers_is_asked_again_under_the_same_number_and_bills_once(sandbox: SandboxProcess):
    sandbox.tell("source", behaviour="error", party="identity", times=1)

    number, _ = asked(case())

    call = call_of(number, "identity")
    assert (call.outcome, call.attempts, call.price) == ("hit", 2, SOURCES["identity"].price)
    (seen,) = [row for row in sandbox.look("source/requests") if row["request_no"] == call.call_no]
    assert seen["times"] == 2


def test_without_consent_no_call_leaves(sandbox: SandboxProcess):
    person = case()
    consent(person, Purpose.LENDING_DATA, until=TODAY)

    number, answers = asked(person)

    assert outcomes(answers)["credit_report"] == ("no_consent", "credit_report")
    assert outcomes(answers)["device"] == ("no_consent", "device_data")
    assert answers["lending"].outcome.is_answer
    left = {row["request_no"] for row in sandbox.look("source/requests")}
    call = call_of(number, "credit_report")
    assert (call.call_no in left, call.attempts) == (False, 0)


def test_a_source_does_not_apply_to_a_case_that_lacks_what_it_needs():
    of_person = {
        "identity", "phone", "card", "court", "lending", "licence", "credit_report", "industry_list", "phone_bills",
        "social_insurance", "income_tax",
    }  # fmt: skip
    of_work = {"permits", "work_platform"}
    nothing = {"vin": "", "plate_no": "", "employer": "", "device_token": "", "invoice_no": "", "address": ""}

    _, answers = asked(case(**nothing))
    assert set(answers) == of_person | of_work
    _, answers = asked(case(**nothing, operation="", permit_kind="", platform_kind=""))
    assert set(answers) == of_person
    _, answers = asked(case(traction="", permit_kind="", platform_kind=""))
    assert set(SOURCES) - set(answers) == of_work | {"battery"}


def test_an_answer_serves_again_while_it_is_young_and_costs_nothing(sandbox: SandboxProcess):
    person = case()
    consent(person)
    first, _ = asked(person)

    second, again = asked(person)

    calls: dict[str, Any] = {call.source_id: call for call in SourceCall.objects.filter(enquiry__subject_id=second)}
    assert {call.cached_from.enquiry.subject_id for call in calls.values()} == {first}
    assert {call.price for call in calls.values()} == {0}
    assert isinstance(again["credit_report"].answer, CreditFigures)
    with later(days=8):
        third, _ = asked(person)
    anew = SourceCall.objects.filter(enquiry__subject_id=third, cached_from__isnull=True)
    assert {str(code) for code in anew.values_list("source", flat=True)} == {
        "court", "lending", "device", "invoice", "telematics", "industry_list",
    }  # fmt: skip


def test_another_persons_report_is_no_answer(monkeypatch):
    person, other = case(), case()
    consent(person)
    adapter = ports.source_adapter("credit_report")
    words = adapter.worded
    monkeypatch.setattr(adapter, "worded", lambda question: words(question) | {"certNo": other.id_no})

    _, answers = asked(person)

    assert outcomes(answers)["credit_report"] == ("failed", "another_person")


def test_an_enquiry_goes_on_after_a_crash_under_the_same_numbers(sandbox: SandboxProcess):
    person = case()
    number, _ = asked(person)
    SourceCall.objects.filter(enquiry__subject_id=number, source__code="court").update(outcome="", ended_at=None)
    before = set(SourceCall.objects.values_list("call_no", flat=True))

    _, answers = asked(person, number)

    assert answers["court"].outcome.is_answer
    assert set(SourceCall.objects.values_list("call_no", flat=True)) == before
    assert Enquiry.objects.filter(subject_id=number).count() == 1


def test_a_late_answer_is_kept_once_and_serves_the_next_enquiry(sandbox: SandboxProcess, mailbox: Mailbox):
    person = case()
    settle(sandbox, mailbox)
    sandbox.tell("source/plant", subject=person.id_no, traits=["sued"])
    sandbox.tell("source", behaviour="later_twice", party="court", times=1)
    first, answers = asked(person)
    assert outcomes(answers)["court"] == ("late", "comes_later")

    assert sandbox.run()["delivered"] == 1
    taken = [answer_take(code="court", headers=headers, body=body) for headers, body in mailbox.letters]

    assert taken == [True, False]
    call = call_of(first, "court")
    assert (call.outcome, call.answer["lawsuits"], call.price) == ("late", 1, SOURCES["court"].price)
    assert answers_of(Subject("application", first), round=1).hit("court", CourtAnswer) is None
    _, later = asked(person)
    assert later.hit("court", CourtAnswer).loan_lawsuits == 1


def test_a_forged_or_strange_call_back_is_refused(sandbox: SandboxProcess, mailbox: Mailbox):
    settle(sandbox, mailbox)
    sandbox.tell("source", behaviour="later_forged", party="court", times=1)
    number, _ = asked(case())
    sandbox.run()
    (headers, body), *_ = mailbox.letters

    with pytest.raises(SourceNoticeRefused):
        answer_take(code="court", headers=headers, body=body)
    call = call_of(number, "court")
    assert (call.answer, call.raw, call.late_at) == (None, None, None)


def test_a_source_that_keeps_failing_is_left_alone_and_then_tried_by_one(sandbox: SandboxProcess):
    sandbox.tell("source", behaviour="error", party="identity")
    for _ in range(OPENS_AFTER):
        asked(case(vin="", employer="", device_token=""))
    _, answers = asked(case())
    assert outcomes(answers)["identity"] == ("refused_by_breaker", "breaker_open")
    assert outcomes(answers)["phone"] == ("hit", "")

    sandbox.tell("source/reset")
    with later(seconds=REST.total_seconds() + 1):
        _, answers = asked(case())
    assert outcomes(answers)["identity"] == ("hit", "")
    row = DataSource.objects.get(code="identity")
    assert (row.failures, row.opened_at) == (0, None)


PLANTED = {
    "identity_differs": ("identity", "identity", "differ"),
    "phone_differs": ("phone", "identity", "differ"),
    "phone_virtual": ("phone", "is_virtual", True),
    "card_differs": ("card", "identity", "differ"),
    "dishonest": ("court", "dishonest", 1),
    "restricted": ("court", "restricted", 1),
    "overdue_elsewhere": ("lending", "overdue_days", 60),
    "bureau_overdue": ("credit_report", "overdue_now_fen", 280_000),
    "bureau_bad_debt": ("credit_report", "bad_debt_accounts", 1),
    "bureau_guarantor_paid": ("credit_report", "guarantor_paid", 1),
    "bureau_searched": ("credit_report", "searches_3m", 12),
    "car_mortgaged": ("vehicle_history", "is_mortgaged", True),
    "car_flooded": ("vehicle_history", "is_flooded", True),
    "criminal_fraud": ("court", "criminal_kind", "economic"),
    "hearing_soon": ("court", "hearing_on", date(2026, 12, 11)),
    "bureau_penalised": ("credit_report", "penalties", 1),
    "bureau_microloans": ("credit_report", "micro_loans", 4),
    "licence_suspended": ("licence", "licence", "suspended"),
    "licence_of_another": ("licence", "identity", "differ"),
    "car_scrapped": ("registration", "registry", "scrapped"),
    "car_detours": ("telematics", "detour_nights", 9),
    "car_at_yard": ("telematics", "yard_nights", 4),
    "car_passed_on": ("registration", "owner_changes_12m", 3),
    "address_high_risk": ("address", "is_high_risk", True),
    "address_vague": ("address", "precision", "district"),
    "address_elsewhere": ("address", "region_code", "650100"),
    "phone_unused": ("phone_bills", "bill_average_fen", 800),
    "employer_elsewhere": ("employer_contact", "contact_phone", "differ"),
    "social_alone": ("social_insurance", "insured_as", "flexible"),
    "social_lapsed": ("social_insurance", "insured_until", date(2026, 2, 1)),
    "wage_low": ("social_insurance", "base_fen", 738_420),
    "paid_by_another": ("income_tax", "wage_payer", "differ"),
    "invoice_void": ("invoice", "invoice", "void"),
    "invoice_differs": ("invoice", "agrees", False),
    "car_turned_back": ("vehicle_history", "is_mileage_turned_back", True),
    "industry_listed": ("industry_list", "listing", "black"),
    "permits_expired": ("permits", "driver", "expired"),
    "fleet_large": ("permits", "vehicles", 9),
    "platform_rated_low": ("work_platform", "rating", 41),
    "battery_worn": ("battery", "health_rate", Decimal("0.64")),
    "car_other_model": ("valuation_a", "decoded", "differ"),
    "car_discontinued": ("valuation_a", "is_discontinued", True),
    "car_hard_to_sell": ("valuation_a", "sale_days", 190),
    "car_claimed_often": ("insurance", "claims_12m", 5),
    "car_covered_little": ("insurance", "third_party_fen", 50_000_000),
}


def test_planted_people_and_cars_show_in_the_answers(sandbox: SandboxProcess):
    person = case()
    consent(person)
    for subject in (person.id_no, person.vin, person.address, person.invoice_no, person.employer):
        sandbox.tell("source/plant", subject=subject, traits=list(PLANTED))

    _, answers = asked(person)

    told = {name: getattr(answers[source].answer, field) for name, (source, field, _) in PLANTED.items()}
    assert told == {name: expected for name, (*_, expected) in PLANTED.items()}


def test_a_number_can_name_a_trait():
    white, namesake = case(id_no="330106198803019191"), case(id_no="330106198803019111")
    consent(white)

    assert asked(white)[1].hit("credit_report", CreditFigures).is_white is True
    assert asked(namesake)[1].hit("court", CourtAnswer).certainty == "low"
