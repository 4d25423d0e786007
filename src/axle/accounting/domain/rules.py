"""Posting rules: an event's amounts in, balanced lines out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from axle.accounting.domain.expressions import Amount, Facts, amount_parse, condition_parse
from axle.accounting.errors import (
    AmountNegative,
    AmountUnknown,
    ExpressionInvalid,
    RuleAmountUnknown,
    RuleAmountUnposted,
    RuleDoesNotBalance,
    SampleMissing,
    SummaryPlaceUnknown,
)
from axle.kernel.money import Fen, yuan
from axle.kernel.types import Yuan

VAT_RATES = ("loan_service", "movable_leasing", "simple_method")
"""The tax rates that rules may name; their values are dated parameters."""

NOTHING = Fen(0)
LineDimension = Literal["contract_no", "customer_id", "dealer_id", "product_code"]
"""What a line may carry or leave out; the loan and the bank account stay on it, as sub-ledgers are held by them."""
KEPT = ("loan_no", "bank_account")
PLACES = (*KEPT, "contract_no", "customer_id", "dealer_id", "product_code")
"""What a summary may tell."""
_PLACE = re.compile(r"\{(\w+)\}", re.ASCII)


def _an_amount(text: str) -> str:
    try:
        unknown = amount_parse(text).rates - set(VAT_RATES)
    except ExpressionInvalid as error:
        raise ValueError("expression_invalid") from error
    if unknown:
        raise ValueError("expression_invalid")
    return text


def _a_condition(text: str) -> str:
    try:
        condition_parse(text)
    except ExpressionInvalid as error:
        raise ValueError("expression_invalid") from error
    return text


@dataclass(frozen=True)
class Posting:
    """What a rule posts: an account and an amount in fen on one side; negative in a red entry.

    ``summary`` and ``cash_flow`` are the line's own, if it has any; ``carries`` are the dimensions that it takes over
    from the event besides those that it always has: all of them, if none is named.
    """

    account: str
    debit: Fen = NOTHING
    credit: Fen = NOTHING
    summary: str = ""
    carries: tuple[str, ...] = ()
    cash_flow: str = ""

    def in_red(self) -> "Posting":
        """The same side with the opposite sign (红字)."""
        return replace(self, debit=Fen(-self.debit), credit=Fen(-self.credit))

    def dimensions(self, of_event: Mapping[str, str]) -> Mapping[str, str]:
        """Of the event's dimensions those that the line carries."""
        if not self.carries:
            return of_event
        return {name: value for name, value in of_event.items() if name in KEPT or name in self.carries}


class RuleLine(BaseModel):
    """One line: an account, its side, an amount expression, and when it applies (always, if empty).

    ``summary`` is a 摘要 of its own, ``dimensions`` what it carries of the event (all, if empty), ``cash_flow`` the
    item of the cash-flow statement that a line on cash counts for; without it the accounts against it decide.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    account: str = Field(pattern=r"^[0-9]{4}(\.[0-9]{2}){0,3}$")
    side: Literal["debit", "credit"]
    amount: Annotated[str, AfterValidator(_an_amount)]
    when: Annotated[str, AfterValidator(_a_condition)] | None = None
    summary: str = Field("", max_length=120)
    dimensions: tuple[LineDimension, ...] = ()
    cash_flow: str = Field("", max_length=48)

    @cached_property
    def expression(self) -> Amount:
        return amount_parse(self.amount)

    def names(self) -> frozenset[str]:
        """The amount names that the line reads."""
        return self.expression.names | (condition_parse(self.when).names if self.when else frozenset())

    def applies(self, facts: Facts) -> bool:
        return self.when is None or condition_parse(self.when).holds(facts)


class SampleEvent(BaseModel):
    """An event on which a rule is tried before it is activated."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    amounts: dict[str, Yuan]
    dimensions: dict[str, str] = {}


