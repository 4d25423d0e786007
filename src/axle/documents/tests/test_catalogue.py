"""Locale catalogues: both languages, every code that can be shown."""

import inspect
import json
from pathlib import Path

import pytest

from axle.documents import errors, permissions
from axle.documents.domain.captured_kinds import CAPTURED_KINDS
from axle.documents.models import CapturedState, DocumentState, EvidenceAct
from axle.documents.ocr.kinds import READABLE_KINDS, RULES
from axle.documents.rendering.templates import template_named
from axle.kernel.errors import AxleError
from axle.platform.catalogue import catalogue

FOLDER = Path(errors.__file__).parent / "locale"
CATALOGUES = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*.json")}


def keys(node, path=""):
    if not isinstance(node, dict):
        return {path}
    return {found for key, value in node.items() for found in keys(value, f"{path}/{key}")}


def test_both_languages_have_the_same_keys():
    assert keys(CATALOGUES["zh-CN"]) == keys(CATALOGUES["en-US"])


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
def test_everything_that_is_shown_has_words(locale):
    words = CATALOGUES[locale]
    codes = {one.code for _, one in inspect.getmembers(errors, inspect.isclass) if issubclass(one, AxleError)}
    assert codes - {"axle_error"} <= words["error"].keys()
    assert {value for name, value in vars(permissions).items() if name.isupper()} == words["permission"].keys()
    fields = {rule.name.removesuffix("_fen") for rules in RULES.values() for rule in rules}
    assert fields - {"name"} <= words["field"].keys() | catalogue(locale)["field"].keys()
    for name, values in (
        ("CapturedKind", CAPTURED_KINDS),
        ("CapturedState", CapturedState.values),
        ("DocumentState", DocumentState.values),
        ("EvidenceAct", EvidenceAct.values),
    ):
        assert set(values) == words["enum"][name].keys()
    for code in words["enum"]["DocumentTemplate"]:
        assert template_named(code).path.is_file()


def test_readable_kinds_are_captured_kinds():
    assert set(CAPTURED_KINDS) > READABLE_KINDS
