"""Two people at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from axle.kernel.errors import AxleError
from axle.origination.models import Application
from axle.origination.services.application_submit import application_submit
from axle.origination.tests.people import resident_id
from axle.origination.tests.world import make_world
from axle.platform.testing import act

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*operations):
    """Run each in a thread and connection of its own; gives results or the refusals' codes."""

    def run(operation):
        try:
            return operation()
        except AxleError as error:
            return error.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(operations)) as pool:
        return list(pool.map(run, operations))


def submit(application: Application, actor) -> str:
    with act(actor):
        return str(application_submit(actor=actor, application_id=application.pk).state)


def test_of_two_submissions_of_one_person_one_is_a_duplicate():
    world = make_world()
    manager = world.person("manager")
    drafts = [world.draft(serial=1), world.draft(serial=2, customer__id_no=resident_id(1))]
    results = at_once(*(lambda draft=draft: submit(draft, manager) for draft in drafts))
    assert sorted(results) == ["application_duplicate", "approved"]


def test_a_double_click_submits_once():
    world = make_world()
    manager, draft = world.person("manager"), world.draft()
    results = at_once(*(lambda: submit(draft, manager) for _ in range(2)))
    assert sorted(results) == ["approved", "state_refused"]
    assert Application.objects.get().round == 1
