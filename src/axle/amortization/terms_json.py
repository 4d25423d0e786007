"""Terms as JSON: yuan and rates as strings, dates ISO. What is written reads back to equal terms."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any, TypeVar

from axle.amortization import errors
from axle.amortization.choices import DayCount, Method, Stub, Tail, Timing, Unit, VatBase
from axle.amortization.reader import Reader
from axle.amortization.rent import rate_of_rent
from axle.amortization.terms import Terms
from axle.amortization.terms_parts_json import (
    deposit_read,
    fee_read,
    funder_read,
    holidays_read,
    irregular_row_read,
    part_written,
    rate_text,
    step_read,
    subvention_read,
)
from axle.kernel.dates import MonthEnd
from axle.kernel.money import ONE_FEN, ZERO, yuan

MONTHS = 12

RATE_KEYS = ("annual_rate", "monthly_rate", "flat_rate", "rent")
"""The keys that tell the price of a loan; exactly one is given."""

_FLAT_METHODS: frozenset[Method] = frozenset({"flat", "rule_78"})
_NONE = Decimal(0)
_Part = TypeVar("_Part")


def terms_from_json(data: object) -> Terms:
    """Read terms. Errors: those of ``errors``; each names its key; unknown keys are refused."""
    reader = Reader(data)
    terms = read_terms(reader)
    reader.close()
    return terms


def read_terms(reader: Reader) -> Terms:
    """Read terms from an object that may hold other keys too. With a rent, its rate is solved."""
    method: Method = reader.choice("method", Method)
    irregular = tuple(irregular_row_read(row) for row in reader.objects("irregular"))
    terms = Terms(
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
        steps=tuple(step_read(step) for step in reader.objects("steps")),
        irregular=irregular,
        fees=tuple(fee_read(fee) for fee in reader.objects("fees")),
        rent=reader.yuan("rent") if reader.has("rent") else None,
        purchase_price=reader.yuan("purchase_price", ZERO),
        down_payment=reader.yuan("down_payment", ZERO),
        deposit=_part(reader, "deposit", deposit_read),
        subvention=_part(reader, "subvention", subvention_read),
        funder=_part(reader, "funder", funder_read),
        holidays=_part(reader, "holidays", holidays_read),
        vat_rate=reader.rate("vat_rate", _NONE),
        vat_base=reader.choice("vat_base", VatBase, "interest"),
    )
    return terms if terms.rent is None else replace(terms, annual_rate=rate_of_rent(terms))


def _part(reader: Reader, key: str, read: Callable[[Reader], _Part]) -> _Part | None:
    return read(reader.nested(key)) if reader.has(key) else None


def _annual_rate(reader: Reader, method: Method) -> Decimal:
    """The canonical annual rate: a monthly or monthly flat rate counts twelve times; a rent's is solved later."""
    given = [key for key in RATE_KEYS if reader.has(key)]
    if len(given) != 1:
        raise errors.OneRateOnly(field=reader.field(given[1] if given else "annual_rate"))
    if given[0] == "rent":
        return _NONE
    rate = reader.rate(given[0])
    if given[0] == "annual_rate":
        return rate
    if given[0] == "flat_rate" and method not in _FLAT_METHODS:
        raise errors.NotForMethod(field=reader.field("flat_rate"), method=method)
    if not 0 <= rate * MONTHS <= 1:
        raise errors.RateOutOfRange(field=reader.field(given[0]), value=str(rate))
    return rate * MONTHS


# --- writing -------------------------------------------------------------------------------------------------

_PARTS = ("deposit", "subvention", "funder", "holidays")


def terms_to_json(terms: Terms) -> dict[str, Any]:
    """Write terms so that ``terms_from_json`` gives equal ones."""
    price = {"annual_rate": rate_text(terms.annual_rate)} if terms.rent is None else {"rent": yuan(terms.rent)}
    return {
        "principal": yuan(terms.principal),
        **price,
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
        "steps": [part_written(step) for step in terms.steps],
        "irregular": [part_written(row) for row in terms.irregular],
        "fees": [part_written(fee) for fee in terms.fees],
        **_parts_written(terms),
    }


def _parts_written(terms: Terms) -> dict[str, Any]:
    """What later parties and taxes add; only what is given, so that plain loans stay as they were stored."""
    written: dict[str, Any] = {}
    for name in ("purchase_price", "down_payment"):
        if amount := getattr(terms, name):
            written[name] = yuan(amount)
    for name in _PARTS:
        if (part := getattr(terms, name)) is not None:
            written[name] = part_written(part)
    if terms.vat_rate or terms.vat_base != "interest":
        written |= {"vat_rate": rate_text(terms.vat_rate), "vat_base": terms.vat_base}
    return written
