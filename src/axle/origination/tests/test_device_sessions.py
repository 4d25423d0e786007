"""On which device a case was signed: what a page tells, what the server sees, and what the strategy hears of it."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from pydantic import ValidationError

from axle.origination.domain.device_session import (
    DeviceHolder,
    DeviceSessionPart,
    browser_kind,
    distance_km,
    place_contradicts,
)
from axle.origination.domain.form import ApplicationForm
from axle.origination.domain.lifecycle import IN_REVIEW
from axle.origination.models import Application, ApplicationTrait, DeviceSession
from axle.origination.services.application_save_draft import application_save_draft
from axle.origination.services.application_submit import application_submit
from axle.origination.services.device_session_keep import (
    device_session_keep,
    device_sessions_forget,
    device_signals,
    distance_signals,
)
from axle.origination.services.own_signals import own_signals
from axle.origination.services.relation_graph_draw import relations_draw
from axle.origination.services.relations_find import related_of
from axle.origination.tests.answers import ADDRESS
from axle.origination.tests.world import TODAY, World, facts_of
from axle.platform.errors import StateRefused
from axle.platform.public import system_actor
from axle.platform.testing import act
from axle.sources.public import Answers, Gathered, Outcome

APPLICANT, DEALER = DeviceHolder.APPLICANT, DeviceHolder.DEALER
IP = "203.0.113.9"
PUBLIC_IP = "1.2.4.8"
PLACE = {"latitude": "30.27", "longitude": "120.16", "accuracy_m": 30}


def session(token: str = "web-phone-0001", **more: Any) -> DeviceSessionPart:
    told = {
        "is_agreed": True, "token": token, "traces": [], "utc_offset_minutes": 480, "time_zone": "Asia/Shanghai",
        "language": "zh-CN",
    }  # fmt: skip
    return DeviceSessionPart.model_validate(told | more)


def keep(application: Application, holder: DeviceHolder = APPLICANT, ip: str | None = PUBLIC_IP, **told: Any) -> None:
    with act(system_actor("signing")):
        device_session_keep(application, session(**told), holder=holder, ip=ip, agreed_by="张伟")


@pytest.mark.parametrize(
    ("traces", "kind"),
    [
        ([], "ordinary"),
        (["software_renderer"], "ordinary"),
        (["no_plugins", "software_renderer"], "doubtful"),
        (["touch_contradiction"], "emulated"),
        (["virtual_renderer", "webdriver"], "automated"),
    ],
)
def test_traces_say_together_what_a_browser_is(traces: list[str], kind: str):
    assert browser_kind(traces) == kind


@pytest.mark.parametrize(
    ("cell", "accuracy_m", "offset", "is_false"),
    [
        ("30.27,120.16", 30, 480, False),
        ("39.47,75.99", 30, 480, False),  # the far west has the capital's clock
        ("30.27,120.16", 0, 480, True),
        ("37.77,-122.42", 30, 480, True),
        ("30.27,120.16", 30, -480, True),
        ("-17.71,179.99", 30, -720, False),  # the other side of the date line is near
    ],
)
def test_a_place_that_contradicts_the_clock_is_false(cell: str, accuracy_m: int, offset: int, is_false: bool):
    assert place_contradicts(cell, accuracy_m, offset) is is_false


def test_distances_are_along_the_earth():
    assert distance_km("30.27,120.16", Decimal("31.23"), Decimal("121.47")) == 165  # Hangzhou to Shanghai
    assert distance_km("30.27,120.16", Decimal("30.27"), Decimal("120.16")) == 0


@pytest.mark.parametrize(
    "told",
    [
        {"is_agreed": False},
        {"token": "短"},
        {"traces": ["mood"]},
        {"place": PLACE | {"latitude": "30.2741"}},  # finer than may be told
        {"ip": IP},  # a page does not tell where it is in the net
    ],
)
def test_a_page_tells_no_more_than_it_may(told: dict[str, Any]):
    with pytest.raises(ValidationError):
        session(**told)


@pytest.mark.django_db
def test_an_applicants_device_is_theirs_and_a_dealers_is_not(world: World):
    """Three borrowers sign: two on one phone of their own, one on the dealer's, on which many do."""
    first, second, third = (world.draft(serial=serial) for serial in (1, 2, 3))
    keep(first, traces=["webdriver"], place=PLACE)
    keep(second, place=PLACE, utc_offset_minutes=0)
    keep(third, DEALER, token="web-dealer-0001")
    keep(third, token="web-dealer-0001")

    assert (first.device_token, first.device_ip, first.device_place) == ("web-phone-0001", PUBLIC_IP, "30.27,120.16")
    assert (third.device_token, third.device_ip, third.device_place) == ("", None, "")
    for draft in (first, second, third):
        with act(world.person("manager")) as clerk:
            application_submit(actor=clerk, application_id=draft.pk)
        draft.refresh_from_db()

    assert device_signals(first) == (
        ["device_session", "position"],
        {"browser_kind": "automated", "device_clock": "home", "device_is_of_ours": False,
         "ip_applications_24h": 1 if first.dealer_id else 3, "location_is_mocked": False},
    )  # fmt: skip
    assert device_signals(second)[1]["device_clock"] == "abroad"
    assert device_signals(second)[1]["location_is_mocked"] is True
    assert device_signals(third)[0] == ["device_session"]
    assert device_signals(third)[1]["device_is_of_ours"] is True
    for outcome, answer, distance in ((Outcome.HIT, ADDRESS, 1), (Outcome.LATE, None, None)):
        found = Answers({"address": Gathered("address", 1, outcome, "", answer)})
        assert distance_signals(first.device_place, found) == (["address_position"], {"address_distance_km": distance})
        assert distance_signals(third.device_place, found) == ([], {})
    assert distance_signals(first.device_place, Answers({})) == ([], {})
    facts = facts_of(first)
    assert {"device_session", "position"} <= set(facts.sources_asked)
    assert facts.signals["device_applicants"] == 2
    assert ApplicationTrait.objects.filter(application=third, kind__in=["device", "place"]).count() == 0
    graph = relations_draw(world.person("manager"), first).graph
    assert {(node.kind.value, node.label) for node in graph.nodes} >= {("device", "e-0001"), ("place", "30.27,120.16")}


