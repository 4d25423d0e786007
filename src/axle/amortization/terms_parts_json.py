"""Parts of terms as JSON: reading and writing of each."""

from decimal import Decimal
from typing import Any

from axle.amortization.choices import DepositMode, FeeBase, FeeTiming, Payer, Sponsor, SubventionMode
from axle.amortization.reader import Reader
from axle.amortization.terms_parts import Deposit, Fee, Funder, Holidays, IrregularRow, Step, Subvention
from axle.kernel.calendar import HolidayShift
from axle.kernel.money import Fen, yuan

_NONE = Decimal(0)


def _amount(reader: Reader, key: str) -> Fen | None:
    return reader.yuan(key) if reader.has(key) else None


def _rate(reader: Reader, key: str) -> Decimal | None:
    return reader.rate(key) if reader.has(key) else None


def step_read(reader: Reader) -> Step:
    step = Step(
        first=reader.whole("first"),
        last=reader.whole("last"),
        ratio=_rate(reader, "ratio"),
        amount=_amount(reader, "amount"),
    )
    reader.close()
    return step


def irregular_row_read(reader: Reader) -> IrregularRow:
    row = IrregularRow(
        due_on=reader.on("due_on"), principal=_amount(reader, "principal"), total=_amount(reader, "total")
    )
    reader.close()
    return row


def fee_read(reader: Reader) -> Fee:
    fee = Fee(
        code=reader.text("code", "fee"),
        amount=_amount(reader, "amount"),
        rate=_rate(reader, "rate"),
        base=reader.choice("base", FeeBase, "principal"),
        timing=reader.choice("timing", FeeTiming, "upfront"),
        payer=reader.choice("payer", Payer, "borrower"),
        collector=reader.text("collector", "lender"),
        vat_rate=reader.rate("vat_rate", _NONE),
    )
    reader.close()
    return fee


def deposit_read(reader: Reader) -> Deposit:
    deposit = Deposit(
        amount=_amount(reader, "amount"),
        rate=_rate(reader, "rate"),
        mode=reader.choice("mode", DepositMode, "refunded"),
    )
    reader.close()
    return deposit


def subvention_read(reader: Reader) -> Subvention:
    subvention = Subvention(
        mode=reader.choice("mode", SubventionMode, "upfront"),
        settlement_rate=_rate(reader, "settlement_rate"),
        amount=_amount(reader, "amount"),
        payer=reader.choice("payer", Sponsor, "manufacturer"),
        periods=reader.whole("periods") if reader.has("periods") else None,
    )
    reader.close()
    return subvention


def funder_read(reader: Reader) -> Funder:
    funder = Funder(share=reader.rate("share"), annual_rate=_rate(reader, "annual_rate"))
    reader.close()
    return funder


def holidays_read(reader: Reader) -> Holidays:
    holidays = Holidays(calendar=reader.text("calendar"), rule=reader.choice("rule", HolidayShift, "next"))
    reader.close()
    return holidays


# --- writing -------------------------------------------------------------------------------------------------

_AMOUNTS = frozenset({"amount", "principal", "total"})


def part_written(part: Any) -> dict[str, Any]:
    """The values of a part that are given, amounts as yuan, rates as text and dates as ISO."""
    values = {name: getattr(part, name) for name in type(part).__dataclass_fields__}
    return {name: _text(name, value) for name, value in values.items() if value is not None}


def _text(name: str, value: Any) -> Any:
    if name in _AMOUNTS:
        return yuan(value)
    if isinstance(value, Decimal):
        return rate_text(value)
    return value.isoformat() if name == "due_on" else value


def rate_text(rate: Decimal) -> str:
    """A rate without exponent and without trailing zeros: ``"0.09"``."""
    return format(rate.normalize(), "f")
