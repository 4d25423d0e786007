"""Spreadsheet functions: what PMT, RATE, IRR and their kin give for published arguments."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from axle.amortization import annuity
from axle.amortization.errors import AmortizationError
from axle.amortization.irr import irr, xirr
from axle.amortization.published.source import Outcome, Source, figures

_MICRO = 10**6
REFUSED = "refused"


class NotANumber(AmortizationError):
    """An argument is none that the function knows."""


def _irr(flows: list[Fraction | None], guess: Fraction = Fraction(1, 10)) -> Decimal:
    """Blank cells count for nothing, not for a period."""
    return irr([round(flow * _MICRO) for flow in flows if flow is not None], guess=float(guess))


def _npv(rate: Fraction, *flows: Any) -> Fraction:
    return annuity.worth_of(rate, flows[0] if isinstance(flows[0], list) else flows)


def _xirr(flows: list[tuple[str, float]]) -> Decimal:
    return xirr((date.fromisoformat(on), round(amount * _MICRO)) for on, amount in flows)


def _xnpv(rate: Fraction, flows: list[tuple[str, float]]) -> float:
    return annuity.dated_worth(float(rate), [(date.fromisoformat(on), amount) for on, amount in flows])


def _type(value: Fraction | None) -> bool:
    """Type 0 pays at the end of a period, type 1 at its start."""
    if value not in (None, 0, 1):
        raise NotANumber
    return value == 1


def _level(function: Callable[..., Any], wanted: int) -> Callable[..., Any]:
    """A function of (rate, periods, …, future, type): ``wanted`` arguments, then future amount and type."""

    def call(*arguments: Any) -> Any:
        head, rest = arguments[:wanted], [*arguments[wanted:], None, None]
        numbers = [int(value) if _is_count(function, no) else value for no, value in enumerate(head)]
        return function(*numbers, rest[0] or 0, is_advance=_type(rest[1]))

    return call


_COUNTS = {
    annuity.payment: (1,),
    annuity.future_worth: (1,),
    annuity.present_worth: (1,),
    annuity.interest_part: (1, 2),
    annuity.principal_part: (1, 2),
    annuity.rate_of: (0,),
}


def _is_count(function: Callable[..., Any], no: int) -> bool:
    return no in _COUNTS.get(function, ())


def _between(function: Callable[..., Any]) -> Callable[..., Any]:
    def call(
        rate: Fraction, periods: Fraction, worth: Fraction, first: Fraction, last: Fraction, kind: Fraction
    ) -> Any:
        return function(rate, int(periods), worth, int(first), int(last), is_advance=_type(kind))

    return call


def _rate(periods: Fraction, paid: Fraction, worth: Fraction, *rest: Fraction) -> float:
    future, kind, guess = [*rest, *(None, None, None)][:3]
    return annuity.rate_of(
        int(periods), paid, worth, future or 0, is_advance=_type(kind), guess=float(guess or Fraction(1, 10))
    )


_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "PMT": _level(annuity.payment, 3),
    "FV": _level(annuity.future_worth, 3),
    "PV": _level(annuity.present_worth, 3),
    "IPMT": _level(annuity.interest_part, 4),
    "PPMT": _level(annuity.principal_part, 4),
    "NPER": _level(annuity.periods_of, 3),
    "RATE": _rate,
    "RATE_YEAR": lambda *arguments: _rate(*arguments) * 12,
    "CUMIPMT": _between(annuity.interest_between),
    "CUMPRINC": _between(annuity.principal_between),
    "ISPMT": lambda rate, no, periods, worth: annuity.interest_on_equal_principal(rate, int(no), int(periods), worth),
    "EFFECT": lambda rate, times: annuity.effective(rate, int(times)),
    "NOMINAL": lambda rate, times: annuity.nominal(rate, int(times)),
    "IRR": _irr,
    "MIRR": annuity.modified_rate,
    "NPV": _npv,
    "RRI": lambda periods, worth, future: annuity.rate_of_growth(int(periods), worth, future),
    "PDURATION": annuity.periods_of_growth,
    "XIRR": _xirr,
    "XNPV": _xnpv,
}


def _argument(value: Any) -> Any:
    if isinstance(value, list) and value and isinstance(value[0], list):
        return value
    if isinstance(value, list):
        return [_argument(item) for item in value]
    return None if value is None else Fraction(value)


def _case(case: dict[str, Any]) -> Outcome:
    name = f"{case['fn']}({', '.join(_shown(value) for value in case['args'])})"
    try:
        found = float(_FUNCTIONS[case["fn"]](*map(_argument, case["args"])))
    except AmortizationError:
        return Outcome(name, str(case["expected"]), REFUSED, case["expected"] == REFUSED)
    is_match = case["expected"] != REFUSED and _agree(found, case["expected"])
    return Outcome(name, str(case["expected"]), f"{found:.10g}", is_match)


def _agree(found: float, published: float) -> bool:
    """To the decimals that were published, ten of them at most."""
    text = format(published, "f") if abs(published) >= 1e-4 else repr(published)
    places = min(len(text.partition(".")[2].rstrip("0")), 10)
    return abs(found - published) <= 0.5 * 10.0**-places + 1e-9 * abs(published)


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return "{" + "; ".join(_shown(item) for item in value) + "}"
    return "" if value is None else str(value)


FUNCTIONS = Source(
    "Spreadsheet functions",
    "Tests of formulajs at af0f0b4 (MIT licence), the functions of loans and cash flows",
    "PMT, IPMT, PPMT, PV, FV, NPER, RATE, CUMIPMT, CUMPRINC, ISPMT, EFFECT, NOMINAL, NPV, IRR, MIRR, RRI, PDURATION, "
    "and what they refuse",
    "as published, ten decimals at most",
    lambda: [_case(case) for case in figures("spreadsheet_functions")["cases"]],
)

DOCUMENTATION = Source(
    "Spreadsheet functions, documented examples",
    "Microsoft's documentation of the functions, quoted from memory",
    "the same, XIRR and XNPV",
    "as published",
    lambda: [_case(case) for case in figures("spreadsheet_documentation")["cases"]],
)
