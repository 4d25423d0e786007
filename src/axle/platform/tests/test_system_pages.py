"""Roles, parameters, dictionaries, approval policies, the log, jobs and the end of day as the console reads them."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from axle.platform import eod
from axle.platform import permissions as may
from axle.platform.audit import acting
from axle.platform.businessday import business_date, business_date_set
from axle.platform.models import (
    ApprovalPolicy,
    Department,
    DictionaryItem,
    EodStepRun,
    OperationLog,
    ParameterValue,
    Role,
)
from axle.platform.parameters import PARAMETERS, parameter, parameter_value
from axle.platform.scope import Subject, system_actor
from axle.platform.testing import client_for, make_department, make_user, run_jobs

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 31)


@pytest.fixture
def admin():
    user = make_user("admin", permissions=[name for name in may.__dict__.values() if str(name).startswith("platform.")])
    return client_for(user)


class TestRoles:
    def test_a_new_role_begins_with_anothers_grants(self, admin):
        status, _body = admin.command("role_create", {"code": "helper", "name": "助理", "like": "r_admin"})
        assert status == 200
        grants = Role.objects.get(code="helper").grants
        assert set(grants.values_list("permission", "scope")) == set(
            Role.objects.get(code="r_admin").grants.values_list("permission", "scope")
        )
        rows = {row["code"]: row for row in admin.get("/lists/roles")[1]["items"]}
        assert (rows["r_admin"]["people"], rows["helper"]["people"]) == (1, 0)
        assert rows["helper"]["permission_count"] == grants.count()

    @pytest.mark.parametrize(
        ("data", "code"),
        [({"code": "r_admin", "name": "x"}, "name_taken"), ({"code": "fresh", "name": "x", "like": "no"}, "not_found")],
    )
    def test_a_taken_code_or_an_unknown_model_is_refused(self, admin, data, code):
        before = Role.objects.count()
        assert admin.command("role_create", data)[1]["code"] == code
        assert Role.objects.count() == before


@pytest.fixture
def limits():
    parameter("test.largest_fen", type_=int, default=10_000, minimum=0, maximum=1_000_000)
    parameter("test.days", type_=int, default=3, minimum=1, maximum=9)
    yield
    del PARAMETERS["test.largest_fen"], PARAMETERS["test.days"]


@pytest.mark.usefixtures("limits")
class TestParameters:
    def _read(self, client, code):
        return next(row for row in client.get("/parameters")[1] if row["code"] == code)

    def test_amounts_are_read_and_set_in_yuan(self, admin):
        shown = self._read(admin, "test.largest_fen")
        assert (shown["type"], shown["value"], shown["maximum"]) == ("money", "100.00", "10000.00")
        data = {"code": "test.largest_fen", "value": "250.50", "effective_from": business_date().isoformat()}
        assert admin.command("parameter_set", data)[0] == 200
        assert parameter_value("test.largest_fen") == 25_050
        assert self._read(admin, "test.largest_fen")["value"] == "250.50"

    def test_a_value_of_tomorrow_is_upcoming_and_not_yet_in_force(self, admin):
        tomorrow = business_date() + timedelta(days=1)
        data = {"code": "test.days", "value": 7, "effective_from": tomorrow.isoformat()}
        assert admin.command("parameter_set", data)[0] == 200
        shown = self._read(admin, "test.days")
        assert (shown["value"], shown["upcoming"], shown["effective_from"]) == (3, 1, None)

    @pytest.mark.parametrize("value", [0, 10, "seven", None])
    def test_a_value_out_of_bounds_changes_nothing(self, admin, value):
        data = {"code": "test.days", "value": value, "effective_from": DAY.isoformat()}
        status, body = admin.command("parameter_set", data)
        assert (status, body["code"], body["field"]) == (422, "parameter_value_invalid", "value")
        assert not ParameterValue.objects.exists()


def test_a_dictionary_is_begun_filled_and_its_values_retired(admin):
    assert admin.command("dictionary_create", {"code": "industry", "name": "行业"})[0] == 200
    assert admin.command("dictionary_create", {"code": "industry", "name": "行业"})[1]["code"] == "name_taken"
    item = {"dictionary": "industry", "code": "A01", "name": "农业", "valid_from": DAY.isoformat()}
    assert admin.command("dictionary_item_add", item)[0] == 200
    row = admin.get("/lists/dictionary_items")[1]["items"][0]
    assert (row["dictionary_name"], row["actions"]) == ("行业", ["dictionary_item_retire"])
    retire = {"item_id": row["id"], "valid_to": DAY.isoformat()}
    assert admin.command("dictionary_item_retire", retire)[0] == 200
    assert DictionaryItem.objects.get().valid_to == DAY
    assert admin.get("/lists/dictionary_items")[1]["items"][0]["actions"] == []
    listed = admin.get("/dictionaries")[1]
    assert [(entry["code"], entry["items"]) for entry in listed] == [("industry", int(business_date() <= DAY))]


class TestApprovalPolicies:
    GOOD = {"command": "department_create", "checker_permission": may.ORGANISATION_VIEW}

    def test_commands_are_offered_but_not_the_review_itself(self, admin):
        names = {row["command"] for row in admin.get("/approvable-commands")[1]}
        assert "department_create" in names
        assert not names & {"pending_command_approve", "approval_policy_set", "password_change"}

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"command": "no_such"}, "command"),
            ({"command": "approval_policy_set"}, "command"),
            ({"checker_permission": "no.such.permission"}, "checker_permission"),
            ({"min_amount": "10.00"}, "min_amount"),
        ],
    )
    def test_a_policy_that_could_never_work_is_refused(self, admin, change, field):
        status, body = admin.command("approval_policy_set", {**self.GOOD, **change})
        assert (status >= 400, body["field"]) == (True, field)
        assert not ApprovalPolicy.objects.exists()

    def test_a_second_person_is_asked_for_until_the_policy_ends(self, admin):
        assert admin.command("approval_policy_set", self.GOOD)[0] == 200
        assert admin.command("department_create", {"name": "一部"})[0] == 202
        row = admin.get("/lists/approval_policies")[1]["items"][0]
        assert row["actions"] == ["approval_policy_end"]
        assert admin.command("approval_policy_end", {"policy_id": row["id"]})[0] == 200
        assert admin.command("department_create", {"name": "二部"})[0] == 200
        assert admin.command("approval_policy_end", {"policy_id": row["id"]})[1]["code"] == "not_found"

    def test_setting_a_policy_again_logs_what_changed(self, admin):
        admin.command("approval_policy_set", self.GOOD)
        admin.command("approval_policy_set", {**self.GOOD, "checker_permission": may.USER_VIEW})
        change = OperationLog.objects.filter(operation="approval_policy_set").latest("pk").changes[0]
        assert change["before"] == {"checker_permission": may.ORGANISATION_VIEW}
        assert change["after"] == {"checker_permission": may.USER_VIEW}


@pytest.mark.parametrize(
    ("data", "field"),
    [({"name": "   "}, "name"), ({"name": "一部", "parent": 1}, "parent")],
    ids=["blank", "unknown key"],
)
def test_a_name_of_blanks_and_an_unknown_key_are_refused(admin, data, field):
    before = Department.objects.count()
    status, body = admin.command("department_create", data)
    assert (status, [error["field"] for error in body["errors"]]) == (422, [field])
    assert Department.objects.count() == before
    assert admin.command("department_create", {"name": " 一部 "})[0] == 200
    assert Department.objects.filter(name="一部").exists()


def test_the_log_names_other_rows_and_choices(admin):
    parent = make_department("总部")
    admin.command("department_create", {"name": "财务部", "parent_id": parent.pk})
    row = admin.get("/lists/operations", operation="department_create")[1]["items"][0]
    body = admin.get(f"/operations/{row['id']}")[1]
    (change,) = body["changes"]
    assert (change["type"], change["act"]) == ("department", "created")
    lines = {line["field"]: line["after"] for line in change["lines"]}
    assert (lines["name"], lines["parent"]) == ("财务部", "总部")


def test_amounts_in_the_log_are_in_yuan(admin):
    policy = {"command": "fee_charge", "min_amount": "1234.50", "checker_permission": may.USER_VIEW}
    assert admin.command("approval_policy_set", policy)[0] == 200
    change = OperationLog.objects.filter(operation="approval_policy_set").get().changes[0]
    assert change["after"]["min_amount"] == "1234.50"


def _job(status):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status)"
            " VALUES ('default', 'deliver_event', '{}', %s::procrastinate_job_status) RETURNING id",
            [status],
        )
        return cursor.fetchone()[0]


class TestJobs:
    def test_actions_follow_the_state(self, admin):
        jobs = {state: _job(state) for state in ("todo", "doing", "failed", "succeeded")}
        rows = {row["job_id"]: row for row in admin.get("/lists/jobs")[1]["items"]}
        assert {state: rows[job]["actions"] for state, job in jobs.items()} == {
            "todo": ["job_cancel"],
            "doing": [],
            "failed": ["job_retry"],
            "succeeded": [],
        }
        assert {state: rows[job]["is_stalled"] for state, job in jobs.items()}["doing"] is True
        assert admin.get(f"/jobs/{jobs['failed']}")[1]["actions"] == ["job_retry"]

    def test_a_failed_job_is_tried_again_and_a_waiting_one_cancelled(self, admin):
        failed, waiting = _job("failed"), _job("todo")
        assert admin.command("job_retry", {"job_id": failed})[0] == 200
        assert admin.command("job_cancel", {"job_id": waiting})[0] == 200
        assert admin.get(f"/jobs/{failed}")[1]["status"] == "todo"
        assert admin.get(f"/jobs/{waiting}")[1]["status"] == "cancelled"

    def test_a_running_job_is_left_alone(self, admin):
        running = _job("doing")
        for command in ("job_retry", "job_cancel"):
            assert admin.command(command, {"job_id": running})[1]["code"] == "state_refused"
        assert admin.get(f"/jobs/{running}")[1]["status"] == "doing"

    def test_stalled_jobs_are_rescued_on_request(self, admin):
        stalled = _job("doing")
        assert admin.command("jobs_rescue", {})[1] == {"rescued": 1}
        assert admin.get(f"/jobs/{stalled}")[1]["status"] == "todo"


@pytest.fixture
def steps():
    kept = list(eod.STEPS)
    eod.eod_steps([eod.EodStep("accrue", lambda on, shard, shards: 7, is_closing=True)])
    yield
    eod.eod_steps(kept)


@pytest.mark.usefixtures("steps")
class TestEndOfDay:
    def test_a_person_starts_it_and_sees_the_steps(self, admin):
        business_date_set(DAY)
        assert admin.command("eod_run", {"until": DAY.isoformat()})[0] == 200
        assert admin.get("/end-of-day")[1]["is_running"] is True
        assert admin.command("eod_run", {"until": DAY.isoformat()})[1]["code"] == "state_refused"
        assert run_jobs() == ["end_of_day"]
        body = admin.get("/end-of-day")[1]
        assert (body["business_date"], body["actions"]) == ("2026-04-01", ["eod_run"])
        (day,) = body["days"]
        assert (day["business_on"], day["state"]) == ("2026-03-31", "done")
        assert [(step["step"], step["rows"], step["is_closing"]) for step in day["steps"]] == [("accrue", 7, True)]

    def test_a_failure_is_shown_with_its_reason(self, admin):
        business_date_set(DAY)
        eod.eod_steps([eod.EodStep("accrue", lambda on, shard, shards: 1 // 0, is_closing=True)])
        with pytest.raises(ZeroDivisionError):
            eod.eod_run(until=DAY)
        (day,) = admin.get("/end-of-day")[1]["days"]
        assert (day["state"], day["steps"][0]["state"]) == ("failed", "failed")
        assert day["steps"][0]["error"].startswith("ZeroDivisionError")

    def test_what_is_left_of_the_last_date_is_resumed_from_the_console(self, admin):
        business_date_set(DAY)
        eod.eod_steps([eod.EodStep("accrue", lambda on, shard, shards: 1 // 0)])
        with pytest.raises(ZeroDivisionError):
            eod.eod_run(until=DAY)
        assert admin.get("/end-of-day")[1]["actions"] == ["eod_resume", "eod_run"]
        eod.eod_steps([eod.EodStep("accrue", lambda on, shard, shards: 7)])
        assert admin.command("eod_resume", {})[0] == 200
        assert admin.command("eod_resume", {})[1]["code"] == "state_refused"
        assert run_jobs() == ["end_of_day"]
        body = admin.get("/end-of-day")[1]
        assert (body["business_date"], body["actions"]) == ("2026-04-01", ["eod_run"])
        assert (body["days"][0]["state"], body["days"][0]["steps"][0]["rows"]) == ("done", 7)
        assert admin.command("eod_resume", {})[1]["code"] == "state_refused"

    def test_a_date_is_compared_with_those_before_it(self, admin):
        business_date_set(DAY)
        eod.eod_steps([eod.EodStep("accrue", lambda on, shard, shards: shard, shards=2)])
        last = {"business_on": DAY + timedelta(days=3), "step": "accrue", "shard": 0, "shards": 2}
        EodStepRun.objects.create(**last, started_at=timezone.now())  # begun where shards run at once
        eod.eod_run(until=DAY + timedelta(days=3))
        newest, *_between, oldest = admin.get("/end-of-day")[1]["days"]
        assert newest["steps"][0]["usual_seconds"] is not None
        assert oldest["steps"][0]["usual_seconds"] is None
        shards = newest["steps"][0]["shards"]
        assert [(one["shard"], one["state"], one["rows"]) for one in shards] == [(1, "done", 0), (2, "done", 1)]

    @pytest.mark.parametrize("days", [-1, 36_500])
    def test_dates_that_are_over_or_far_ahead_are_refused(self, admin, days):
        until = business_date() + timedelta(days=days)
        assert admin.command("eod_run", {"until": until.isoformat()})[1]["code"] == "eod_date_refused"
        assert run_jobs() == []


def test_a_part_of_the_system_acts_under_a_name_in_the_readers_language():
    with acting(system_actor("decision"), "application_decide", subject=Subject("application", 5)):
        pass
    reader = make_user("reader", permissions=[may.OPERATION_LOG_VIEW])
    for language, shown in (("zh-CN", "自动审批"), ("en-US", "Automatic decision")):
        client = client_for(reader, language=language)
        (row,) = client.get("/lists/operations", actor_name="decision")[1]["items"]
        assert row["actor_name"] == shown
        assert client.get(f"/operations/{row['id']}")[1]["actor_name"] == shown
        export = client.raw.get("/api/v1/lists/operations/export?format=csv&operation=application_decide")
        assert shown in b"".join(export.streaming_content).decode()
    assert OperationLog.objects.get(operation="application_decide").actor_name == "decision"
