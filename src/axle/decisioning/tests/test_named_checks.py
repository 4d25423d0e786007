"""The named checks: declared once, judged by what was told and which rules applied, and never passed unseen."""

from collections import Counter
from typing import Any

import pytest

from axle.decisioning.domain.evaluation import evaluate
from axle.decisioning.domain.named_checks import CheckStatus, checks_judged
from axle.decisioning.domain.plain_words import field_named
from axle.decisioning.domain.rules import Severity
from axle.decisioning.named_checks import named_checks
from axle.decisioning.strategies.tables import table_read
from axle.decisioning.tests.factories import STANDARD, base_case, standard
from axle.platform.public import text

BY_CODE = {check.code: check for check in named_checks()}
GRAPH = {
    "sources_asked": ["graph"], "address_applicants": 1, "phone_applicants": 1, "card_owners": 1,
    "vehicle_applicants": 1, "employer_applicants_30d": 1, "contact_applicants": 0, "is_mutual_contact": False,
    "contact_is_staff": False, "vehicle_financed_here": False, "defaulters_near": 0, "community_bad_rate": "0",
    "ring_people": 0,
}  # fmt: skip


def judged(**changes: Any) -> dict[str, CheckStatus]:
    values = base_case(**changes)
    evaluation = evaluate(standard(), values, deadline_seconds=10)
    return checks_judged(named_checks(), standard().rules, values, evaluation)


def test_seventy_two_checks_are_declared_of_which_thirty_two_hold_two_sources_against_each_other():
    assert list(BY_CODE) == [f"C{number:02}" for number in range(1, 73)]
    assert sum(check.is_cross for check in BY_CODE.values()) == 32
    words = [word for check in BY_CODE.values() for word in (*vars(check.name).values(), *vars(check.missing).values())]
    assert all(words)
    assert (
        len({check.name.zh for check in BY_CODE.values()}) == len({check.name.en for check in BY_CODE.values()}) == 72
    )


def test_a_check_reads_what_its_rules_read_and_is_as_grave_as_the_gravest_of_them():
    contract = standard().contract
    assert [name for check in BY_CODE.values() for name in check.reads if field_named(contract, name) is None] == []
    by_check: dict[str, list[Severity]] = {}
    for rule in standard().rules.values():
        by_check.setdefault(rule.check, []).append(rule.severity)
    assert set(by_check) - {""} <= set(BY_CODE)
    gravest = {code: min(found, key=list(Severity).index) for code, found in by_check.items() if code}
    assert {code: BY_CODE[code].severity for code in gravest} == gravest
    unread = [row["code"] for row in table_read(STANDARD, "signals") if row["field"] not in BY_CODE[row["check"]].reads]
    assert unread == []


def test_every_status_is_said_in_both_languages():
    for locale in ("zh-CN", "en-US"):
        for status in CheckStatus:
            assert text("text", f"check_status/{status}", locale=locale, missing="x") != f"check_status/{status}"
            assert text("enum", f"CheckStatus/{status}", locale=locale) != f"CheckStatus/{status}"


def test_what_nobody_told_is_never_a_pass():
    found = judged()
    assert found["C05"] == found["C72"] == CheckStatus.PASS
    assert found["C04"] == found["C14"] == found["C71"] == CheckStatus.NO_DATA
    assert found["C63"] == found["C70"] == CheckStatus.NOT_APPLICABLE
    lacking = {code for code, status in found.items() if status == CheckStatus.NO_DATA}
    assert {code for code in lacking if all(base_case().get(name) is not None for name in BY_CODE[code].needs)} == {
        code for code in lacking if not BY_CODE[code].needs
    }
    assert Counter(judged(**GRAPH).values())[CheckStatus.PASS] == Counter(found.values())[CheckStatus.PASS] + 6


@pytest.mark.parametrize(
    ("changes", "code", "status"),
    [
        ({"identity_check": "mismatch"}, "C01", CheckStatus.FAIL),
        ({"identity_check": "no_record"}, "C01", CheckStatus.WARN),
        ({"identity_check": "unavailable"}, "C01", CheckStatus.NO_DATA),
        ({"judicial_status": "restricted"}, "C39", CheckStatus.FAIL),
        ({"judicial_status": "restricted"}, "C37", CheckStatus.PASS),
        ({"judicial_status": None}, "C37", CheckStatus.NO_ANSWER),
        ({"sources_asked": ["telecom"]}, "C07", CheckStatus.NO_ANSWER),
        (GRAPH | {"ring_people": 4}, "C71", CheckStatus.FAIL),
        (GRAPH | {"vehicle_applicants": 2}, "C62", CheckStatus.WARN),
        (GRAPH, "C62", CheckStatus.PASS),
    ],
)
def test_each_turn_of_a_check(changes: dict[str, Any], code: str, status: CheckStatus):
    assert judged(**changes)[code] == status


def test_a_decision_that_broke_checked_nothing():
    found, whole = judged(monthly_income_fen=0), judged()
    assert set(found.values()) == {CheckStatus.NO_ANSWER, CheckStatus.NO_DATA, CheckStatus.NOT_APPLICABLE}
    assert {code for code, status in found.items() if status == CheckStatus.NO_ANSWER} == {
        code for code, status in whole.items() if status == CheckStatus.PASS
    }
