"""Sources and the clock: who waits for whom, and how long."""

import asyncio
import time
from typing import Any

import pytest
from django.apps import apps

from axle.origination.parameters import SOURCES_WITHIN_MS
from axle.origination.tests import test_sources as flow
from axle.origination.tests.answers import DISHONEST
from axle.origination.tests.test_sources import Told, calls, submitted
from axle.origination.tests.world import TODAY, World
from axle.platform.public import parameter_set
from axle.platform.testing import act, make_actor
from axle.sources import ports
from axle.sources.domain.catalogue import SOURCES

pytestmark = pytest.mark.django_db


sources = flow.sources


class Waits(Told):
    """A source that answers when another one has been asked."""

    def __init__(self, answer: Any, other: Told) -> None:
        super().__init__(answer)
        self._other = other

    async def ask(self, client: Any, question: ports.Question) -> str:
        while not self._other.asked:
            await asyncio.sleep(0.005)
        return await super().ask(client, question)


def within_ms(milliseconds: int) -> None:
    with act(make_actor()):
        parameter_set(
            actor=make_actor(),
            code=SOURCES_WITHIN_MS.code,
            value=milliseconds,
            effective_from=TODAY,
            legal_entity_id=None,
            note="",
        )


def court_waits_for_the_bureau(sources: dict[str, Told], answer: Any) -> None:
    sources["court"] = Waits(answer, sources["credit_report"])
    ports.source_adapters_install(sources)


def test_the_bureau_waits_no_longer_than_leaves_it_its_own_time(world: World, sources: dict[str, Told]):
    within_ms(2_000)  # the bureau's own: it leaves beside those that are still out
    court_waits_for_the_bureau(sources, ports.NoRecord("{}"))

    application = submitted(world)

    assert (application.state, calls(application)["court"]) == ("approved", "no_record")
    assert calls(application)["credit_report"] == "hit"


def test_what_comes_while_the_bureau_is_asked_counts(world: World, sources: dict[str, Told]):
    within_ms(2_000)
    court_waits_for_the_bureau(sources, DISHONEST)

    application = submitted(world)

    assert (application.state, calls(application)["court"]) == ("declined", "hit")
    assert calls(application)["credit_report"] == "hit"


def test_nobody_is_given_up_before_their_own_time(world: World, sources: dict[str, Told]):
    """The bureau waits for the silent court until its own time is left, and the court has the whole of its own."""
    within_ms(2_200)
    sources["court"] = Waits(ports.NoRecord("{}"), Told(None))
    ports.source_adapters_install(sources)

    begun, allowed = time.monotonic(), SOURCES["court"].deadline_ms
    application = submitted(world)

    assert (application.state, calls(application)["court"], calls(application)["credit_report"]) == (
        "in_review",
        "late",
        "hit",
    )
    (call,) = apps.get_model("sources.SourceCall").objects.filter(source__code="court")
    assert (call.duration_ms or 0) >= allowed
    assert time.monotonic() - begun >= allowed / 1000
