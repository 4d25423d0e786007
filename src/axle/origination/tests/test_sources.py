"""Sources in the flow: asked by a worker in two stages, their answers decide, and no answer never approves."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from axle.decisioning.public import decisions_of, input_contract
from axle.kernel.money import Fen
from axle.origination.domain.form_behaviour import COURSE as COURSE_COUNTS
from axle.origination.domain.form_behaviour import behaviour_told, course_told
from axle.origination.jobs import ask_sources
from axle.origination.models import Application
from axle.origination.services.application_submit import application_submit
from axle.origination.services.behaviour_keep import BEHAVIOUR, COURSE
from axle.origination.services.device_session_keep import BROUGHT_OF_DEVICES
from axle.origination.services.document_signals import BROUGHT_OF_DOCUMENTS
from axle.origination.services.own_signals import BROUGHT_OF_CURVES, BROUGHT_OF_OURS
from axle.origination.services.source_signals import APPRAISED_AS, BROUGHT, NOT_BROUGHT
from axle.origination.services.sources_ask import sources_ask
from axle.origination.tests.answers import (
    ADDRESS,
    BATTERY,
    CARD,
    COMPANY,
    DISHONEST,
    GOOD_CREDIT,
    HISTORY,
    IDENTITY,
    INSURANCE,
    INVOICE,
    LENDING,
    LICENCE,
    PERMITS,
    PHONE,
    REGISTRATION,
    REPORT,
    VALUE,
    WORK,
)
from axle.origination.tests.world import DECISION_VIEW, TODAY, World, capture
from axle.platform.public import Subject, parameter_set, system_actor
from axle.platform.testing import act, make_actor, run_jobs
from axle.sources import ports
from axle.sources.public import credit_figures_read, source_switch
from axle.sources.services import enquiry_ask
from axle.sources.services.fan_out import FanOut
from axle.vehicle.public import vehicle_get

pytestmark = pytest.mark.django_db


class Told:
    """A source that says what it is told to say, and counts how often it was asked."""

    def __init__(self, answer: Any) -> None:
        self.answer, self.asked = answer, 0

    async def ask(self, client: Any, question: ports.Question) -> str:
        self.asked += 1
        if isinstance(self.answer, Exception):
            raise self.answer
        return "raw"

    def read(self, raw: str, case: ports.Particulars, *, on: date) -> Any:
        return self.answer

    def notice_read(self, headers: Any, body: bytes) -> ports.LateAnswer:
        raise NotImplementedError


@pytest.fixture
def sources(world: World) -> Iterator[dict[str, Told]]:
    """Sources in use, of which each says something good; those about cars apply to used ones only."""
    before = dict(ports._installed)
    good = {"identity": IDENTITY, "phone": PHONE, "court": ports.NoRecord("{}"), "lending": LENDING,
            "credit_report": GOOD_CREDIT, "card": CARD, "company": COMPANY, "valuation_a": VALUE, "valuation_b": VALUE,
            "vehicle_history": HISTORY, "insurance": INSURANCE, "address": ADDRESS, "licence": LICENCE,
            "registration": REGISTRATION, "invoice": INVOICE, "industry_list": ports.NoRecord("{}"),
            "permits": PERMITS, "work_platform": WORK, "battery": BATTERY}  # fmt: skip
    told = {code: Told(answer) for code, answer in good.items()}
    ports.source_adapters_install(told)
    with act(make_actor()):
        for code in told:
            source_switch(actor=make_actor(), source=code, is_on=True)
    yield told
    ports.source_adapters_install(before)


def submitted(world: World, **changes: Any) -> Application:
    """An application with a consent letter, submitted and decided by the worker."""
    changes.setdefault("credit_facts", {"vin_check": "match"})
    draft = world.draft(**changes)
    capture(draft, world.form(), "consent_letter")
    with act(world.person("manager")) as manager:
        application_submit(actor=manager, application_id=draft.pk)
    draft.refresh_from_db()
    assert draft.state == "submitted"
    assert "ask_sources" in run_jobs()
    draft.refresh_from_db()
    return draft


def calls(application: Application) -> dict[str, str]:
    rows = apps.get_model("sources.SourceCall").objects.filter(enquiry__subject_id=application.pk)
    return dict(rows.values_list("source", "outcome"))


def reasons(application: Application) -> set[str]:
    (decision,) = decisions_of(make_actor(DECISION_VIEW), Subject("application", application.pk))
    return {reason.code for reason in decision.reasons}


def faults(application: Application) -> set[str]:
    """The inputs that a source which was asked left open."""
    (record,) = apps.get_model("decisioning.DecisionRecord").objects.filter(subject_id=application.pk)
    return {fault["where"] for fault in record.result["faults"]}


def used_car(world: World) -> dict[str, Any]:
    """A three-year-old car."""
    return {
        "vehicle__kind": "used",
        "vehicle__first_registered_on": "2023-11-22",
        "vehicle__mileage_km": 30_000,
        "vehicle__plate_no": "浙A12345",
        "loan__product_version_id": world.products["USED-CAR"],
    }


def test_good_answers_approve_and_the_decision_names_its_enquiry(world: World, sources: dict[str, Told]):
    application = submitted(world)

    assert (application.state, application.decision) == ("approved", "approve")
    (decision,) = decisions_of(make_actor(DECISION_VIEW), Subject("application", application.pk))
    (enquiry,) = apps.get_model("sources.Enquiry").objects.filter(subject_id=application.pk)
    assert (enquiry.record_no, enquiry.finished_at is not None, enquiry.asked_by) == (
        decision.record_no,
        True,
        "manager",
    )
    record = apps.get_model("decisioning.DecisionRecord").objects.get(pk=decision.record_id)
    told = (
        "identity_check",
        "phone_tenure_months",
        "bureau_score",
        "multi_lending_90d",
        "judicial_status",
        "card_use_rate",
    )
    assert [record.inputs[name] for name in told] == ["match", 24, 730, 1, "none", "0.35"]


def test_a_thin_file_is_told_as_one(world: World, sources: dict[str, Told]):
    sources["credit_report"].answer = credit_figures_read(REPORT, ports.Particulars(), on=TODAY)

    application = submitted(world)

    (record,) = apps.get_model("decisioning.DecisionRecord").objects.filter(subject_id=application.pk)
    assert (record.inputs["is_thin_file"], record.inputs["bureau_score"], record.fault_codes) == (True, None, [])


@pytest.mark.parametrize("source", ["identity", "phone", "court", "lending", "credit_report"])
@pytest.mark.parametrize("typed", [False, True], ids=["nobody typed", "somebody typed better"])
def test_no_answer_never_approves(world: World, sources: dict[str, Told], source: str, typed: bool):
    sources[source].answer = ports.SourceTrouble("http_error", is_final=True)

    application = submitted(world, **({"credit_facts": world.form()["credit_facts"]} if typed else {}))

    assert (application.state, application.decision) == ("in_review", "refer")
    assert calls(application)[source] == "failed"


def test_what_declines_anyway_is_not_asked_about(world: World, sources: dict[str, Told]):
    entries = apps.get_model("party.WatchEntry")
    entries.objects.create(
        entry_no="WL1",
        watch_list="black",
        subject_kind="phone",
        value=world.form()["customer"]["phone"],
        listed_on=TODAY,
    )

    application = submitted(world)

    assert (application.state, calls(application)) == ("declined", {})
    assert {told.asked for told in sources.values()} == {0}


def test_the_credit_report_is_spared_when_a_cheap_source_declines(world: World, sources: dict[str, Told]):
    sources["court"].answer = DISHONEST

    application = submitted(world)

    assert (application.state, "K18" in reasons(application)) == ("declined", True)
    assert (sources["identity"].asked, sources["credit_report"].asked) == (1, 0)
    (enquiry,) = apps.get_model("sources.Enquiry").objects.all()
    assert enquiry.stopped_before == "costly"


def test_without_a_consent_letter_what_people_typed_counts(world: World, sources: dict[str, Told]):
    """An institution that does not demand consents asks only where none is needed."""
    with act(system_actor("setup")) as setup:
        demanded = {"code": "origination.consent_demanded", "effective_from": TODAY, "legal_entity_id": None}
        parameter_set(actor=setup, value=False, note="", **demanded)
    application = world.submitted()
    run_jobs()
    application.refresh_from_db()

    assert calls(application) == {"identity": "hit", "phone": "hit", "court": "no_record", "lending": "no_consent",
                                  "credit_report": "no_consent", "card": "hit", "company": "hit", "address": "hit",
                                  "licence": "hit", "industry_list": "no_consent"}  # fmt: skip
    assert (application.state, sources["credit_report"].asked) == ("approved", 0)


def test_what_the_bureau_knows_of_debts_outweighs_a_smaller_word(world: World, sources: dict[str, Told]):
    sources["credit_report"].answer = replace(GOOD_CREDIT, monthly_due_fen=Fen(1_200_000))

    application = submitted(world)

    assert (application.state, "K12" in reasons(application)) == ("declined", True)


def test_asking_twice_changes_nothing(world: World, sources: dict[str, Told]):
    application = submitted(world)

    ask_sources(application.pk)

    assert {sources[code].asked for code in calls(application)} == {1}
    assert len(calls(application)) == 10


class Killed(BaseException):
    """As if the process ended here."""


def test_what_came_before_a_kill_is_kept_and_only_the_rest_is_asked_again(
    world: World, sources: dict[str, Told], monkeypatch: pytest.MonkeyPatch
):
    heard = FanOut.hear

    def killed(out: FanOut, *, pause_seconds: float, until: float) -> Iterator[Any]:
        came = {one[0]: one for one in heard(out, pause_seconds=1) if one}
        yield from (came["identity"], came["court"], None)
        raise Killed

    monkeypatch.setattr(enquiry_ask, "KEPT_WITHIN_SECONDS", 0)
    monkeypatch.setattr(FanOut, "hear", killed)
    draft = world.draft(credit_facts={"vin_check": "match"})
    capture(draft, world.form(), "consent_letter")
    with act(world.person("manager")) as manager:
        application_submit(actor=manager, application_id=draft.pk)
    with pytest.raises(Killed):
        sources_ask(application_id=draft.pk)
    assert calls(draft) == {"identity": "hit", "court": "no_record"} | dict.fromkeys(
        ["phone", "lending", "industry_list", "card", "company", "address", "licence"], ""
    )
    numbers = set(apps.get_model("sources.SourceCall").objects.values_list("call_no", flat=True))

    monkeypatch.undo()
    sources_ask(application_id=draft.pk)

    draft.refresh_from_db()
    assert (draft.state, calls(draft)["phone"], calls(draft)["credit_report"]) == ("approved", "hit", "hit")
    again = apps.get_model("sources.SourceCall").objects.exclude(source__code="credit_report")
    assert set(again.values_list("call_no", flat=True)) == numbers
    assert {code: told.asked for code, told in sources.items() if told.asked} == {
        "identity": 1, "court": 1, "phone": 2, "lending": 2, "industry_list": 2, "card": 2, "company": 2,
        "address": 2, "licence": 2, "credit_report": 1,
    }  # fmt: skip


def test_what_others_do_while_sources_are_asked_counts(world: World, sources: dict[str, Told]):
    told = sources["credit_report"]

    def read(raw: str, case: ports.Particulars, *, on: date) -> Any:
        listed = {"entry_no": "WL1", "watch_list": "black", "subject_kind": "phone", "listed_on": TODAY}
        apps.get_model("party.WatchEntry").objects.create(value=world.form()["customer"]["phone"], **listed)
        return told.answer

    told.read = read  # type: ignore[method-assign]

    application = submitted(world)

    assert (application.state, "K06" in reasons(application)) == ("declined", True)
    assert calls(application)["credit_report"] == "hit"


def test_asking_and_deciding_take_few_statements(world: World, sources: dict[str, Told]):
    draft = world.draft(**used_car(world), credit_facts={"vin_check": "match"})
    capture(draft, world.form(), "consent_letter")
    with act(world.person("manager")) as manager, CaptureQueriesContext(connection) as submitting:
        application_submit(actor=manager, application_id=draft.pk)
    with CaptureQueriesContext(connection) as asking:
        sources_ask(application_id=draft.pk)

    assert len(calls(draft)) == 15
    assert len(submitting) <= 34, len(submitting)
    assert len(asking) <= 82, len(asking)


PLANTED = {
    "a court case": ("court", replace(DISHONEST, dishonest=0, loan_lawsuits=1, lawsuits=1), "in_review", "F100"),
    "an enforcement": (
        "court",
        replace(DISHONEST, dishonest=0, enforcements=1, enforcement_fen=Fen(100_000_000)),
        "declined",
        "K47",
    ),
    "overdue now": ("credit_report", replace(GOOD_CREDIT, overdue_now_fen=Fen(500_000)), "declined", "K13"),
    "a car loan overdue": ("credit_report", replace(GOOD_CREDIT, overdue_car_loans=1), "declined", "K44"),
    "another's phone": ("phone", replace(PHONE, identity="differ"), "in_review", "F04"),
    "an unknown employer": ("company", ports.NoRecord("{}"), "in_review", "F110"),
    "an address nobody finds": ("address", ports.NoRecord("{}"), "in_review", "F69"),
    "a licence that is none": ("licence", ports.NoRecord("{}"), "in_review", "F187"),
    "arrears elsewhere": ("lending", replace(LENDING, at_small_lenders_90d=9), "declined", "K49"),
}


@pytest.mark.parametrize("planted", PLANTED)
def test_what_a_source_says_fires_its_rule(world: World, sources: dict[str, Told], planted: str):
    source, answer, state, code = PLANTED[planted]
    sources[source].answer = answer

    application = submitted(world)

    assert (application.state, code in reasons(application)) == (state, True)
    assert faults(application) == set()


def test_a_namesake_in_court_is_looked_at_and_never_declined(world: World, sources: dict[str, Told]):
    sources["court"].answer = replace(DISHONEST, certainty="low", enforcements=3, enforcement_fen=Fen(900_000_000))

    application = submitted(world)

    assert (application.state, reasons(application)) == ("in_review", {"F17"})


@pytest.mark.parametrize(
    ("source", "answer", "state", "code"),
    [
        ("court", ports.NoRecord("{}"), "approved", None),
        ("vehicle_history", replace(HISTORY, is_mileage_turned_back=True), "declined", "K55"),
        ("registration", replace(REGISTRATION, is_mortgaged=True), "declined", "K74"),
        ("registration", ports.NoRecord("{}"), "in_review", "F185"),
        ("valuation_b", replace(VALUE, retail_fen=Fen(32_000_000)), "in_review", "F131"),
        ("valuation_a", replace(VALUE, decoded="differ"), "in_review", "F130"),
        ("valuation_a", replace(VALUE, sale_days=121), "in_review", "F134"),
        ("valuation_a", replace(VALUE, sale_days=120), "approved", None),
        ("valuation_a", replace(VALUE, is_discontinued=True), "in_review", "F135"),
        ("insurance", replace(INSURANCE, claims_12m=5), "in_review", "F140"),
        ("insurance", replace(INSURANCE, claims_12m=4), "approved", None),
    ],
    ids=[
        "nothing",
        "mileage turned back",
        "mortgaged",
        "not registered",
        "appraisers apart",
        "another model",
        "hard to sell",
        "sells",
        "discontinued",
        "many claims",
        "claims",
    ],
)
def test_the_past_of_a_used_car(world: World, sources: dict[str, Told], source, answer, state, code):
    sources[source].answer = answer

    application = submitted(world, **used_car(world))

    assert (application.state, faults(application)) == (state, set())
    assert reasons(application) >= ({code} if code else set())
    vehicle = vehicle_get(application.vehicle_id or 0)
    kept = apps.get_model("vehicle.Appraisal").objects.filter(vehicle_id=vehicle.id).values_list("source", "value")
    assert dict(kept) == {name: sources[name].answer.retail_fen for name in ("valuation_a", "valuation_b")}
    assert vehicle.appraisal is None  # what nobody saw is no base of lending


def test_our_own_curves_value_a_used_car_where_no_vendor_does(world: World, sources: dict[str, Told]):
    for vendor in ("valuation_a", "valuation_b"):
        sources[vendor].answer = ports.NoRecord("{}")
    curve = apps.get_model("vehicle.ResidualCurve").objects.create(
        curve_no="RC1", source="行情站", cars=300, left_out=0, state="active", drafted_by="x"
    )
    trim = apps.get_model("vehicle.Trim").objects.get(pk=world.trims["petrol"])
    shares = {"low": Decimal("0.5"), "middle": Decimal("0.6"), "high": Decimal("0.7")}
    apps.get_model("vehicle.ResidualPoint").objects.create(
        curve=curve, make=trim.make, age_months=36, cars=300, **shares
    )

    application = submitted(world, **used_car(world))

    kept = apps.get_model("vehicle.Appraisal").objects.filter(vehicle_id=application.vehicle_id or 0)
    value = round(trim.guide_price * shares["middle"])
    assert list(kept.values_list("source", "value")) == [("curve", value)]
    record = apps.get_model("decisioning.DecisionRecord").objects.get(subject_id=application.pk)
    assert f'"reference_value_fen": {value}' in json.dumps(record.inputs)
    assert "residual_curve" in record.inputs["sources_asked"]
    assert record.inputs["residual_end_rate"] == "0.6188"  # a curve of one age does not fall: 99,000 of 160,000


@pytest.mark.parametrize("source", ["company", "vehicle_history", "valuation_b", "address", "registration"])
def test_a_dead_source_of_signals_sends_the_case_to_people(world: World, sources: dict[str, Told], source: str):
    sources[source].answer = ports.SourceTrouble("http_error", is_final=True)

    application = submitted(world, **used_car(world))

    silent = set(BROUGHT[source].inputs) if source in BROUGHT else {"valuation_spread_rate"}
    assert (application.state, application.decision) == ("in_review", "refer")
    assert faults(application) >= silent


def test_every_signal_is_brought_or_said_not_to_be(world: World):
    contract = input_contract("auto_loan_standard", on=TODAY)
    assert contract is not None
    wanted: dict[str, set[str]] = defaultdict(set)
    for name, field in contract.known.items():
        if named := re.search(r"contains\(sources_asked, '(\w+)'\)", field.missing_when):
            wanted[named.group(1)].add(name)
    brought = {one.asked_as: set(one.inputs) for one in BROUGHT.values()} | {APPRAISED_AS: {"valuation_spread_rate"}}
    brought |= {source: set(names) for source, names in ({**BROUGHT_OF_OURS, **BROUGHT_OF_CURVES}).items()}
    brought |= {source: set(names) for source, names in BROUGHT_OF_DEVICES.items()}
    brought |= {source: set(names) for source, names in BROUGHT_OF_DOCUMENTS.items()}
    of_forms = behaviour_told({}, seconds=0, sessions=1).keys()
    brought |= {BEHAVIOUR: set(of_forms) - {"income_field_edits"}}  # which the contract declares by the channel
    brought[COURSE] = set(course_told({}, dict.fromkeys(COURSE_COUNTS, 0)))
    assert wanted.keys() == brought.keys() | NOT_BROUGHT.keys()
    assert {source: wanted[source] for source in brought} == brought
    assert not brought.keys() & NOT_BROUGHT.keys()
    assert all(NOT_BROUGHT.values())
    for one in BROUGHT.values():
        assert one.nothing.keys() <= one.inputs.keys()
