"""What goes without people: the automatic authority, a lower amount, and the applicant's own device."""

import pytest

from axle.origination import permissions as may
from axle.origination.errors import DeviceNotApplicants
from axle.origination.parameters import AUTOMATIC_APPROVAL_MAX
from axle.origination.services.application_device_keep import application_device_keep
from axle.origination.services.contract_create import contract_create
from axle.origination.services.source_facts import particulars_of
from axle.origination.tests.world import TODAY, World
from axle.platform.public import parameter_set, system_actor
from axle.platform.testing import act, make_actor
from axle.vehicle.public import vehicle_get

pytestmark = pytest.mark.django_db


def test_what_is_beyond_the_automatic_authority_goes_to_people(world: World):
    with act(system_actor("setup")) as admin:
        parameter_set(
            actor=admin,
            code=AUTOMATIC_APPROVAL_MAX.code,
            value=9_999_999,
            effective_from=TODAY,
            legal_entity_id=None,
            note="",
        )
    application = world.submitted()
    assert (application.state, application.decision) == ("in_review", "approve")


def test_a_little_over_the_limit_is_approved_for_the_limit(world: World):
    """Grade C lends 76 % of 160,000; the contract is made on that, and the buyer pays the rest."""
    facts = world.form()["credit_facts"] | {"score": 650}
    loan = {"loan__amount": "127000.00", "loan__down_payment": "33000.00"}
    application = world.submitted(**loan, customer__monthly_debt="0.00", credit_facts=facts)
    assert (application.state, application.decision, application.amount) == ("approved", "approve", 12_700_000)
    assert application.approved_amount == 12_160_000
    with act(world.person("clerk")) as clerk:
        contract = contract_create(actor=clerk, application_id=application.pk)
    assert (contract.principal, contract.down_payment) == (12_160_000, 3_840_000)


def test_the_applicants_device_is_told_by_their_own_page_only(world: World):
    draft = world.draft()
    told = {"application_id": draft.pk, "version": None, "token": "device-0001", "ip": "203.0.113.9"}
    with pytest.raises(DeviceNotApplicants), act(world.person("manager")) as clerk:
        application_device_keep(actor=clerk, **told)
    with act(make_actor(may.APPLICATION_EDIT, kind="machine")) as partner:
        application_device_keep(actor=partner, **told)
    draft.refresh_from_db()
    car = vehicle_get(world.submitted(serial=2).vehicle_id or 0)
    particulars = particulars_of(draft, car)
    assert (particulars.device_token, particulars.ip, particulars.price) == ("device-0001", "203.0.113.9", 16_500_000)
