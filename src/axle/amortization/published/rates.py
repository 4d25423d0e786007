"""Published rates: regulators' examples of annual rates, and dated internal rates of return."""

import csv
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from importlib.resources import files
from typing import Any

from axle.amortization.annuity import dated_worth, rate_with_odd_days
from axle.amortization.errors import NoRate
from axle.amortization.irr import annual_rates, irr, irr_at, xirr
from axle.amortization.published.source import Outcome, Source, figures, outcome, percent
from axle.kernel.money import parse_yuan

_NANO = 10**9


def _pboc() -> list[Outcome]:
    found = []
    for case in figures("pboc_annualised_rate")["cases"]:
        received = parse_yuan(case["amount"]) - parse_yuan(case["upfront_fee"])
        flows = [-received, *[parse_yuan(case["monthly"])] * case["n"]]
        rates = annual_rates(irr(flows) if sum(flows) else Decimal(0), Decimal(12))
        simple, compound = case["annual_nominal_irr_x12_pct"], case["annual_effective_pct"]
        published = f"{abs(simple):.2f} simple, {abs(compound):.2f} compound"
        text = f"{percent(float(rates.simple))} simple, {percent(float(rates.compound))} compound"
        found.append(outcome(case["name"], published, text))
    return found


PBOC = Source(
    "Annualised rate of all costs",
    "PBOC Announcement [2021] No. 3 (中国人民银行公告〔2021〕第3号): its example, and five solved by bisection",
    "12 x the monthly rate, and compounded",
    "0.01 %",
    _pboc,
)


def _directive() -> list[Outcome]:
    found = []
    for case in figures("eu_apr_examples")["examples"]:
        rate = float(irr_at([(0.0, -case["amount"]), *((flow["t_years"], flow["amount"]) for flow in case["flows"])]))
        published = case["published_percent"]
        places = 2 if published is not None else 6
        wanted = published if published is not None else case["recomputed"]
        found.append(outcome(case["id"], f"{wanted:.{places}f}", f"{rate * 100:.{places}f}"))
    return found


DIRECTIVE = Source(
    "Annual percentage rate of charge",
    "Directive 98/7/EC, Annex III (public document); four of the seven computed again from the same annex",
    "the annual percentage rate",
    "0.01 % as published, 0.000001 % as computed",
    _directive,
)


def _regulation_z() -> list[Outcome]:
    found = []
    for case in figures("regulation_z")["cases"]:
        payments = [Fraction(case["payment"])] * case["count"]
        rate = rate_with_odd_days(Fraction(case["received"]), payments, case["whole"], Fraction(case["odd"]))
        found.append(
            outcome(f"{case['id']} {case['desc']}", f"{case['apr_percent']:.2f}", percent(rate * case["a_year"]))
        )
    return found


REGULATION_Z = Source(
    "Annual percentage rate, actuarial method",
    "US Regulation Z, 12 CFR 1026, Appendix J (public document), and further examples of FSharp.Finance.Personal",
    "unit periods a year x the rate of a unit period",
    "0.01 %",
    _regulation_z,
)

# --- dated flows ---------------------------------------------------------------------------------------------

_OTHER_ROOTS = {
    "30-15.csv": (-0.1570941507, "two rates solve these flows; ours is the one where gain turns to loss"),
    "30-20.csv": (-0.8973538215, "the published solver finds no rate; there is one, and the flows are worth 0 at it"),
}


def _cases(test: str) -> Iterable[dict[str, Any]]:
    return (case for case in figures("xirr_cases")["cases"] if case["test"] == test)


def sample(name: str) -> list[tuple[date, float]]:
    """Dated flows of a published sample."""
    path = files("axle.amortization.published").joinpath("data", "xirr_samples", name)
    rows = [row for row in csv.reader(path.read_text(encoding="utf-8").splitlines()) if row[0][0].isdigit()]
    return [(date.fromisoformat(on), float(amount)) for on, amount in rows]


def _xirr() -> list[Outcome]:
    found = []
    for case in _cases("test_xirr_samples"):
        rate = float(_rate(sample(case["file"])))
        published, why = case["expected"], ""
        if case["file"] in _OTHER_ROOTS:
            known, why = _OTHER_ROOTS[case["file"]]
            assert abs(rate - known) < 1e-10, case["file"]
        is_match = published is not None and abs(rate - published) <= max(1e-9, 1e-8 * abs(published))
        found.append(Outcome(case["case"], f"{published}", f"{rate:.10f}", is_match, why))
    return found


def _rate(flows: list[tuple[date, float]]) -> Decimal:
    try:
        return xirr((on, round(amount * _NANO)) for on, amount in flows)
    except NoRate:
        return Decimal("NaN")


XIRR = Source(
    "XIRR",
    "Tests of pyxirr at 31f5a85 (public domain)",
    "the annual rate of dated flows",
    "nine decimals",
    _xirr,
)

_XNPV_RATE = 0.1


def _xnpv() -> list[Outcome]:
    found = []
    for case in _cases("test_xnpv_samples"):
        worth = dated_worth(_XNPV_RATE, sorted(sample(case["file"])))
        is_match = abs(worth - case["expected"]) <= 1e-8 * abs(case["expected"])
        found.append(Outcome(case["case"], f"{case['expected']:.6f}", f"{worth:.6f}", is_match))
    return found


XNPV = Source(
    "XNPV", "Tests of pyxirr at 31f5a85 (public domain)", "the worth of dated flows at 10 %", "eight digits", _xnpv
)
