"""The command bus: permission, one transaction, operation log, idempotency, maker-checker."""

import pytest

import axle.platform.http.routes  # noqa: F401 — declares the review commands
from axle.platform.approvals import withdraw
from axle.platform.commands import command_execute
from axle.platform.errors import (
    IdempotencyKeyReused,
    InputInvalid,
    MakerMayNotCheck,
    PendingCommandClosed,
    PermissionMissing,
    StateRefused,
)
from axle.platform.identity import actor_of
from axle.platform.models import ApprovalPolicy, OperationLog, PendingCommand, Position
from axle.platform.permissions import PENDING_COMMAND_VIEW
from axle.platform.testing import make_actor, make_user

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
    def test_below_the_threshold_it_is_done_at_once(self):
        assert _register(actor_of(make_user("maker", permissions=MAKER)), "99.99").status == 200

    def test_from_the_threshold_on_it_waits_and_changes_nothing(self):
        result = _register(actor_of(make_user("maker", permissions=MAKER)))
        assert result.status == 202
        assert not Position.objects.exists()

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
