"""Words: both languages are complete, everything that people meet has a name, and the glossary holds."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from axle.config.api import api
from axle.config.cli.glossary import glossary_read
from axle.config.cli.pages import declared_errors
from axle.decisioning.domain.faults import FaultCode
from axle.platform.http import LISTINGS
from axle.platform.public import COMMANDS, JOBS, PARAMETERS, PERMISSIONS, STEPS, catalogue, current_locale
from axle.platform.reports import REPORTS, report_words
from tests.architecture import rules

FOLDERS = sorted(rules.PACKAGE.glob("*/locale"))
TERMS = glossary_read(rules.ROOT / "docs" / "glossary.tsv")
PRODUCT = [path for path in rules.python_files(rules.PACKAGE) if "tests" not in path.parts]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_both_languages_say_the_same(folder: Path):
    assert rules.catalogue_differences(folder) == []
    assert rules.empty_texts(folder) == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_a_refusal_says_what_to_do(folder: Path):
    assert rules.refusals_without_advice(folder) == []


def test_a_refusal_that_only_states_a_condition_is_found(tmp_path: Path):
    chinese = {"a": "利率过高。", "b": "利率过高，请调低。", "field": {"c": "利率过高"}}
    english = {"a": "Too high", "b": "Too high. Lower it.", "field": {"c": "Too high"}}
    (tmp_path / "zh-CN.json").write_text(json.dumps({"error": chinese}))
    (tmp_path / "en-US.json").write_text(json.dumps({"error": english}))

    assert rules.refusals_without_advice(tmp_path) == ["zh-CN: error/a", "en-US: error/a"]


def test_a_missing_or_different_text_is_found(tmp_path: Path):
    (tmp_path / "zh-CN.json").write_text(json.dumps({"error": {"a": "{x}", "b": "乙"}, "field": {"c": ""}}))
    (tmp_path / "en-US.json").write_text(json.dumps({"error": {"a": "{y}"}, "field": {"c": "C"}}))

    assert rules.catalogue_differences(tmp_path) == [
        "error/b is in one language only",
        "error/a has different placeholders",
    ]
    assert rules.empty_texts(tmp_path) == ["field/c is empty in zh-CN"]


def test_no_two_contexts_call_the_same_thing_differently():
    """Words are merged over the contexts: what one calls otherwise stands in its group ``@<context>``."""
    assert rules.words_that_differ(FOLDERS) == []


def test_a_key_with_two_wordings_is_found(tmp_path: Path):
    for context, words in (("a", {"code": "编码", "on": "日期"}), ("b", {"code": "验证码", "on": "日期"})):
        (tmp_path / context).mkdir()
        (tmp_path / context / "zh-CN.json").write_text(json.dumps({"field": words | {f"@{context}": {"no": context}}}))
        (tmp_path / context / "en-US.json").write_text("{}")

    assert rules.words_that_differ([tmp_path / "a", tmp_path / "b"]) == ["zh-CN: field/code: 编码, 验证码"]


def missing(section: str, names: Any) -> list[str]:
    return [
        f"{locale}: {section}/{name}"
        for locale in ("zh-CN", "en-US")
        for name in sorted(names)
        if not isinstance(catalogue(locale).get(section, {}).get(name), str | dict)
    ]


def missing_members(enum: str, members: Any) -> list[str]:
    return [
        f"{locale}: {enum}/{member}"
        for locale in ("zh-CN", "en-US")
        for member in sorted(members)
        if member not in catalogue(locale)["enum"].get(enum, {})
    ]


def test_every_refusal_has_a_sentence():
    assert missing("error", {error.code for error in declared_errors()}) == []


def test_refusals_have_codes_of_their_own():
    codes = [error.code for error in declared_errors()]

    assert sorted(codes) == sorted(set(codes))


def test_every_permission_has_a_label():
    assert missing("permission", (name for name in PERMISSIONS if "test" not in name.split("."))) == []


def test_every_part_of_the_system_that_acts_has_a_name():
    actors = rules.system_actors(PRODUCT)
    assert {"decision", "payments"} <= actors
    assert missing("actor", actors) == []


def test_every_command_has_a_label():
    assert api.urls
    assert missing("command", COMMANDS) == []


def inputs_of_commands() -> dict[str, dict[str, Any]]:
    """The schemas that commands take, at any depth, by name."""
    document = json.loads(json.dumps(api.get_openapi_schema()))
    found: dict[str, dict[str, Any]] = {}
    bodies = [methods["post"]["requestBody"] for path, methods in document["paths"].items() if "/commands/" in path]
    waiting = [name for body in bodies for name in rules.referenced(body)]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = document["components"]["schemas"][name]
            waiting += rules.referenced(found[name])
    return found


def test_every_field_and_choice_of_a_form_has_a_label():
    schemas = inputs_of_commands()
    assert {"ProductTerms", "ApplicationForm", "CustomerPart"} <= set(schemas)
    assert missing("field", {key for schema in schemas.values() for key in schema.get("properties", {})}) == []
    enums = {name: schema["enum"] for name, schema in schemas.items() if "enum" in schema}
    assert [fault for name, members in enums.items() for fault in missing_members(name, map(str, members))] == []


def test_every_report_and_column_says_what_it_is():
    assert REPORTS
    assert missing("report", REPORTS) == []
    assert missing("purpose", REPORTS) == []
    unsaid = [
        f"{locale}: {section} of {report.name}/{col.key}"
        for locale in ("zh-CN", "en-US")
        for report in REPORTS.values()
        for col in report.columns
        for section in ("field", "meaning")
        if not _in_locale(locale, section, report.name, col.key)
    ]
    assert unsaid == []


def _in_locale(locale: str, section: str, name: str, key: str) -> str:
    token = current_locale.set(locale)
    try:
        return report_words(section, name, key)
    finally:
        current_locale.reset(token)


def test_every_parameter_job_and_step_of_the_day_has_a_label():
    parameters = [code for code in PARAMETERS if not code.startswith("test.")]
    assert missing("parameter", parameters) == []
    assert missing_members("Job", JOBS) == []
    assert missing_members("EodStep", (step.name for step in STEPS)) == []


def test_every_fault_of_a_decision_has_a_label():
    assert missing_members("DecisionFault", FaultCode) == []


def test_everything_that_the_operation_log_names_has_a_label():
    tables = {model._meta.model_name for model in apps.get_models() if model.__module__.startswith("axle.")}
    subjects = {command.subject for command in COMMANDS.values() if command.subject and command.context != "test"}
    assert missing_members("Subject", tables | subjects) == []


def test_every_listing_and_column_has_a_label():
    assert missing("listing", LISTINGS) == []
    assert missing("field", {column.key for listing in LISTINGS.values() for column in listing.columns}) == []


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
def test_every_choice_of_a_listing_has_a_label(locale: str):
    enums = catalogue(locale)["enum"]
    columns = [column for listing in LISTINGS.values() for column in listing.columns if column.enum]

    assert [f"{c.enum}.{choice}" for c in columns for choice in c.choices if choice not in enums.get(c.enum, {})] == []


def test_no_name_uses_a_word_that_the_glossary_replaces():
    banned = {wrong: term.identifier for term in TERMS for wrong in term.banned}
    names = {name for path in PRODUCT for name in rules.identifiers(path)}

    assert rules.banned_names(names, banned) == []


def test_a_banned_word_is_found(tmp_path: Path):
    (tmp_path / "a.py").write_text("def payInstallment(car_price):\n    drawdown = 1\n")

    found = rules.banned_names(
        rules.identifiers(tmp_path / "a.py"), {"installment": "instalment", "drawdown": "disbursement"}
    )

    assert found == ["drawdown: say disbursement, not drawdown", "pay_installment: say instalment, not installment"]


def test_every_term_of_the_glossary_is_used():
    names = {name for path in PRODUCT for name in rules.identifiers(path)} | {path.stem for path in PRODUCT}
    folders = {path.name for path in rules.PACKAGE.iterdir()}
    words = "_".join(f"_{name}_" for name in names | folders)

    assert [term.identifier for term in TERMS if f"_{term.identifier}_" not in words] == []


def test_screens_use_the_words_of_the_glossary():
    labels = catalogue("zh-CN")["field"]

    assert [
        f"{term.identifier}: {labels[term.identifier]}, not {term.chinese}"
        for term in TERMS
        if term.identifier in labels and not any(word in labels[term.identifier] for word in term.chinese.split("/"))
    ] == []


def test_terms_are_told_once():
    for names in ([term.identifier for term in TERMS], [term.chinese for term in TERMS]):
        assert sorted(names) == sorted(set(names))
