"""The spreadsheet's loan functions (PMT, IPMT, RATE, NPV …), exact where algebra is.

For people who check a schedule in a spreadsheet, and for the proofs: payments, balances and parts of them are exact
fractions, so that a figure can be rounded once, as a spreadsheet shows it. Money paid is negative, as there. Numbers
of periods and rates that come out of logarithms or searches are doubles.

``rate`` is by period; with ``is_advance`` payments fall on the first day of a period (type 1).
Errors: NumberOutOfRange where a spreadsheet says #NUM!.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from math import exp, expm1, log, log1p

from axle.amortization.errors import NoRate, NumberOutOfRange
from axle.amortization.irr import XIRR_DAYS, irr_at

Number = Fraction | int

_FINE = Fraction(10**15)


def future_worth(
    rate: Number, periods: int, payment: Number, worth: Number = 0, *, is_advance: bool = False
) -> Fraction:
    """FV: what is left after ``periods`` payments."""
    grown = (1 + Fraction(rate)) ** periods
    return -(worth * grown + payment * _due(rate, is_advance) * _annuity(rate, periods))


def present_worth(
    rate: Number, periods: int, payment: Number, future: Number = 0, *, is_advance: bool = False
) -> Fraction:
    """PV: what payments and a future amount are worth now."""
    grown = (1 + Fraction(rate)) ** periods
    return -(future + payment * _due(rate, is_advance) * _annuity(rate, periods)) / grown


def payment(rate: Number, periods: int, worth: Number, future: Number = 0, *, is_advance: bool = False) -> Fraction:
    """PMT: the level payment."""
    grown = (1 + Fraction(rate)) ** periods
    return -(worth * grown + future) / (_due(rate, is_advance) * _annuity(rate, periods))


def interest_part(
    rate: Number, no: int, periods: int, worth: Number, future: Number = 0, *, is_advance: bool = False
) -> Fraction:
    """IPMT: the interest in payment ``no``."""
    _refuse_unless(1 <= no <= periods, no, 1, periods)
    level = payment(rate, periods, worth, future, is_advance=is_advance)
    if not is_advance:
        return future_worth(rate, no - 1, level, worth) * rate
    return (future_worth(rate, no - 2, level, worth, is_advance=True) - level) * rate if no > 1 else Fraction(0)


def principal_part(
    rate: Number, no: int, periods: int, worth: Number, future: Number = 0, *, is_advance: bool = False
) -> Fraction:
    """PPMT: the principal in payment ``no``."""
    level = payment(rate, periods, worth, future, is_advance=is_advance)
    return level - interest_part(rate, no, periods, worth, future, is_advance=is_advance)


def interest_between(
    rate: Number, periods: int, worth: Number, first: int, last: int, *, is_advance: bool = False
) -> Fraction:
    """CUMIPMT: the interest of payments ``first`` to ``last`` together."""
    _check_span(rate, periods, worth, first, last)
    numbers = range(first, last + 1)
    return sum((interest_part(rate, no, periods, worth, is_advance=is_advance) for no in numbers), Fraction(0))


def principal_between(
    rate: Number, periods: int, worth: Number, first: int, last: int, *, is_advance: bool = False
) -> Fraction:
    """CUMPRINC: the principal of payments ``first`` to ``last`` together."""
    paid = payment(rate, periods, worth, is_advance=is_advance) * (last - first + 1) if periods > 0 else Fraction(0)
    return paid - interest_between(rate, periods, worth, first, last, is_advance=is_advance)


def interest_on_equal_principal(rate: Number, no: int, periods: int, worth: Number) -> Fraction:
    """ISPMT: interest after ``no`` equal repayments of principal."""
    return Fraction(worth) * rate * (Fraction(no, periods) - 1)


# --- rates ---------------------------------------------------------------------------------------------------


def effective(nominal: Number, times: int) -> Fraction:
    """EFFECT: the compound annual rate of a nominal one that is charged ``times`` a year."""
    _check_nominal(nominal, times)
    return (1 + Fraction(nominal) / times) ** times - 1


def nominal(effective_rate: Number, times: int) -> float:
    """NOMINAL: the other way round."""
    _check_nominal(effective_rate, times)
    return times * expm1(log1p(float(effective_rate)) / times)


def rate_of(
    periods: int, paid: Number, worth: Number, future: Number = 0, *, is_advance: bool = False, guess: float = 0.1
) -> float:
    """RATE: the rate by period at which payments, worth and future amount balance. Errors: NoRate."""
    flows = dict.fromkeys(range(periods + 1), Fraction(0))
    for no in range(periods):
        flows[no if is_advance else no + 1] += Fraction(paid)
    flows[0] += worth
    flows[periods] += future
    unit = _FINE / max(map(abs, flows.values())) if any(flows.values()) else Fraction(1)
    return float(irr_at(((float(no), round(flow * unit)) for no, flow in flows.items()), guess=guess))


def periods_of(rate: Number, paid: Number, worth: Number, future: Number = 0, *, is_advance: bool = False) -> float:
    """NPER: how many payments it takes."""
    if not rate:
        return float(-(worth + Fraction(future)) / paid)
    due = paid * _due(rate, is_advance)
    return log((due - future * rate) / (due + worth * rate)) / log1p(float(rate))


def rate_of_growth(periods: int, worth: Number, future: Number) -> float:
    """RRI: the rate at which an amount grows to another."""
    _refuse_unless(periods > 0, periods, 1, 10**9)
    return expm1(log(Fraction(future) / worth) / periods)


def periods_of_growth(rate: Number, worth: Number, future: Number) -> float:
    """PDURATION: how many periods an amount takes to grow to another."""
    _refuse_unless(rate > 0 and worth > 0 and future > 0, float(rate), 0, 1)
    return log(Fraction(future) / worth) / log1p(float(rate))


def worth_of(rate: Number, flows: Sequence[Number]) -> Fraction:
    """NPV: what flows are worth one period before the first."""
    return sum((Fraction(flow) / (1 + Fraction(rate)) ** no for no, flow in enumerate(flows, start=1)), Fraction(0))


def dated_worth(rate: float, flows: Iterable[tuple[date, float]]) -> float:
    """XNPV: what dated flows are worth on the first date given, a year of 365 days."""
    dated = list(flows)
    start = dated[0][0]
    return sum(flow * exp(-log1p(rate) * (on - start).days / XIRR_DAYS) for on, flow in dated)


def modified_rate(flows: Sequence[Number], borrow: Number, invest: Number) -> float:
    """MIRR: the rate when what comes in is invested at one rate and what goes out is borrowed at another."""
    last = len(flows) - 1
    gained = sum(flow * (1 + Fraction(invest)) ** (last - no) for no, flow in enumerate(flows) if flow > 0)
    spent = sum(-flow / (1 + Fraction(borrow)) ** no for no, flow in enumerate(flows) if flow < 0)
    if not (gained and spent):
        raise NoRate(field="flows")
    return expm1(log(Fraction(gained) / spent) / last)


def rate_with_odd_days(received: Number, payments: Sequence[Number], whole: int, odd: Number) -> float:
    """The unit-period rate of US Regulation Z, Appendix J: odd days before the first payment bear simple interest.

    ``whole`` unit periods and a part ``odd`` of one lie before the first payment; the others follow one by one. The
    rate i solves received = Σ payment_k / ((1 + odd·i)·(1 + i)^(whole + k)). Errors: NoRate.
    """
    if not 0 < received < sum(payments):
        raise NoRate(field="payments")
    low, high = 0.0, 10.0
    for _ in range(200):
        middle = (low + high) / 2
        worth = sum(float(paid) * exp(-log1p(middle) * (whole + no)) for no, paid in enumerate(payments))
        low, high = (middle, high) if worth / (1 + float(odd) * middle) > received else (low, middle)
    return low


# --- parts ---------------------------------------------------------------------------------------------------


def _annuity(rate: Number, periods: int) -> Fraction:
    """((1 + rate)^periods − 1) / rate, and ``periods`` at no rate."""
    return ((1 + Fraction(rate)) ** periods - 1) / rate if rate else Fraction(periods)


def _due(rate: Number, is_advance: bool) -> Fraction:
    return 1 + Fraction(rate) if is_advance else Fraction(1)


def _check_span(rate: Number, periods: int, worth: Number, first: int, last: int) -> None:
    _refuse_unless(rate > 0, float(rate), 0, 1)
    _refuse_unless(periods > 0, periods, 1, 10**9)
    _refuse_unless(worth > 0, float(worth), 0, 10**15)
    _refuse_unless(1 <= first <= last, first, 1, last)


def _check_nominal(rate: Number, times: int) -> None:
    _refuse_unless(rate > 0, float(rate), 0, 1)
    _refuse_unless(times >= 1, times, 1, 10**9)


def _refuse_unless(is_right: bool, value: float, low: int, high: int) -> None:
    if not is_right:
        raise NumberOutOfRange(field="arguments", value=str(value), low=low, high=high)
