"""The publishable language: what it accepts, with which type, and why it refuses the rest."""

import pytest
import zen

from axle.decisioning.domain.flow_types import Kind, Type, TypeFault
from axle.decisioning.domain.inference import Surroundings, calculates_unsafely, infer
from axle.decisioning.domain.syntax import SyntaxFault, parse_condition, parse_expression
from axle.decisioning.domain.syntax_tree import names_in
from axle.decisioning.http.finding_words import detail_told
from axle.decisioning.tests.tables import cases

PART = Type(Kind.RECORD, fields={"code": Type(Kind.TEXT), "points": Type(Kind.NUMBER)})
SCOPE = {
    "age": Type(Kind.NUMBER),
    "score": Type(Kind.NUMBER, is_nullable=True),
    "name": Type(Kind.TEXT),
    "kind": Type(Kind.TEXT, choices=frozenset({"new", "used"})),
    "is_old": Type(Kind.BOOL),
    "born": Type(Kind.DATE),
    "paid": Type(Kind.DATE),
    "due": Type(Kind.DATE, is_nullable=True),
    "parts": Type(Kind.LIST, item=PART),
}


def answer(parse, text, around):
    try:
        return str(infer(parse(text), around))
    except (SyntaxFault, TypeFault) as fault:
        return str(fault)


@pytest.mark.parametrize(("expression", "expected"), cases("expressions"))
def test_an_expression_has_a_type_or_a_reason(expression, expected):
    assert expected in answer(parse_expression, expression, Surroundings(SCOPE))


@pytest.mark.parametrize(("column", "cell", "expected"), cases("cells"))
def test_a_condition_cell_is_a_condition_or_has_a_reason(column, cell, expected):
    subject = Type(SCOPE[column].kind, choices=SCOPE[column].choices)
    assert expected in answer(parse_condition, cell, Surroundings(SCOPE, subject=subject))


REFUSED = [
    answer(parse_expression, text, Surroundings(SCOPE))
    for text, expected in cases("expressions")
    if expected not in {f"{kind}{tail}" for kind in Kind for tail in ("", " or null")}
]


@pytest.mark.parametrize("reason", sorted(set(REFUSED)))
def test_a_reason_has_words_in_the_callers_language(reason):
    told = detail_told("cell_wrong_type", reason)
    assert told != reason
    assert not any(word in told for word in ("wanted", "unexpected", "unknown", "never"))


CONTEXT = {
    "age": 4,
    "score": 7,
    "name": "xy",
    "kind": "new",
    "is_old": False,
    "born": "2000-01-01",
    "paid": "2026-01-01",
    "due": "2026-02-01",
    "parts": [{"code": "A", "points": 4}],
}


TYPES = {f"{kind}{tail}" for kind in Kind for tail in ("", " or null")}


@pytest.mark.parametrize("expression", [row[0] for row in cases("expressions") if row[1] in TYPES])
def test_the_engine_evaluates_what_the_checker_types(expression):
    value = zen.compile_expression(expression).evaluate(CONTEXT)
    kind = infer(parse_expression(expression), Surroundings(SCOPE)).kind
    python = {Kind.BOOL: bool, Kind.NUMBER: float, Kind.TEXT: str, Kind.LIST: list, Kind.NULL: type(None)}
    assert isinstance(value, python[kind])


@pytest.mark.parametrize(
    ("expression", "is_unsafe"),
    [
        ("a / b > 1", True),
        ("a * b > 1", True),
        ("a ^ 2 > 1", True),
        ("a % b == 0", True),
        ("a / 0 > 1", True),
        ("a / 12 > 1", False),
        ("a * 0.7 > b", False),
        ("a + b > c - 1", False),
    ],
)
def test_conditions_do_not_calculate_what_may_fail(expression, is_unsafe):
    assert calculates_unsafely(parse_expression(expression)) is is_unsafe


@pytest.mark.parametrize("text", ["(" * 900 + "1" + ")" * 900, "-" * 300 + "1", "1" + "+1" * 400, "1" * 2001])
def test_a_text_that_nests_or_runs_too_long_is_refused(text):
    with pytest.raises(SyntaxFault):
        parse_expression(text)


def test_the_names_that_an_expression_reads():
    assert names_in(parse_expression("min([a, b.c]) > 1 ? d : some(e, #.f)")) == {"a", "b", "d", "e"}
