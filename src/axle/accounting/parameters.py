"""Dated parameters of accounting."""

from datetime import date
from decimal import Decimal
from typing import cast

from axle.platform.public import ParameterHistory, parameter, parameter_history, parameter_value

_VAT_DEFAULTS = {
    "loan_service": (Decimal("0.06"), "REG-VAT-10"),  # interest and interest-like fees: other services, 6 %
    "movable_leasing": (Decimal("0.13"), "REG-VAT-10"),  # direct finance lease of vehicles, 13 %
    "simple_method": (Decimal("0.03"), "REG-VAT-11"),  # small-scale taxpayers and the simple method, 3 %
}
_VAT_CODES = {
    name: parameter(
        f"accounting.vat_rate_{name}",
        type_=Decimal,
        default=rate,
        minimum=Decimal(0),
        maximum=Decimal("0.5"),
        source=source,
    ).code
    for name, (rate, source) in _VAT_DEFAULTS.items()
}
_RESERVE_RATE = parameter(
    "accounting.statutory_reserve_rate",
    type_=Decimal,
    default=Decimal("0.10"),
    minimum=Decimal(0),
    maximum=Decimal(1),
    source="REG-COMPANY-210",
)
_CLEARING_DAYS = parameter("accounting.bank_clearing_days", type_=int, default=3, minimum=0, maximum=60)
_SPLIT_WORDS = parameter("accounting.voucher_words_split", type_=bool, default=False)


def vat_rates(name: str, *, legal_entity_id: int) -> ParameterHistory:
    """The rates of value-added tax of a legal entity by date."""
    return parameter_history(_VAT_CODES[name], legal_entity_id=legal_entity_id)


def vat_rate(name: str, *, on: date, legal_entity_id: int) -> Decimal:
    """The rate of value-added tax in force for a legal entity on a date."""
    return cast(Decimal, parameter_value(_VAT_CODES[name], on=on, legal_entity_id=legal_entity_id))


def is_split_into_words(*, on: date, legal_entity_id: int) -> bool:
    """Whether vouchers are worded 收, 付 and 转 instead of 记 for all."""
    return cast(bool, parameter_value(_SPLIT_WORDS.code, on=on, legal_entity_id=legal_entity_id))


def statutory_reserve_rate(*, on: date, legal_entity_id: int) -> Decimal:
    """The share of a year's net profit that is set aside as statutory reserve (法定盈余公积)."""
    return cast(Decimal, parameter_value(_RESERVE_RATE.code, on=on, legal_entity_id=legal_entity_id))


def bank_clearing_days(*, on: date, legal_entity_id: int) -> int:
    """How many days the books and the bank's statement may lie apart for lines to be cleared by themselves."""
    return cast(int, parameter_value(_CLEARING_DAYS.code, on=on, legal_entity_id=legal_entity_id))
