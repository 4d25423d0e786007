"""Reports that are made by themselves: for whom, with what they may see, once, and again when they failed."""

from datetime import date

import pytest

from axle.accounting import permissions as books
from axle.accounting.public import books_prepare
from axle.accounting.tests.factories import post
from axle.platform.models import OperationLog, StoredFile
from axle.platform.testing import client_for, make_actor, make_entity, make_user
from axle.reporting import permissions as may
from axle.reporting.jobs import make_report_delivery
from axle.reporting.models import ReportDelivery, ReportSchedule
from axle.reporting.services.deliveries_queue import deliveries_queue

CLOSED_ON = date(2026, 3, 31)
BOX = [may.DELIVERY_VIEW, may.SCHEDULE_VIEW, may.SCHEDULE_MANAGE, books.TRIAL_BALANCE_VIEW]
DAILY = {"name": "资金日报", "report": "cash_summary", "rhythm": "daily", "format": "csv"}


@pytest.fixture
def people(db):
    """Who sees the books, who may look at part of them only, and who at none."""
    entity = make_entity()
    books_prepare(actor=make_actor(name="会计"), effective_from=date(2020, 1, 1))
    post(entity.pk, "loan_disbursed", "D1", amounts={"principal": "3179.97"}, on=CLOSED_ON)
    return {
        "boss": make_user("boss", permissions=BOX),
        "clerk": make_user("clerk", permissions=BOX, scope="own"),
        "outsider": make_user("outsider", permissions=[may.DELIVERY_VIEW]),
    }


def _created(people, *names, **changes):
    recipients = [people[name].pk for name in names]
    return client_for(people["boss"]).command("report_schedule_create", DAILY | {"recipients": recipients} | changes)


def _make_all():
    for delivery_id in ReportDelivery.objects.order_by("pk").values_list("pk", flat=True):
        make_report_delivery(delivery_id)


def _text(delivery):
    return client_for(delivery.recipient).raw.get(f"/api/v1/report-deliveries/{delivery.pk}/file").content.decode()


def test_a_report_is_made_once_for_each_with_what_they_may_see(people):
    assert _created(people, "boss", "clerk")[0] == 200
    assert (deliveries_queue(CLOSED_ON, 0, 1), deliveries_queue(CLOSED_ON, 0, 1)) == (2, 0)
    _make_all()
    files = set(ReportDelivery.objects.values_list("file_id", flat=True))
    _make_all()
    assert set(ReportDelivery.objects.values_list("file_id", flat=True)) == files
    whole, part = ReportDelivery.objects.order_by("pk")
    assert (whole.state, whole.attempts, whole.file.name) == ("made", 1, "资金日记账汇总-20260331.csv")
    assert "3179.97" in _text(whole)
    assert "3179.97" not in _text(part)
    assert "资金日记账汇总" in _text(part)
    assert OperationLog.objects.filter(operation="report_delivery_file").count() == 3

    clerk = client_for(people["clerk"])
    assert clerk.get(f"/report-deliveries/{whole.pk}/file")[0] == 404
    assert clerk.get(f"/report-deliveries/{whole.pk}")[0] == 404
    assert [row["id"] for row in clerk.get("/lists/report_deliveries")[1]["items"]] == [part.pk]
    boss = client_for(people["boss"])
    assert boss.get(f"/report-deliveries/{part.pk}")[1]["file"] is None
    assert boss.get(f"/report-deliveries/{whole.pk}")[1]["file"] == f"/report-deliveries/{whole.pk}/file"
    people["clerk"].roles.clear()
    assert clerk.get(f"/report-deliveries/{part.pk}/file")[0] == 403


def test_rights_are_those_of_the_day_and_a_failure_can_be_made_again(people):
    _created(people, "clerk")
    roles = list(people["clerk"].roles.all())
    people["clerk"].roles.clear()
    deliveries_queue(CLOSED_ON, 0, 1)
    _make_all()
    (failed,) = ReportDelivery.objects.all()
    assert (failed.state, failed.file_id, failed.attempts) == ("failed", None, 1)
    assert failed.problem
    assert not StoredFile.objects.exists()
    people["clerk"].roles.set(roles)
    clerk = client_for(people["clerk"])
    (row,) = clerk.get("/lists/report_deliveries")[1]["items"]
    assert (row["state"], row["problem"]) == ("failed", failed.problem)
    assert clerk.command("report_delivery_retry", {"delivery_id": failed.pk})[1]["state"] == "waiting"
    _make_all()
    failed.refresh_from_db()
    assert (failed.state, failed.problem, failed.attempts) == ("made", "", 2)
    assert clerk.command("report_delivery_retry", {"delivery_id": failed.pk})[1]["code"] == "delivery_not_failed"


def test_what_cannot_be_delivered_is_refused_and_nothing_is_kept(people):
    refused = [
        (_created(people, "boss", "outsider"), "recipient_may_not_see", "recipients.1"),
        (_created(people, "boss", report="no_such"), "not_found", "report"),
        (_created(people, "boss", asked={"until": "soon"}), "input_invalid", "until"),
    ]
    assert [(answer["code"], answer["field"]) for (_status, answer), _code, _field in refused] == [
        (code, field) for _answer, code, field in refused
    ]
    assert not ReportSchedule.objects.exists()
    assert client_for(people["outsider"]).command("report_schedule_create", DAILY | {"recipients": [1]})[0] == 403


def test_what_is_asked_for_is_told_in_words_and_a_sheet_is_made(people):
    entity = make_entity()
    asked = {"legal_entity_id": str(entity.pk)}
    assert _created(people, "boss", format="xlsx", asked=asked)[0] == 200
    (row,) = client_for(people["boss"]).get("/lists/report_schedules")[1]["items"]
    assert row["asked_for"] == f"法人主体 {entity.name}"
    deliveries_queue(CLOSED_ON, 0, 1)
    _make_all()
    delivery = ReportDelivery.objects.get()
    content = client_for(people["boss"]).raw.get(f"/api/v1/report-deliveries/{delivery.pk}/file").content
    assert (content[:2], delivery.file.size) == (b"PK", len(content))


def test_a_paused_schedule_makes_nothing_until_it_goes_on(people):
    schedule_id = _created(people, "boss", format="pdf", rhythm="monthly")[1]["id"]
    boss = client_for(people["boss"])
    assert boss.command("report_schedule_pause", {"schedule_id": schedule_id})[1]["is_active"] is False
    assert deliveries_queue(CLOSED_ON, 0, 1) == 0
    boss.command("report_schedule_resume", {"schedule_id": schedule_id})
    assert (deliveries_queue(date(2026, 3, 30), 0, 1), deliveries_queue(CLOSED_ON, 0, 1)) == (0, 1)
    _make_all()
    delivery = ReportDelivery.objects.get()
    assert client_for(people["boss"]).raw.get(f"/api/v1/report-deliveries/{delivery.pk}/file").content[:5] == b"%PDF-"