class RuleText(BaseModel):
    """A posting rule as it is written. ``amounts`` are the names that an event of the kind may carry.

    ``summary`` is the 摘要 with dimensions in braces: ``发放贷款 {loan_no}``. With ``is_red`` the lines are
    posted as negative amounts, for facts that take income back without being the reversal of one event.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    amounts: tuple[str, ...] = Field(min_length=1)
    summary: str = Field(min_length=1, max_length=120)
    lines: tuple[RuleLine, ...] = Field(min_length=2)
    samples: tuple[SampleEvent, ...] = Field(min_length=1)
    is_red: bool = False


class RuleBody(RuleText):
    """A posting rule whose lines post exactly the amounts that it names."""

    @model_validator(mode="after")
    def _names_agree(self) -> "RuleBody":
        posted = frozenset[str]().union(*(line.expression.names for line in self.lines))
        read = frozenset[str]().union(*(line.names() for line in self.lines))
        if read - set(self.amounts) or set(self.amounts) - posted:
            raise ValueError("rule_amounts_differ")
        return self

    @cached_property
    def rates(self) -> frozenset[str]:
        """The tax rates that the rule needs."""
        return frozenset[str]().union(*(line.expression.rates for line in self.lines))

    @property
    def accounts(self) -> list[str]:
        """The account codes that the rule posts to."""
        return sorted({line.account for line in self.lines})


def rule_agreed(written: RuleText) -> RuleBody:
    """The rule, once its names fit together. Errors: RuleAmountUnknown, RuleAmountUnposted, SummaryPlaceUnknown."""
    _places_known(written.summary, "rule.summary")
    for place, line in enumerate(written.lines):
        _places_known(line.summary, f"rule.lines.{place}.summary")
        if unknown := line.names() - frozenset(written.amounts):
            where = "amount" if unknown & line.expression.names else "when"
            raise RuleAmountUnknown(field=f"rule.lines.{place}.{where}", amount=min(unknown))
    posted = frozenset[str]().union(*(line.expression.names for line in written.lines))
    if unposted := frozenset(written.amounts) - posted:
        raise RuleAmountUnposted(field="rule.amounts", amount=min(unposted))
    for place, sample in enumerate(written.samples):
        if unknown := frozenset(sample.amounts) - frozenset(written.amounts):
            raise RuleAmountUnknown(field=f"rule.samples.{place}.amounts", amount=min(unknown))
    return RuleBody.model_validate(written.model_dump())


def _places_known(template: str, field: str) -> None:
    for place in _PLACE.findall(template):
        if place not in PLACES:
            raise SummaryPlaceUnknown(field=field, place=place, places=", ".join(PLACES))


def rule_lines(body: RuleBody, facts: Facts) -> tuple[Posting, ...]:
    """The lines that a rule makes of an event; lines of zero are left out.

    Money: fen; tax is rounded half up inside ``vat``, everything else is exact.
    Errors: AmountUnknown for an amount that the rule does not post, AmountNegative, RuleDoesNotBalance.
    """
    for name, amount in facts.amounts.items():
        if amount and name not in body.amounts:
            raise AmountUnknown(amount=name)
        if amount < 0:
            raise AmountNegative(amount=name)
    lines = tuple(posting for line in body.lines if line.applies(facts) and (posting := _line(line, facts)))
    debit, credit = sum(line.debit for line in lines), sum(line.credit for line in lines)
    if debit != credit:
        raise RuleDoesNotBalance(debit=yuan(debit), credit=yuan(credit))
    return tuple(line.in_red() for line in lines) if body.is_red else lines


def rule_summary(template: str, dimensions: Mapping[str, str]) -> str:
    """The 摘要 with its places filled; a dimension that the event lacks leaves nothing."""
    filled = _PLACE.sub(lambda place: dimensions.get(place.group(1), ""), template)
    return " ".join(filled.split())


def rule_try(body: RuleBody, rates: Mapping[str, Decimal]) -> list[tuple[Posting, ...]]:
    """The lines of every sample event.

    Errors: those of ``rule_lines``; SampleMissing when an amount is zero in all samples.
    """
    tried = [rule_lines(body, Facts(sample.amounts, sample.dimensions, rates)) for sample in body.samples]
    for name in body.amounts:
        if not any(sample.amounts.get(name) for sample in body.samples):
            raise SampleMissing(amount=name)
    return tried


def _line(line: RuleLine, facts: Facts) -> Posting | None:
    amount = line.expression.value(facts)
    if amount < 0:
        raise AmountNegative(amount=line.amount)
    if amount == 0:
        return None
    debit, credit = (amount, NOTHING) if line.side == "debit" else (NOTHING, amount)
    return Posting(line.account, debit, credit, line.summary, line.dimensions, line.cash_flow)
