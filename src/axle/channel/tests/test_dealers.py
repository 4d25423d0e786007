"""Dealers: entry, account, life, and who sees them."""

from datetime import date

import pytest

from axle.channel import permissions as may
from axle.channel.domain.states import DealerState, may_move
from axle.channel.errors import DealerNotActive
from axle.channel.models import Dealer, DealerControl
from axle.channel.public import dealer_active, dealer_control, settlement_account
from axle.platform.models import ApprovalPolicy, OperationLog, PendingCommand
from axle.platform.public import business_date_set
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


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"until_on": "2026-11-21"}, "control_end_refused", "until_on"),
        ({"until_on": "2027-11-24"}, "control_end_refused", "until_on"),
        ({"extra_checks": []}, "control_incomplete", "extra_checks"),
        ({"control_level": "limited"}, "control_incomplete", "cases_max"),
        ({"cases_max": 5}, "control_incomplete", "cases_max"),
        ({"note": "坏"}, "input_invalid", "note"),
    ],
)
def test_a_control_that_is_not_complete_is_refused(dealer, change, code, field):
    business_date_set(date(2026, 11, 22))
    setter = client_for(make_user("setter", permissions=[may.DEALER_CONTROL_SET]))
    status, body = setter.command("dealer_control_set", _control(dealer) | change)
    assert (status, body["code"], body["field"] or body["errors"][0]["field"]) == (422, code, field)
    assert not DealerControl.objects.exists()


def test_a_control_takes_the_place_of_another_and_counts_to_its_last_day(dealer):
    business_date_set(date(2026, 11, 22))
    setter = client_for(make_user("setter", permissions=[may.DEALER_CONTROL_SET, may.DEALER_CONTROL_VIEW]))
    for level in ("checked", "watched"):
        assert setter.command("dealer_control_set", _control(dealer) | {"control_level": level})[0] == 200
    assert list(DealerControl.objects.order_by("pk").values_list("state", "ended_on", "ended_by")) == [
        ("ended", date(2026, 11, 22), "setter"), ("in_force", None, ""),
    ]  # fmt: skip
    live = dealer_control(dealer.pk, on=date(2027, 1, 31))
    assert live is not None
    assert (live.level.asks_people, live.extra_checks) == (False, ("invoice",))
    assert dealer_control(dealer.pk, on=date(2027, 2, 1)) is None
    elsewhere = make_user(
        "far", permissions=[may.DEALER_CONTROL_VIEW], scope="department", department=make_department("华南区")
    )
    assert client_for(elsewhere).get("/lists/dealer_controls")[1]["total"] == 0
    assert setter.get("/lists/dealer_controls")[1]["total"] == 2


def _control(dealer):
    return {
        "dealer_id": dealer.pk, "control_level": "checked", "extra_checks": ["invoice"], "reason": "complaints",
        "until_on": "2027-01-31", "note": "客户投诉较多",
    }  # fmt: skip
