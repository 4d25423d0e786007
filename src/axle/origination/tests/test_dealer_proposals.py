"""Three abnormal months of a dealer propose its control: once a month, carried out when a person agrees."""

from datetime import date

import pytest
from django.apps import apps

from axle.channel.permissions import DEALER_CONTROL_SET
from axle.channel.public import ControlLevel, dealer_control
from axle.origination.models import Application
from axle.origination.services.dealer_control_propose import dealer_controls_propose
from axle.origination.services.dealer_signals import dealers_abnormal
from axle.origination.tests.world import TODAY, World
from axle.platform.testing import client_for, make_user

pytestmark = pytest.mark.django_db


def declined_in(world: World, month: date, count: int = 5) -> None:
    """Cases of the dealer that were submitted and declined in a month."""
    pattern = world.draft()
    for _ in range(count):
        pattern.pk, pattern.application_no = None, f"AP{month:%m}{_:04d}"
        pattern.state = "withdrawn"
        pattern.save(force_insert=True)
        Application.objects.filter(pk=pattern.pk).update(submitted_at=f"{month:%Y-%m}-10T12:00:00+08:00")


def test_three_abnormal_months_propose_the_control_and_a_second_person_agrees(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    declined_in(world, date(2026, 10, 1))
    assert dealers_abnormal(on=TODAY) == {world.dealer_id: 0}
    assert dealer_controls_propose(on=TODAY) == 0
    told = {world.dealer_id: 3}
    monkeypatch.setattr("axle.origination.services.dealer_control_propose.dealers_abnormal", lambda on: told)

    assert dealer_controls_propose(on=TODAY) == 1
    assert dealer_controls_propose(on=TODAY) == 0  # once a month, whatever became of it

    assert dealer_control(world.dealer_id, on=TODAY) is None
    pending = apps.get_model("platform.PendingCommand").objects.get()
    assert (pending.command, pending.maker, pending.maker_name) == ("dealer_control_set", None, "decision")
    other = client_for(make_user("otto", permissions=("platform.pending_command.view",)))
    refused, _ = other.command("pending_command_approve", {"pending_no": pending.pending_no, "opinion": "同意"})
    assert refused == 403
    checker = client_for(make_user("chen", permissions=("platform.pending_command.view", DEALER_CONTROL_SET)))
    status, page = checker.get("/lists/pending_commands")
    assert (status, [row["maker_name"] for row in page["items"]]) == (200, [page["items"][0]["maker_name"]])
    status, body = checker.command("pending_command_approve", {"pending_no": pending.pending_no, "opinion": "同意"})
    assert status == 200, body
    control = dealer_control(world.dealer_id, on=TODAY)
    assert control is not None
    assert (control.level, control.level.asks_people) == (ControlLevel.CHECKED, True)
    assert dealer_controls_propose(on=date(2026, 12, 2)) == 0  # it is under control
