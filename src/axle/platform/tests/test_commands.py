"""The command bus: permission, one transaction, operation log, idempotency, maker-checker."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

import axle.platform.http.routes  # noqa: F401 — declares the review commands
from axle.platform.approvals import pending_for, withdraw
from axle.platform.commands import command_execute
from axle.platform.errors import (
    CheckerMustBeEmployee,
    EmployeeRequired,
    IdempotencyKeyReused,
    InputInvalid,
    MakerMayNotCheck,
    NotFound,
    PendingCommandClosed,
    PermissionMissing,
    ScopeTooNarrow,
    StateRefused,
)
from axle.platform.identity import actor_of
from axle.platform.jobs import delete_old_jobs
from axle.platform.models import ApprovalPolicy, IdempotencyRecord, OperationLog, PendingCommand, Position, User
from axle.platform.organisation import user_create
from axle.platform.permissions import PENDING_COMMAND_VIEW
from axle.platform.scope import system_actor
from axle.platform.testing import PASSWORD, client_for, make_actor, make_department, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("post_command")]
MAKER = ("test.post.create", PENDING_COMMAND_VIEW)
CHECKER = ("test.post.check", PENDING_COMMAND_VIEW)


def test_a_command_writes_and_logs_before_and_after():
    actor = make_actor("test.post.create", name="alice", ip="192.0.2.7")
    command_execute("post_create", {"code": "P1", "name": "old"}, actor=actor)
    command_execute("post_create", {"code": "P1", "name": "new"}, actor=actor)
    first, second = OperationLog.objects.order_by("pk")
    position = Position.objects.get()
    assert first.changes[0]["before"] is None
    assert first.changes[0]["after"]["name"] == "old"
    assert second.changes == [
        {"type": "position", "id": str(position.pk), "before": {"name": "old"}, "after": {"name": "new"}}
    ]
    assert (second.operation, second.actor_name, second.ip) == ("post_create", "alice", "192.0.2.7")
    assert (second.subject_type, second.subject_id) == ("position", str(position.pk))


def test_without_the_permission_nothing_happens():
    with pytest.raises(PermissionMissing):
        command_execute("post_create", {"code": "P1", "name": "x"}, actor=make_actor("test.other"))
    assert not Position.objects.exists()
    assert not OperationLog.objects.exists()


def test_what_the_whole_institution_shares_needs_a_grant_of_all_of_it():
    data = {"code": "auditor", "name": "审计", "grants": []}
    for scope in ("own", "department", "department_tree"):
        boss = make_user(f"boss_{scope}", permissions=["platform.role.manage"], scope=scope)
        with pytest.raises(ScopeTooNarrow):
            command_execute("role_save", data, actor=actor_of(boss))
    assert not OperationLog.objects.exists()


def test_a_refusal_keeps_nothing():
    with pytest.raises(StateRefused):
        command_execute("post_create", {"code": "P1", "name": "refuse"}, actor=make_actor("test.post.create"))
    assert not Position.objects.exists()
    assert not OperationLog.objects.exists()


def test_bad_input_names_the_field():
    with pytest.raises(InputInvalid) as refused:
        command_execute("post_create", {"code": "P1", "name": "x", "amount": "1.234"}, actor=make_actor(*MAKER))
    assert refused.value.params["errors"][0]["loc"] == ("amount",)


def test_a_repeated_key_gives_the_stored_result():
    actor = make_actor("test.post.create")
    data = {"code": "P1", "name": "x", "amount": "12.30"}
    first = command_execute("post_create", data, actor=actor, idempotency_key="k1")
    again = command_execute("post_create", data, actor=actor, idempotency_key="k1")
    assert again == first
    assert first.response["amount"] == "12.30"
    assert OperationLog.objects.count() == 1


def test_a_key_with_another_request_is_refused():
    actor = make_actor("test.post.create")
    command_execute("post_create", {"code": "P1", "name": "x"}, actor=actor, idempotency_key="k1")
    with pytest.raises(IdempotencyKeyReused):
        command_execute("post_create", {"code": "P2", "name": "x"}, actor=actor, idempotency_key="k1")
    assert Position.objects.count() == 1


@pytest.mark.parametrize(("actor", "kept"), [(system_actor("intake"), 1), (make_actor("test.post.create"), 0)])
def test_what_the_server_itself_did_is_never_done_again_however_late(actor, kept):
    data = {"code": "P1", "name": "one", "amount": "1.00"}
    command_execute("post_create", data, actor=actor, idempotency_key="file:row 7")
    IdempotencyRecord.objects.update(created_at=timezone.now() - timedelta(days=4000))
    delete_old_jobs()
    assert IdempotencyRecord.objects.count() == kept


def test_a_refused_command_frees_its_key():
    actor = make_actor("test.post.create")
    with pytest.raises(StateRefused):
        command_execute("post_create", {"code": "P1", "name": "refuse"}, actor=actor, idempotency_key="k1")
    result = command_execute("post_create", {"code": "P1", "name": "fine"}, actor=actor, idempotency_key="k1")
    assert result.status == 200


@pytest.fixture
def policy():
    return ApprovalPolicy.objects.create(command="post_create", min_amount=100_00, checker_permission="test.post.check")


def _register(maker, amount="100.00"):
    data = {"code": "P1", "name": "big", "amount": amount}
    return command_execute("post_create", data, actor=maker)


@pytest.mark.usefixtures("policy")
class TestMakerChecker:
    def test_personal_data_and_secrets_of_a_registration_are_masked(self):
        ApprovalPolicy.objects.create(command="user_create", min_amount=0, checker_permission="test.post.check")
        boss = make_user("boss", permissions=("platform.user.manage",))
        data = {"username": "new.clerk", "display_name": "新人", "password": "13800001234-secret", "kind": "dealer"}
        number = client_for(boss).command("user_create", data)[1]["pending_no"]
        checker = client_for(make_user("checker", permissions=CHECKER))
        assert checker.get(f"/pending-commands/{number}")[1]["payload"]["password"] == "******"
        asked = {"pending_no": number, "reason": "核对登记内容"}
        status, body = checker.command("pending_command_reveal", asked)
        assert (status, body["payload"]["username"], body["payload"]["password"]) == (200, "new.clerk", "******")
        log = OperationLog.objects.get(operation="pending_command_reveal")
        assert log.changes[-1]["after"] == {"revealed": True, "reason": "核对登记内容"}
        assert client_for(boss).command("pending_command_reveal", asked)[0] == 403
        with connection.cursor() as cursor:
            cursor.execute("SELECT encode(payload, 'escape') FROM platform_pendingcommand")
            assert "secret" not in cursor.fetchone()[0]

    def test_below_the_threshold_it_is_done_at_once(self):
        assert _register(actor_of(make_user("maker", permissions=MAKER)), "99.99").status == 200

    def test_from_the_threshold_on_it_waits_and_changes_nothing(self):
        result = _register(actor_of(make_user("maker", permissions=MAKER)))
        assert result.status == 202
        assert not Position.objects.exists()

    def test_what_would_be_refused_is_refused_at_registration_and_keeps_nothing(self):
        maker = actor_of(make_user("maker", permissions=MAKER))
        data = {"code": "P1", "name": "refuse", "amount": "100.00"}
        with pytest.raises(StateRefused):
            command_execute("post_create", data, actor=maker, idempotency_key="k1")
        assert not PendingCommand.objects.exists()
        assert not OperationLog.objects.exists()
        assert not IdempotencyRecord.objects.exists()

    def test_another_person_carries_it_out(self):
        number = _register(actor_of(make_user("maker", permissions=MAKER))).response["pending_no"]
        checker = actor_of(make_user("checker", permissions=CHECKER))
        command_execute("pending_command_approve", {"pending_no": number, "opinion": "ok"}, actor=checker)
        assert Position.objects.get().name == "big"
        log = OperationLog.objects.get(operation="post_create")
        assert (log.actor_name, log.checker_name) == ("maker", "checker")
        assert PendingCommand.objects.get().state == "approved"

    def test_the_maker_may_not_check(self):
        maker = actor_of(make_user("maker", permissions=(*MAKER, *CHECKER)))
        number = _register(maker).response["pending_no"]
        with pytest.raises(MakerMayNotCheck):
            command_execute("pending_command_approve", {"pending_no": number}, actor=maker)
        assert not Position.objects.exists()
        assert PendingCommand.objects.get().state == "pending"

    def test_a_checker_needs_the_policys_permission(self):
        number = _register(actor_of(make_user("maker", permissions=MAKER))).response["pending_no"]
        other = actor_of(make_user("other", permissions=(PENDING_COMMAND_VIEW,)))
        with pytest.raises(PermissionMissing):
            command_execute("pending_command_approve", {"pending_no": number}, actor=other)

    def test_a_maker_who_lost_the_right_blocks_the_approval(self):
        maker_user = make_user("maker", permissions=MAKER)
        number = _register(actor_of(maker_user)).response["pending_no"]
        maker_user.roles.clear()
        checker = actor_of(make_user("checker", permissions=CHECKER))
        with pytest.raises(PermissionMissing):
            command_execute("pending_command_approve", {"pending_no": number}, actor=checker)
        assert PendingCommand.objects.get().state == "pending"

    def test_a_second_account_is_no_second_person(self):
        maker_user = make_user("maker", permissions=MAKER)
        number = _register(actor_of(maker_user)).response["pending_no"]
        other = make_user("other", permissions=CHECKER)
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.filter(pk=other.pk).update(employee=maker_user.employee)
        as_the_same_employee = replace(actor_of(other), employee_id=maker_user.employee_id)
        with pytest.raises(MakerMayNotCheck):
            command_execute("pending_command_approve", {"pending_no": number}, actor=as_the_same_employee)
        User.objects.filter(pk=other.pk).update(employee=None, kind="machine")
        other.refresh_from_db()
        with pytest.raises(CheckerMustBeEmployee):
            command_execute("pending_command_approve", {"pending_no": number}, actor=actor_of(other))
        with pytest.raises(EmployeeRequired):
            user_create(username="x", display_name="x", password=PASSWORD, kind="staff", roles=[])
        assert PendingCommand.objects.get().state == "pending"
        assert not Position.objects.exists()

    def test_a_checker_reaches_the_registrations_of_their_departments(self):
        east, south = make_department("华东区"), make_department("华南区")
        number = _register(actor_of(make_user("maker", permissions=MAKER, department=east))).response["pending_no"]
        far = make_user("far", permissions=CHECKER, scope="department", department=south)
        near = make_user("near", permissions=CHECKER, scope="department", department=east)
        assert client_for(far).get(f"/pending-commands/{number}")[0] == 404
        assert client_for(far).get("/lists/pending_commands")[1]["total"] == 0
        with pytest.raises(NotFound):
            command_execute("pending_command_approve", {"pending_no": number}, actor=actor_of(far))
        assert (pending_for(actor_of(far)), pending_for(actor_of(near))) == (0, 1)
        assert client_for(near).get(f"/pending-commands/{number}")[1]["actions"][0] == "pending_command_approve"
        command_execute("pending_command_approve", {"pending_no": number}, actor=actor_of(near))
        assert Position.objects.count() == 1

    def test_rejected_and_withdrawn_ones_stay_closed(self):
        maker = actor_of(make_user("maker", permissions=MAKER))
        checker = actor_of(make_user("checker", permissions=CHECKER))
        number = _register(maker).response["pending_no"]
        command_execute("pending_command_reject", {"pending_no": number, "opinion": "no"}, actor=checker)
        with pytest.raises(PendingCommandClosed):
            withdraw(pending_no=number, maker=maker)
        with pytest.raises(PendingCommandClosed):
            command_execute("pending_command_approve", {"pending_no": number}, actor=checker)
        assert not Position.objects.exists()
