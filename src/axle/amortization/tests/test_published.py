"""Published figures: each matches, or its difference is explained; the excerpts are those that were published."""

import json
from pathlib import Path

import pytest

from axle.amortization.annuity import dated_worth
from axle.amortization.public import PUBLISHED_SOURCES
from axle.amortization.published import schedules
from axle.amortization.published.rates import sample
from axle.amortization.published.source import figures

COUNTS = {
    "Level-payment schedules": (33, 0),
    "Lease of a lessee, 10 years at 5 %": (29, 0),
    "Annualised rate of all costs": (6, 0),
    "Annual percentage rate of charge": (7, 0),
    "Annual percentage rate, actuarial method": (12, 0),
    "XIRR": (35, 2),
    "XNPV": (3, 0),
    "Spreadsheet functions": (91, 0),
    "Spreadsheet functions, documented examples": (26, 0),
    "Worked examples of the trade": (22, 0),
}


@pytest.mark.parametrize("source", PUBLISHED_SOURCES, ids=lambda source: source.name)
def test_every_case_matches_or_is_explained(source):
    outcomes = source.run()
    apart = [outcome for outcome in outcomes if not outcome.is_match]
    assert (len(outcomes), len(apart)) == COUNTS[source.name]
    assert [outcome for outcome in apart if not outcome.why] == []


def test_a_wrong_figure_would_be_seen(monkeypatch):
    wrong = figures("level_payment")
    wrong["cases"][1]["rows"][0][1] = "331.41"
    more = figures("level_payment_more")
    monkeypatch.setattr(schedules, "figures", lambda name: wrong if name == "level_payment" else more)
    assert [outcome.is_match for outcome in schedules.LEVEL_PAYMENT.run()].count(False) == 1


@pytest.mark.parametrize(("name", "rate"), [("30-15.csv", -0.1570941507), ("30-20.csv", -0.8973538215)])
def test_the_rates_that_differ_solve_their_flows(name, rate):
    flows = sample(name)
    below, above = (dated_worth(rate + step, flows) for step in (-1e-8, 1e-8))
    assert below > 0 > above


# --- the published files, where they lie beside the repository -----------------------------------------------

SHARED = Path(__file__).parents[5] / "shared"
beside = pytest.mark.skipif(not SHARED.exists(), reason="the published files are not beside the repository")


def published(name):
    return json.loads((SHARED / name).read_text("utf-8"))


@beside
def test_excerpts_are_the_published_files():
    assert figures("level_payment")["cases"] == published("vectors/level-payment.json")["cases"]
    for name in ("eu_apr_examples", "xirr_cases"):
        assert figures(name) == published(f"data/calc_reference/{name}.json")


@beside
def test_every_loan_function_with_numbers_is_among_the_excerpts():
    names = {case["fn"] for case in figures("spreadsheet_functions")["cases"]}
    cases = published("data/calc_reference/excel_functions_formulajs.json")["cases"]
    numeric = [case for case in cases if case["fn"] in names and not {"'", "N"} & set(case["args_js"])]
    assert len(figures("spreadsheet_functions")["cases"]) == len(numeric)
