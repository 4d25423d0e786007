"""The engine's workloads measure what their results tell."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from axle.amortization.public import Terms, replay, schedule

BENCH = Path(__file__).parents[2] / "bench"


def workload(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"bench_{name}", BENCH / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def recorded(name: str) -> dict[str, Any]:
    """The figures that ``./axle bench NAME --record`` kept."""
    figures: dict[str, Any] = json.loads((BENCH / "results" / f"{name}.json").read_text("utf-8"))["figures"]
    return figures


@pytest.mark.parametrize("name", ["quote", "replay"])
def test_results_have_the_figures_of_the_workload(name: str):
    figures = workload(name).run(20)
    told = recorded(name)
    missing = set(told) - set(figures)
    assert all(key.startswith("quantlib") for key in missing), "QuantLib alone may be missing"


def test_results_reach_their_goals():
    quote, story = recorded("quote"), recorded("replay")
    assert quote["schedule_us"] <= quote["schedule_goal_us"]
    assert quote["vector_schedules_a_second"] >= quote["vector_goal_a_second"]
    assert quote["vector_to_floor"] <= quote["vector_to_floor_goal"]
    assert story["replay_ms"] <= story["replay_goal_ms"]


def test_the_life_of_the_replay_is_whole():
    story = workload("replay")
    life = story._life(200)
    assert len({event.id for event in life}) == 200
    position = replay(story.TERMS, story.RULES, life, story.AS_OF)
    assert position.received == position.paid.total + position.unapplied + position.refunded
    assert isinstance(story.TERMS, Terms)
    assert len(schedule(story.TERMS).instalments) == 60
