"""Warnings of publishing: rows that no case reaches and rows that others take all cases of."""

import pytest

from axle.decisioning.domain.coverage import coverage_warnings
from axle.decisioning.domain.graph import graph_parse
from axle.decisioning.tests.factories import column, content_of, small_graph

POLICY = {"low": 10, "high": 20, "share": "0.5", "is_on": True}


def warned(policy, hit_policy, columns, *rows):
    graph = small_graph()
    table = content_of(graph, "rules")
    table["hitPolicy"] = hit_policy
    table["inputs"] = [column(name) if name != "when" else {"id": "when", "name": "when"} for name in columns]
    names = ("code", "severity", "actual", "limit")
    table["rules"] = [
        {"_id": str(number)} | dict(zip(columns, cells, strict=True)) | dict.fromkeys(names, "null")
        for number, cells in enumerate(rows)
    ]
    return [(one.code, one.row) for one in coverage_warnings(graph_parse(graph), policy) if one.node == "rules"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["> 10"], ["> 5"], [""]], []),
        ([["> 5"], ["> 10"], [""]], [("row_shadowed", 2)]),
        ([["> 5"], ["> 5"], [""]], [("row_shadowed", 2)]),
        ([[">= 5"], ["> 5"], [""]], [("row_shadowed", 2)]),
        ([["> 5"], [">= 5"], [""]], []),
        ([["<= 5"], ["5"], [""]], [("row_shadowed", 2)]),
        ([["< 5"], ["5"], [""]], []),
        ([["> policy.low"], ["> policy.high"], [""]], [("row_shadowed", 2)]),
        ([["> policy.high"], ["> policy.low"], [""]], []),
        ([["> 5 and < 3"], [""]], [("row_impossible", 1)]),
        ([[""], ["> 5"], [""]], [("row_shadowed", 2)]),
        ([["> unknown"], ["> 5"], [""]], []),
    ],
)
def test_rows_of_a_first_match_table(rows, expected):
    assert warned(POLICY, "first", ["age"], *rows) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["age > 5"], ["age > 10"]], []),
        ([["age > 5"], ["age > 5"]], [("row_repeated", 2)]),
        ([["age > 5 and age <= 5"]], [("row_impossible", 1)]),
        ([["5 < age and 5 > age"]], [("row_impossible", 1)]),
        ([["age >= 5 and age <= 5"]], []),
        ([["age > policy.high and age <= policy.low"]], [("row_impossible", 1)]),
        ([["age > policy.low and age <= policy.high"]], []),
        ([["score != null and score < policy.share"]], []),
        ([["kind == 'new' and kind in ['used']"]], [("row_impossible", 1)]),
        ([["kind in ['new', 'used'] and kind == 'new'"]], []),
        ([["age > 5 or age < 3"], ["age > 9 and (age < 1 or kind == 'new')"]], []),
    ],
)
def test_rows_of_a_collecting_table(rows, expected):
    assert warned(POLICY, "collect", ["when"], *rows) == expected
