"""Sources in the flow: asked by a worker in two stages, their answers decide, and no answer never approves."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps

from axle.decisioning.public import decisions_of
from axle.kernel.money import Fen
from axle.origination.jobs import ask_sources
from axle.origination.models import Application
from axle.origination.services.application_submit import application_submit
from axle.origination.tests.world import DECISION_VIEW, TODAY, World, capture
from axle.platform.public import Subject
from axle.platform.testing import act, make_actor, run_jobs
from axle.sources import ports
from axle.sources.public import (
    CourtAnswer,
    IdentityAnswer,
    LendingAnswer,
    PhoneAnswer,
    credit_figures_read,
    source_switch,
)

pytestmark = pytest.mark.django_db

IDENTITY = IdentityAnswer(identity="match", photo_score=None)
PHONE = PhoneAnswer(
    identity="match", months_from=24, months_until=None, status="normal", is_virtual=False, region_code="330100"
)
LENDING = LendingAnswer(
    applications_7d=0, applications_30d=0, applications_90d=1, applications_180d=1, applications_360d=1, at_banks_90d=1,
    at_consumer_lenders_90d=0, at_small_lenders_90d=0, at_lessors_90d=0, institutions_90d=1, open_loans=1,
    overdue_days=0, overdue_fen=Fen(0), night_share=Decimal(0), days_since_last=40,
)  # fmt: skip
DISHONEST = CourtAnswer(
    certainty="high", dishonest=1, restricted=0, enforcements=0, enforcement_fen=Fen(0), lawsuits=0, loan_lawsuits=0,
    hearings=0, judgments_24m=0, criminal_records=0, latest_on=TODAY,
)  # fmt: skip
REPORT = (
    "<Document><PRH><PA01><PA01A><PA01AI01>1</PA01AI01><PA01AR01>2026-11-20T09:00:00</PA01AR01></PA01A></PA01></PRH>"
    "</Document>"
)
GOOD_CREDIT = replace(
    credit_figures_read(REPORT, ports.Particulars(), on=TODAY),
    is_white=False, score=730, card_limit_fen=Fen(5_000_000), card_used_fen=Fen(1_750_000),
    card_use_rate=Decimal("0.35"), worst_status_24m=0, overdue_months_24m=0, status_24m="N" * 24,
    monthly_due_fen=Fen(200_000),
)  # fmt: skip


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
    """Five sources in use, of which each says something good."""
    before = dict(ports._installed)
    good = {"identity": IDENTITY, "phone": PHONE, "court": ports.NoRecord("{}"), "lending": LENDING,
            "credit_report": GOOD_CREDIT}  # fmt: skip
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
    application = world.submitted()
    run_jobs()
    application.refresh_from_db()

    assert calls(application) == {"identity": "hit", "phone": "hit", "court": "no_record", "lending": "no_consent",
                                  "credit_report": "no_consent"}  # fmt: skip
    assert (application.state, sources["credit_report"].asked) == ("approved", 0)


def test_what_the_bureau_knows_of_debts_outweighs_a_smaller_word(world: World, sources: dict[str, Told]):
    sources["credit_report"].answer = replace(GOOD_CREDIT, monthly_due_fen=Fen(1_200_000))

    application = submitted(world)

    assert (application.state, "K12" in reasons(application)) == ("declined", True)


def test_asking_twice_changes_nothing(world: World, sources: dict[str, Told]):
    application = submitted(world)

    ask_sources(application.pk)

    assert {told.asked for told in sources.values()} == {1}
    assert len(calls(application)) == 5
