"""What makes the parts of terms valid: steps, irregular rows, fees, deposit, subvention, funder, holidays, VAT."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from axle.amortization import errors
from axle.amortization.bounds import check_amount, check_choice, check_date, check_number, check_rate
from axle.amortization.choices import (
    DepositMode,
    FeeBase,
    FeeTiming,
    Method,
    Payer,
    Sponsor,
    SubventionMode,
    VatBase,
)
from axle.kernel.calendar import HolidayShift, calendar
from axle.kernel.errors import UnknownCalendar
from axle.kernel.money import ZERO, Fen

if TYPE_CHECKING:
    from axle.amortization.terms import Terms
    from axle.amortization.terms_parts import Fee

RENT_METHODS: frozenset[Method] = frozenset({"level_payment", "balloon"})
_ROW_BASES = ("instalment", "balance")


def check_parts(terms: Terms) -> None:
    """Refuse parts of terms that break a condition, the first one found."""
    _check_steps(terms)
    _check_irregular(terms)
    for index, fee in enumerate(terms.fees):
        _check_fee(fee, f"fees[{index}]")
    _check_withheld(terms)
    _check_rent(terms)
    check_amount(terms.purchase_price, "purchase_price")
    check_amount(terms.down_payment, "down_payment")
    _check_deposit(terms)
    _check_subvention(terms)
    _check_others(terms)


def _check_steps(terms: Terms) -> None:
    expected = 1
    for no, step in enumerate(terms.steps, start=1):
        if step.first != expected or step.last < step.first:
            raise errors.StepsIncomplete(field="steps", period=expected)
        if (step.ratio is None) == (step.amount is None):
            raise errors.StepRatioOrAmount(field="steps", step=no)
        if step.ratio is not None and not 0 <= step.ratio <= 1000:
            raise errors.NumberOutOfRange(field="steps", value=str(step.ratio), low=0, high=1000)
        if step.amount is not None:
            check_amount(step.amount, "steps")
        expected = step.last + 1
    if terms.steps and expected != terms.periods + 1:
        raise errors.StepsIncomplete(field="steps", period=expected)
    if terms.steps and not any(step.ratio for step in terms.steps):
        raise errors.StepRatioOrAmount(field="steps", step=1)


def _check_irregular(terms: Terms) -> None:
    if terms.irregular and len(terms.irregular) != terms.periods:
        raise errors.IrregularRowsDiffer(field="periods", rows=len(terms.irregular), value=str(terms.periods))
    for key in ("due_day", "first_due_on"):
        if terms.irregular and getattr(terms, key) is not None:
            raise errors.NotForMethod(field=key, method=terms.method)
    previous = terms.start_on
    for index, row in enumerate(terms.irregular):
        given = (row.principal is not None) + (row.total is not None)
        is_open_last = given == 0 and index == len(terms.irregular) - 1
        if row.due_on <= previous or not (given == 1 or is_open_last):
            raise errors.IrregularRowsInvalid(field="irregular", row=index + 1)
        check_date(row.due_on, "irregular")
        check_amount(row.principal or row.total or ZERO, "irregular")
        previous = row.due_on


def _check_fee(fee: Fee, path: str) -> None:
    check_choice(fee.timing, FeeTiming, f"{path}.timing")
    check_choice(fee.payer, Payer, f"{path}.payer")
    check_choice(fee.base, FeeBase, f"{path}.base")
    _check_amount_or_rate(fee.amount, fee.rate, path)
    check_rate(fee.vat_rate, f"{path}.vat_rate")
    if fee.base in _ROW_BASES and fee.timing != "by_instalment":
        raise errors.NotTogether(field=f"{path}.base", other=f"timing={fee.timing}")
    if fee.base != "principal" and fee.rate is None:
        raise errors.NotTogether(field=f"{path}.base", other="amount")
    if fee.timing == "financed" and fee.payer != "borrower":
        raise errors.NotTogether(field=f"{path}.payer", other="timing=financed")


def _check_amount_or_rate(amount: Fen | None, rate: Decimal | None, path: str) -> None:
    if (amount is None) == (rate is None):
        raise errors.AmountOrRate(field=path)
    if rate is not None:
        check_rate(rate, f"{path}.rate")
    if amount is not None:
        check_amount(amount, f"{path}.amount")


def _check_withheld(terms: Terms) -> None:
    """What the borrower pays or is withheld at the start leaves something of the principal."""
    withheld = 0
    for fee in terms.fees:
        if fee.payer == "borrower" and fee.timing != "by_instalment":
            base = terms.principal + (terms.down_payment if fee.base == "price" else 0)
            withheld += fee.amount if fee.amount is not None else int(base * (fee.rate or 0))
    if withheld and withheld >= terms.principal:
        raise errors.FeesExceedPrincipal(field="fees")


def _check_rent(terms: Terms) -> None:
    if terms.rent is None:
        return
    check_amount(terms.rent, "rent", 1)
    if terms.method not in RENT_METHODS:
        raise errors.NotForMethod(field="rent", method=terms.method)
    for field, given in (
        ("instalment_multiple", terms.instalment_multiple != 1),
        ("tail", terms.tail != "last"),
        ("principal_grace_periods", terms.principal_grace_periods != 0),
        ("interest_free_periods", terms.interest_free_periods != 0),
    ):
        if given:
            raise errors.NotTogether(field=field, other="rent")


def _check_deposit(terms: Terms) -> None:
    deposit = terms.deposit
    if deposit is None:
        return
    check_choice(deposit.mode, DepositMode, "deposit.mode")
    _check_amount_or_rate(deposit.amount, deposit.rate, "deposit")
    amount = deposit.amount if deposit.amount is not None else int(terms.principal * (deposit.rate or 0))
    if amount >= terms.principal:
        raise errors.DepositTooLarge(field="deposit")


def _check_subvention(terms: Terms) -> None:
    found = terms.subvention
    if found is None:
        return
    check_choice(found.mode, SubventionMode, "subvention.mode")
    check_choice(found.payer, Sponsor, "subvention.payer")
    is_fixed = found.mode == "fixed"
    for key, value, wanted in (
        ("amount", found.amount, is_fixed),
        ("settlement_rate", found.settlement_rate, not is_fixed),
    ):
        if wanted and value is None:
            raise errors.MissingKey(field=f"subvention.{key}", key=f"subvention.{key}")
        if value is not None and not wanted:
            raise errors.NotTogether(field=f"subvention.{key}", other=f"mode={found.mode}")
    if found.amount is not None:
        check_amount(found.amount, "subvention.amount")
    if found.settlement_rate is not None:
        check_rate(found.settlement_rate, "subvention.settlement_rate")
    if found.settlement_rate is not None and found.settlement_rate < terms.annual_rate:
        raise errors.SettlementBelowRate(field="subvention.settlement_rate")
    if found.periods is not None:
        check_number(found.periods, "subvention.periods", 1, terms.periods)
        if found.mode != "by_period":
            raise errors.NotTogether(field="subvention.periods", other=f"mode={found.mode}")


def _check_others(terms: Terms) -> None:
    if terms.funder is not None:
        check_rate(terms.funder.share, "funder.share")
        if terms.funder.annual_rate is not None:
            check_rate(terms.funder.annual_rate, "funder.annual_rate")
    if terms.holidays is not None:
        check_choice(terms.holidays.rule, HolidayShift, "holidays.rule")
        try:
            calendar(terms.holidays.calendar)
        except UnknownCalendar as error:
            raise UnknownCalendar(field="holidays.calendar", **error.params) from error
    check_rate(terms.vat_rate, "vat_rate")
    check_choice(terms.vat_base, VatBase, "vat_base")
