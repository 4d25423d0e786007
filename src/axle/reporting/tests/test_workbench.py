"""The workbench shows what its reader may see, and nothing else."""

import pytest

from axle.platform.testing import client_for, make_user

pytestmark = pytest.mark.django_db


def _keys(user) -> tuple[set[str], set[str]]:
    status, body = client_for(user).get("/workbench")
    assert status == 200, body
    return {card["key"] for card in body["cards"]}, {chart["key"] for chart in body["charts"]}


def test_everybody_sees_what_waits_for_them():
    assert _keys(make_user("plain")) == ({"my_tasks", "pending_checks"}, set())


def test_the_portfolio_needs_its_permission():
    cards, charts = _keys(make_user("boss", permissions=["servicing.portfolio.view", "servicing.loan.view"]))
    assert {"portfolio_balance", "overdue_rate", "loans_in_force"} <= cards
    assert charts == {"balance_by_product", "overdue_by_bucket"}


def test_the_funnel_needs_its_permission():
    _cards, charts = _keys(make_user("clerk", permissions=["origination.application.view"]))
    assert charts == {"application_funnel", "disbursed_by_month"}


def test_nobody_sees_nothing():
    assert client_for().get("/workbench")[0] == 401