@pytest.mark.django_db
def test_an_address_is_counted_only_where_it_says_something(world: World):
    one, other, dealers = (world.draft(serial=serial) for serial in (1, 2, 3))
    Application.objects.filter(pk=other.pk).update(dealer_id=None)
    keep(one, ip="192.168.1.7")
    keep(other, ip="192.168.1.7", token="web-phone-0002")
    assert device_signals(one)[1]["ip_applications_24h"] == 1
    keep(one)
    keep(other, token="web-phone-0002")
    keep(dealers, token="web-phone-0003")
    one.dealer_id = None
    assert device_signals(one)[1]["ip_applications_24h"] == 3
    DeviceSession.objects.filter(application=other).update(told_at=timezone.now() - timedelta(hours=25))
    assert device_signals(one)[1]["ip_applications_24h"] == 2


@pytest.mark.django_db
def test_a_session_is_kept_once_before_the_decision_and_for_a_while(world: World):
    draft = world.draft()
    keep(draft)
    keep(draft, traces=["headless"])
    assert DeviceSession.objects.get().traces == ["headless"]
    assert device_signals(draft)[1]["browser_kind"] == "automated"
    draft.state = IN_REVIEW
    with pytest.raises(StateRefused):
        keep(draft, traces=[])
    assert DeviceSession.objects.get().traces == ["headless"]
    DeviceSession.objects.update(told_at=timezone.now() - timedelta(days=91))
    assert (device_sessions_forget(), DeviceSession.objects.count()) == (1, 0)
    assert device_signals(draft) == ([], {})


@pytest.mark.django_db
def test_who_writes_a_form_tells_their_own_device(world: World):
    form = ApplicationForm.model_validate(world.form())
    with act(world.person("manager")) as clerk:
        draft = application_save_draft(actor=clerk, form=form, device=session("web-desk-0001"))
    kept = DeviceSession.objects.get()
    assert (kept.application_id, kept.holder, kept.token, draft.device_token) == (
        draft.pk,
        "staff",
        "web-desk-0001",
        "",
    )
    assert own_signals(draft, form, related_of(draft.pk), is_of_dealer=False, on=TODAY)[1]["device_applicants"] == 1
