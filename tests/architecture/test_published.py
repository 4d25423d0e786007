"""What is published is true: every write is a command, every feature names its operations and its tests."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from axle.config.api import api
from tests.architecture import rules

# What is sent but is no command of a signed-in actor.
WRITES = {
    # who one is
    "POST /api/v1/session",
    "DELETE /api/v1/session",
    "POST /api/v1/me/code",
    "POST /api/v1/me/session",
    "POST /api/v1/signing",
    # files: one that a command then refers to, one that is only looked at
    "POST /api/v1/files",
    "POST /api/v1/documents/verify",
    # signed calls of outside parties
    "POST /api/v1/callbacks/sms",
    "POST /api/v1/callbacks/bank/{channel}",
    "POST /api/v1/callbacks/sources/{source}",
}


@pytest.fixture(scope="module")
def openapi() -> Any:
    assert api.urls
    return json.loads((rules.ROOT / "docs" / "reference" / "openapi.json").read_text(encoding="utf-8"))


def test_every_write_is_a_command(openapi: Any):
    assert rules.unlisted_writes(openapi, WRITES) == []


def test_a_write_beside_the_commands_is_found():
    paths = {"/api/v1/commands/dealer_create": {"post": {}}, "/api/v1/dealers": {"put": {}, "get": {}}}

    assert rules.unlisted_writes({"paths": paths}, WRITES) == ["PUT /api/v1/dealers"]


def test_decisions_are_numbered_once_and_without_a_gap():
    """Two people who decide on the same day take the same number unless somebody looks."""
    files = sorted((rules.ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    titles = [path.read_text(encoding="utf-8").split(".")[0] for path in files]
    assert [path.name[:4] for path in files] == [f"{number:04d}" for number in range(1, len(files) + 1)]
    assert titles == [f"# {number}" for number in range(1, len(files) + 1)]


def test_the_head_of_the_features_counts_them():
    text = (rules.ROOT / "docs" / "features.md").read_text(encoding="utf-8")
    states = re.findall(r"^\| [A-Z]+-\d+ \|[^|]*\|[^|]*\| (works|partial|none) \|", text, re.MULTILINE)
    works, partial, none = (states.count(state) for state in ("works", "partial", "none"))
    head = f"Of {len(states)} features {works} work, {partial} are partial, {none} are not there."
    assert head in text


def test_every_route_has_a_name_of_its_own(openapi: Any):
    routes = [route for methods in openapi["paths"].values() for route in methods.values()]
    names = [route["operationId"] for route in routes]

    assert sorted(names) == sorted(set(names))


def test_every_model_of_the_api_has_a_name_of_its_own(openapi: Any):
    """Two models of one name would silently become one component of the API file."""
    published = openapi["components"]["schemas"]
    models = [model for model in rules.descendants(BaseModel) if model.__name__ in published]
    places: dict[str, set[str]] = {}
    for model in models:
        places.setdefault(model.__name__, set()).add(model.__module__)

    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def test_every_feature_names_operations_and_tests_that_exist(openapi: Any):
    document = (rules.ROOT / "docs" / "features.md").read_text(encoding="utf-8")

    assert rules.unproven_features(document, rules.operations(openapi), rules.ROOT) == []


def test_a_feature_without_proof_is_found(tmp_path: Path):
    (tmp_path / "test_a.py").touch()
    document = """
| id | feature | operations | tests |
| --- | --- | --- | --- |
| CHN-01 | dealers | `dealer_create` | `test_a.py::test_x` |
| CHN-02 | grades | `dealer_grade` | `test_b.py` |
| CHN-03 | regions | | |
"""

    assert rules.unproven_features(document, {"dealer_create"}, tmp_path) == [
        "CHN-02: no operation dealer_grade",
        "CHN-02: no test test_b.py",
        "CHN-03: no test is named",
    ]
