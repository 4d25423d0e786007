"""What the documents of a case say as inputs of the strategy, and that an application is decided by it."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps

from axle.decisioning.public import decisions_of
from axle.documents.public import StatementFigures, StatementFinding, captured_documents
from axle.kernel.money import Fen
from axle.origination.domain.form import ApplicationForm
from axle.origination.models import Application
from axle.origination.services.application_submit import application_submit
from axle.origination.services.document_signals import BROUGHT_OF_DOCUMENTS, document_signals, statement_told
from axle.origination.services.review_start import application_subject
from axle.origination.tests.world import DECISION_VIEW, TODAY, World, capture, facts_of
from axle.platform.testing import act, make_actor

pytestmark = pytest.mark.django_db
FIGURES = StatementFigures(
    holder_name="张伟", account_no="6222020009903105352", from_on=date(2026, 4, 1), to_on=date(2026, 9, 30), lines=70,
    inflow=Fen(7_200_000), outflow=Fen(6_000_000), check="genuine", findings=(), income_fen=Fen(1_200_000),
    round_trip_rate="0.1000",
)  # fmt: skip
FORM = ApplicationForm.model_validate({"customer": {"name": "张伟"}})
UNKNOWN = dict.fromkeys(BROUGHT_OF_DOCUMENTS["statement"])


def said(*statements: StatementFigures | None) -> dict[str, Any]:
    return statement_told(statements, FORM)


def test_one_statement_says_its_figures():
    assert said(FIGURES) == {
        "statement_check": "genuine",
        "statement_income_fen": 1_200_000,
        "statement_round_trip_rate": Decimal("0.1000"),
        "statement_gambling": False,
    }


def test_somebody_elses_statement_is_suspicious_and_a_forged_one_stays_forged():
    assert said(replace(FIGURES, holder_name="李四"))["statement_check"] == "suspicious"
    assert said(replace(FIGURES, holder_name="李四", check="forged"))["statement_check"] == "forged"


def test_statements_together_say_the_gravest_and_the_incomes_of_different_accounts():
    other = replace(FIGURES, account_no="6217", income_fen=Fen(300_000), check="suspicious", round_trip_rate="0.7000")
    later = replace(FIGURES, to_on=date(2026, 10, 31), income_fen=Fen(1_100_000), gambling=(3,))
    told = said(FIGURES, other, later)
    assert (told["statement_check"], told["statement_income_fen"]) == ("suspicious", 1_400_000)
    assert (str(told["statement_round_trip_rate"]), told["statement_gambling"]) == ("0.7000", True)


def test_what_cannot_be_told_is_unknown():
    assert said(FIGURES, None) == UNKNOWN
    assert said(replace(FIGURES, check=None))["statement_check"] is None
    assert said(FIGURES, replace(FIGURES, account_no="6217", income_fen=None))["statement_income_fen"] is None


def told(world: World, application: Application) -> tuple[list[str], dict[str, Any]]:
    form = ApplicationForm.model_validate(application.form)
    return document_signals(application, form, captured_documents(application_subject(application)), on=TODAY)


def documents(application: Application, kind: str) -> Any:
    rows = apps.get_model("documents.CapturedDocument").objects
    return rows.filter(subject_type="application", subject_id=application.pk, kind=kind, is_current=True)


def with_statement(application: Application, world: World, figures: StatementFigures | None, **row: Any) -> None:
    capture(application, world.form(), "bank_statement", state="filed")
    document = documents(application, "bank_statement").get()
    document.file.content_type = row.pop("content_type", "application/pdf")
    document.file.save()
    document.statement, document.fields = figures.as_json() if figures else None, {}
    document.state = row.pop("state", "recognised")
    document.save()


def test_without_a_statement_or_with_a_photo_of_one_nothing_is_asked(world: World):
    application = world.draft()
    assert "statement" not in told(world, application)[0]
    with_statement(application, world, None, content_type="image/jpeg")
    assert "statement" not in told(world, application)[0]


def test_a_statement_that_waits_or_could_not_be_read_is_unknown(world: World):
    application = world.draft()
    with_statement(application, world, None, state="queued")
    asked, values = told(world, application)
    assert "statement" in asked
    assert {name: values[name] for name in UNKNOWN} == UNKNOWN


def test_a_forged_statement_declines_and_a_low_one_goes_to_a_person(world: World):
    broken = (StatementFinding("balance_breaks", 7), StatementFinding("edited_by_tool", found="wps"))
    forged, low = world.draft(), world.draft(serial=2)
    with_statement(forged, world, replace(FIGURES, check="forged", findings=broken))
    with_statement(low, world, replace(FIGURES, income_fen=Fen(500_000)))
    assert decision_rules(world, forged) == ("decline", {"K51"})
    assert decision_rules(world, low) == ("refer", {"F200"})


def decision_rules(world: World, application: Application) -> tuple[str, set[str]]:
    """What a draft is decided as, and by which rules."""
    manager = world.person("manager")
    with act(manager):
        application_submit(actor=manager, application_id=application.pk)
    application.refresh_from_db()
    (decision,) = decisions_of(make_actor(DECISION_VIEW), application_subject(application))
    return decision.outcome, {reason.code for reason in decision.reasons}


def test_papers_that_have_ended_are_counted(world: World):
    application = world.draft()
    assert told(world, application)[1]["documents_expired"] == 0
    yesterday, today = ((TODAY - timedelta(days=days)).isoformat() for days in (1, 0))
    for until, ended in ((yesterday, 2), (today, 0), ("long_term", 0)):
        capture(application, world.form(), "id_back", "driver_licence", valid_to=until)
        assert told(world, application)[1]["documents_expired"] == ended
    capture(application, world.form(), "vehicle_licence_sub", inspected_until=f"{TODAY - timedelta(days=40):%Y-%m}")
    assert told(world, application)[1]["documents_expired"] == 1
    capture(application, world.form(), "vehicle_licence_sub", inspected_until=f"{TODAY:%Y-%m}")
    assert told(world, application)[1]["documents_expired"] == 0


def test_an_end_that_could_not_be_read_is_unknown_until_a_person_types_it(world: World):
    application = world.draft()
    capture(application, world.form(), "driver_licence", state="needs_review")
    rows = documents(application, "driver_licence")
    rows.update(fields={}, doubtful=["valid_to"])
    assert told(world, application)[1]["documents_expired"] is None
    rows.update(confirmed={"valid_to": "2040-01-01"})
    assert told(world, application)[1]["documents_expired"] == 0


def test_pictures_of_other_people_count_and_ones_own_do_not(world: World):
    matches = apps.get_model("documents.PictureMatch").objects
    application, own, stranger = world.draft(), world.draft(), world.draft(serial=2)
    for one in (application, own, stranger):
        capture(one, world.form(), "id_front", "id_back")
        documents(one, "id_front").update(tamper_score=10 if one is application else 0)
        documents(one, "id_back").update(tamper_score=0)
        one.id_no_index = "somebody else" if one is stranger else "the applicant"
        one.save(update_fields=["id_no_index"])
    mine = documents(application, "id_front").get()
    matches.create(document=mine, other=documents(own, "id_front").get(), bits=3)
    expected = {"image_duplicates": 0, "image_tamper_score": 10}
    assert {name: told(world, application)[1][name] for name in expected} == expected
    matches.create(document=documents(stranger, "id_front").get(), other=mine, bits=3)
    assert told(world, application)[1]["image_duplicates"] == 1
    documents(application, "id_back").update(state="queued")
    asked, values = told(world, application)
    assert "documents" in asked
    assert (values["image_duplicates"], values["image_tamper_score"]) == (None, None)


def test_pictures_from_before_are_not_asked_about(world: World):
    application = world.submitted()
    assert "documents" not in facts_of(application).sources_asked
