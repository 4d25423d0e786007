"""Dealers: entry, account, life, and who sees them."""

import pytest

from axle.channel import permissions as may
from axle.channel.domain.states import DealerState, may_move
from axle.channel.errors import DealerNotActive
from axle.channel.models import Dealer
from axle.channel.public import dealer_active, settlement_account
from axle.platform.models import ApprovalPolicy, OperationLog, PendingCommand
from axle.platform.testing import client_for, make_department, make_user

pytestmark = pytest.mark.django_db
USCC = "91350100M000100Y43"


def _data(**more):
    base = {
        "name": "申海汽车销售有限公司",
        "uscc": USCC,
        "region": "310100",
        "grade": "A",
        "contact_name": "王经理",
        "contact_phone": "13800001234",
        "department_id": make_department().pk,
    }
    return base | more


@pytest.fixture
def manager():
    return client_for(make_user("manager", permissions=[may.DEALER_VIEW, may.DEALER_MANAGE, may.DEALER_ACCOUNT_CHANGE]))


@pytest.fixture
def dealer(manager):
    status, body = manager.command("dealer_create", _data())
    assert status == 200, body
    return Dealer.objects.get()


def _enter_account(client, dealer):
    return client.command(
        "dealer_account_change",
        {
            "dealer_id": dealer.pk,
            "payee_name": dealer.name,
            "account_bank": "建设银行",
            "account_no": "31001234567890",
        },
    )


def test_a_new_dealer_waits_for_its_account(manager, dealer):
    assert dealer.state == "pending"
    status, body = manager.command("dealer_activate", {"dealer_id": dealer.pk})
    assert (status, body["code"]) == (409, "dealer_has_no_account")
    _enter_account(manager, dealer)
    assert manager.command("dealer_activate", {"dealer_id": dealer.pk})[0] == 200
    assert settlement_account(dealer.pk).account_no == "31001234567890"
    assert dealer_active(dealer.pk).name == dealer.name


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"uscc": USCC[:-1] + "5"}, "uscc"),
        ({"contact_phone": "12345"}, "contact_phone"),
        ({"region": "上海"}, "region"),
    ],
)
def test_wrong_identifiers_are_refused_by_field(manager, change, field):
    status, body = manager.command("dealer_create", _data(**change))
    assert (status, body["errors"][0]["field"]) == (422, field)
    assert not Dealer.objects.exists()


def test_a_company_is_entered_once(manager, dealer):
    status, body = manager.command("dealer_create", _data())
    assert (status, body["code"], body["field"]) == (409, "name_taken", "uscc")
    assert Dealer.objects.count() == 1


def test_an_account_change_under_review_waits_for_another_person(manager, dealer):
    ApprovalPolicy.objects.create(command="dealer_account_change", checker_permission=may.DEALER_ACCOUNT_CHECK)
    status, body = _enter_account(manager, dealer)
    dealer.refresh_from_db()
    assert status == 202
    assert dealer.account_no is None
    checker = client_for(make_user("checker", permissions=[may.DEALER_ACCOUNT_CHECK, "platform.pending_command.view"]))
    assert checker.command("pending_command_approve", body)[0] == 200
    dealer.refresh_from_db()
    assert dealer.account_no == "31001234567890"


def test_a_change_out_of_the_makers_reach_is_refused_at_its_registration(dealer):
    ApprovalPolicy.objects.create(command="dealer_account_change", checker_permission=may.DEALER_ACCOUNT_CHECK)
    elsewhere = make_user(
        "elsewhere", permissions=[may.DEALER_ACCOUNT_CHANGE], scope="department", department=make_department("华南区")
    )
    status, body = _enter_account(client_for(elsewhere), dealer)
    assert (status, body["code"]) == (404, "not_found")
    assert not PendingCommand.objects.exists()


def test_the_log_masks_the_account(manager, dealer):
    _enter_account(manager, dealer)
    log = OperationLog.objects.get(operation="dealer_account_change")
    assert log.changes[0]["after"]["account_no"] == "3100******7890"


def test_a_suspended_dealer_may_not_submit(manager, dealer):
    _enter_account(manager, dealer)
    manager.command("dealer_activate", {"dealer_id": dealer.pk})
    manager.command("dealer_suspend", {"dealer_id": dealer.pk, "reason": "检查"})
    with pytest.raises(DealerNotActive):
        dealer_active(dealer.pk)


@pytest.mark.parametrize("to", list(DealerState))
def test_nothing_leads_back_from_exit(to):
    assert not may_move(DealerState.EXITED, to)


def test_a_dealers_clerk_sees_only_their_own(dealer):
    other = Dealer.objects.create(
        dealer_no="DL2", name="别家", uscc="2", region="310100", contact_name="x", contact_phone="1",
        department=make_department(),
    )  # fmt: skip
    clerk = client_for(
        make_user("clerk", permissions=[may.DEALER_VIEW], scope="channel", kind="dealer", channel_ids=[dealer.pk])
    )
    assert [row["id"] for row in clerk.get("/lists/dealers")[1]["items"]] == [dealer.pk]
    assert clerk.get(f"/dealers/{other.pk}")[0] == 404
    assert clerk.get(f"/dealers/{dealer.pk}")[1]["actions"] == []
