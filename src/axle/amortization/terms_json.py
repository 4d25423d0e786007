"""Terms as JSON: yuan and rates as strings, dates ISO. What is written reads back to equal terms."""

from decimal import Decimal
from typing import Any

from axle.amortization import errors
from axle.amortization.choices import (
    DayCount,
    FeeTiming,
    Method,
    Payer,
    Stub,
    Tail,
    Timing,
    Unit,
)
from axle.amortization.reader import Reader
from axle.amortization.terms import Fee, IrregularRow, Step, Terms
from axle.kernel.dates import MonthEnd
from axle.kernel.money import ONE_FEN, ZERO, yuan

MONTHS = 12

UNSUPPORTED_TERMS = frozenset({"subvention", "deposit", "down_payment", "holidays", "vat_rate", "rent"})
"""Keys of the contract that wait for their feature."""

_FLAT_METHODS: frozenset[Method] = frozenset({"flat", "rule_78"})


def terms_from_json(data: object) -> Terms:
    """Read terms. Errors: those of ``errors``; each names its key; unknown keys are refused."""
    reader = Reader(data)
    terms = read_terms(reader)
    reader.close(UNSUPPORTED_TERMS)
    return terms


def read_terms(reader: Reader) -> Terms:
    """Read terms from an object that may hold other keys too."""
    method: Method = reader.choice("method", Method)
    irregular = tuple(_irregular_row(row) for row in reader.objects("irregular"))
    return Terms(
        principal=reader.yuan("principal"),
        annual_rate=_annual_rate(reader, method),
        method=method,
        periods=reader.whole("periods", len(irregular) or None),
        every=reader.whole("every", 1),
        unit=reader.choice("unit", Unit, "month"),
        start_on=reader.on("start_on"),
        first_due_on=reader.on("first_due_on") if reader.has("first_due_on") else None,
        due_day=reader.whole("due_day") if reader.has("due_day") else None,
        first_due_min_days=reader.whole("first_due_min_days", 15),
        month_end=reader.choice("month_end", MonthEnd, "clamp"),
        day_count=reader.choice("day_count", DayCount, "30/360"),
        timing=reader.choice("timing", Timing, "arrears"),
        stub=reader.choice("stub", Stub, "first"),
        instalment_multiple=reader.yuan("instalment_multiple", ONE_FEN),
        tail=reader.choice("tail", Tail, "last"),
        interest_free_periods=reader.whole("interest_free_periods", 0),
        principal_grace_periods=reader.whole("principal_grace_periods", 0),
        residual=reader.yuan("residual", ZERO),
        steps=tuple(_step(step) for step in reader.objects("steps")),
        irregular=irregular,
        fees=tuple(_fee(fee) for fee in reader.objects("fees")),
    )


def _annual_rate(reader: Reader, method: Method) -> Decimal:
    """The canonical annual rate: a monthly or monthly flat rate counts twelve times."""
    given = [key for key in ("annual_rate", "monthly_rate", "flat_rate") if reader.has(key)]
    if len(given) != 1:
        raise errors.OneRateOnly(field=reader.field("annual_rate"))
    rate = reader.rate(given[0])
    if given[0] == "annual_rate":
        return rate
    if given[0] == "flat_rate" and method not in _FLAT_METHODS:
        raise errors.NotForMethod(field=reader.field("flat_rate"), method=method)
    if not 0 <= rate * MONTHS <= 1:
        raise errors.RateOutOfRange(field=reader.field(given[0]), value=str(rate))
    return rate * MONTHS


def _step(reader: Reader) -> Step:
    step = Step(
        first=reader.whole("first"),
        last=reader.whole("last"),
        ratio=reader.rate("ratio") if reader.has("ratio") else None,
        amount=reader.yuan("amount") if reader.has("amount") else None,
    )
    reader.close()
    return step


def _irregular_row(reader: Reader) -> IrregularRow:
    row = IrregularRow(
        due_on=reader.on("due_on"),
        principal=reader.yuan("principal") if reader.has("principal") else None,
        total=reader.yuan("total") if reader.has("total") else None,
    )
    reader.close()
    return row


def _fee(reader: Reader) -> Fee:
    fee = Fee(
        code=reader.text("code", "fee"),
        amount=reader.yuan("amount") if reader.has("amount") else None,
        rate=reader.rate("rate") if reader.has("rate") else None,
        timing=reader.choice("timing", FeeTiming, "upfront"),
        payer=reader.choice("payer", Payer, "borrower"),
    )
    if reader.text("base", "principal") != "principal":
        raise errors.UnsupportedKey(field=reader.field("base"), key=reader.field("base"))
    reader.close({"vat_rate"})
    return fee


# --- writing -------------------------------------------------------------------------------------------------


def terms_to_json(terms: Terms) -> dict[str, Any]:
    """Write terms so that ``terms_from_json`` gives equal ones."""
    written: dict[str, Any] = {
        "principal": yuan(terms.principal),
        "annual_rate": rate_text(terms.annual_rate),
        "method": terms.method,
        "periods": terms.periods,
        "every": terms.every,
        "unit": terms.unit,
        "start_on": terms.start_on.isoformat(),
        "first_due_on": terms.first_due_on.isoformat() if terms.first_due_on else None,
        "due_day": terms.due_day,
        "first_due_min_days": terms.first_due_min_days,
        "month_end": terms.month_end,
        "day_count": terms.day_count,
        "timing": terms.timing,
        "stub": terms.stub,
        "instalment_multiple": yuan(terms.instalment_multiple),
        "tail": terms.tail,
        "interest_free_periods": terms.interest_free_periods,
        "principal_grace_periods": terms.principal_grace_periods,
        "residual": yuan(terms.residual),
        "steps": [_given(first=s.first, last=s.last, ratio=s.ratio, amount=s.amount) for s in terms.steps],
        "irregular": [
            _given(due_on=row.due_on.isoformat(), principal=row.principal, total=row.total) for row in terms.irregular
        ],
        "fees": [
            _given(code=fee.code, amount=fee.amount, rate=fee.rate, timing=fee.timing, payer=fee.payer)
            for fee in terms.fees
        ],
    }
    return written


_AMOUNTS = frozenset({"amount", "principal", "total"})


def _given(**values: Any) -> dict[str, Any]:
    """The values that are given, amounts as yuan and rates as text."""
    return {key: _text(key, value) for key, value in values.items() if value is not None}


def _text(key: str, value: Any) -> Any:
    if key in _AMOUNTS:
        return yuan(value)
    return rate_text(value) if isinstance(value, Decimal) else value


def rate_text(rate: Decimal) -> str:
    """A rate without exponent and without trailing zeros: ``"0.09"``."""
    return format(rate.normalize(), "f")
