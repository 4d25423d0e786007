"""Names that forms offer to staff, and to nobody else."""

import pytest

from axle.platform.public import users_granted
from axle.platform.testing import client_for, make_department, make_user

pytestmark = pytest.mark.django_db


def test_staff_choose_departments_and_colleagues_without_seeing_more():
    east = make_department("华东区")
    clerk = client_for(make_user("clerk", permissions=[], department=east))
    names = [row["name"] for row in clerk.get("/choices/departments")[1]]
    assert "华东区" in names
    status, people = clerk.get("/choices/employees")
    assert (status, [sorted(row) for row in people][:1]) == (200, [["code", "id", "name"]])
    assert clerk.get("/organisation/departments")[0] == 403


def test_people_outside_choose_nothing():
    make_department("华东区")
    dealer = client_for(make_user("dealer", permissions=[], kind="dealer", scope="channel"))
    assert (dealer.get("/choices/departments"), dealer.get("/choices/employees")) == ((200, []), (200, []))


def test_those_who_hold_a_permission_are_named_once():
    anna = make_user("anna", permissions=["platform.job.view"])
    make_user("ben", permissions=["platform.job.manage"])
    gone = make_user("gone", permissions=["platform.job.view"])
    gone.is_active = False
    gone.save()
    assert users_granted("platform.job.view") == [(anna.pk, anna.display_name)]
