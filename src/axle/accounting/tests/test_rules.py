"""Posting rules: form, lines, and what is refused rather than lost."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from axle.accounting.domain.expressions import Facts
from axle.accounting.domain.rules import RuleBody, rule_lines, rule_summary, rule_try
from axle.accounting.errors import AmountNegative, AmountUnknown, RuleDoesNotBalance, SampleMissing
from axle.accounting.standard import rule_bodies
from axle.accounting.tests.plain_ledger import shown
from axle.kernel.money import Fen, parse_yuan

RATES = {"loan_service": Decimal("0.06"), "movable_leasing": Decimal("0.13"), "simple_method": Decimal("0.03")}
FEE: dict[str, Any] = {
    "summary": "手续费 {loan_no}",
    "amounts": ["fee"],
    "lines": [
        {"account": "1002", "side": "debit", "amount": "fee"},
        {"account": "6021.02", "side": "credit", "amount": "net(fee, loan_service)"},
        {"account": "2221.01.02", "side": "credit", "amount": "vat(fee, loan_service)"},
    ],
    "samples": [{"amounts": {"fee": "300.00"}}],
}


def _facts(dimensions: dict[str, str] | None = None, **amounts: str) -> Facts:
    return Facts({name: parse_yuan(amount) for name, amount in amounts.items()}, dimensions or {}, RATES)


def _line(account: str, side: str, amount: str, **more: str) -> dict[str, str]:
    return {"account": account, "side": side, "amount": amount, **more}


def test_a_rule_splits_tax_off():
    lines = rule_lines(RuleBody.model_validate(FEE), _facts(fee="300.00"))
    assert [shown(line) for line in lines] == ["借 1002 300.00", "贷 6021.02 283.02", "贷 2221.01.02 16.98"]


def test_lines_of_zero_are_left_out():
    lines = rule_lines(RuleBody.model_validate(FEE), _facts(fee="0.08"))
    assert [shown(line) for line in lines] == ["借 1002 0.08", "贷 6021.02 0.08"]


def test_a_red_rule_posts_negative_amounts():
    lines = rule_lines(RuleBody.model_validate(FEE | {"is_red": True}), _facts(fee="300.00"))
    assert [shown(line) for line in lines] == ["借 1002 -300.00", "贷 6021.02 -283.02", "贷 2221.01.02 -16.98"]


@pytest.mark.parametrize(("product", "account"), [("NEW", "6021.01"), ("USED", "6021.02"), ("", "6021.02")])
def test_a_condition_chooses_the_line(product, account):
    body = FEE | {
        "lines": [
            _line("1002", "debit", "fee"),
            _line("6021.01", "credit", "fee", when="dim.product_code == 'NEW'"),
            _line("6021.02", "credit", "fee", when="dim.product_code != 'NEW'"),
        ]
    }
    lines = rule_lines(RuleBody.model_validate(body), _facts({"product_code": product}, fee="1.00"))
    assert [shown(line) for line in lines] == ["借 1002 1.00", f"贷 {account} 1.00"]


@pytest.mark.parametrize(
    ("amounts", "condition"),
    [
        ({"fee": "1.00", "gift": "0.01"}, AmountUnknown),
        ({"fee": "-1.00"}, AmountNegative),
    ],
)
def test_amounts_that_would_be_lost_are_refused(amounts, condition):
    with pytest.raises(condition):
        rule_lines(RuleBody.model_validate(FEE), _facts(**amounts))


def test_an_unknown_amount_of_zero_is_nothing_to_lose():
    assert len(rule_lines(RuleBody.model_validate(FEE), _facts(fee="1.00", gift="0.00"))) == 3


def test_a_difference_below_zero_is_refused():
    lines = [_line("1002", "debit", "cash - fee"), _line("6021.02", "credit", "cash - fee")]
    body = RuleBody.model_validate(FEE | {"amounts": ["cash", "fee"], "lines": lines})
    with pytest.raises(AmountNegative):
        rule_lines(body, _facts(cash="1.00", fee="1.01"))


def test_a_rule_must_balance():
    lines = [_line("1002", "debit", "fee"), _line("6021.02", "credit", "net(fee, loan_service)")]
    with pytest.raises(RuleDoesNotBalance):
        rule_lines(RuleBody.model_validate(FEE | {"lines": lines}), _facts(fee="1.00"))


def test_every_amount_is_tried_on_some_sample():
    with pytest.raises(SampleMissing):
        rule_try(RuleBody.model_validate(FEE | {"samples": [{"amounts": {"fee": "0.00"}}]}), RATES)


@pytest.mark.parametrize(
    "change",
    [
        {"amounts": []},
        {"amounts": ["fee", "gift"]},
        {"amounts": ["cash"]},
        {"lines": FEE["lines"][:1]},
        {"lines": [*FEE["lines"], _line("100", "debit", "fee")]},
        {"lines": [*FEE["lines"], _line("1002", "left", "fee")]},
        {"lines": [*FEE["lines"], _line("1002", "debit", "fee * 2")]},
        {"lines": [*FEE["lines"], _line("1002", "debit", "vat(fee, rate_of_the_moon)")]},
        {"lines": [*FEE["lines"], _line("1002", "debit", "fee", when="fee")]},
        {"lines": [*FEE["lines"], _line("1002", "debit", "fee", when="gift > 0")]},
        {"samples": []},
        {"samples": [{"amounts": {"fee": "1.001"}}]},
        {"samples": [{"amounts": {"fee": 1.5}}]},
        {"summary": ""},
    ],
)
def test_a_body_of_another_form_is_refused(change):
    with pytest.raises(ValidationError):
        RuleBody.model_validate(FEE | change)


def test_a_body_keeps_through_storage():
    body = RuleBody.model_validate(FEE)
    assert RuleBody.model_validate(body.model_dump(mode="json")) == body


def test_a_summary_fills_only_its_dimensions():
    template = "还款 {loan_no} {missing} {loan_no.__class__}"
    assert rule_summary(template, {"loan_no": "L1"}) == "还款 L1 {loan_no.__class__}"


@pytest.mark.parametrize("kind", sorted(rule_bodies()))
def test_the_standard_rules_balance_on_their_samples(kind):
    assert all(rule_try(rule_bodies()[kind], RATES))


@given(st.lists(st.integers(min_value=0, max_value=10**11), min_size=7, max_size=7))
def test_a_receipt_balances_whatever_its_parts(parts):
    names = ["principal", "interest", "penalty", "compound", "fee", "unapplied", "from_suspense"]
    amounts = {name: Fen(amount) for name, amount in zip(names, parts, strict=True)}
    amounts["cash"] = Fen(sum(parts[:6]))
    amounts["from_suspense"] = min(amounts["from_suspense"], amounts["cash"])
    amounts["cash"] = Fen(amounts["cash"] - amounts["from_suspense"])
    lines = rule_lines(rule_bodies()["receipt_posted"], Facts(amounts, {}, RATES))
    assert sum(line.debit for line in lines) == sum(line.credit for line in lines) == sum(parts[:6])


@given(st.integers(min_value=1, max_value=10**13), st.sampled_from(sorted(RATES)))
def test_a_taxed_amount_balances_at_every_rate(amount, rate):
    lines = [
        _line("1002", "debit", "fee"),
        _line("6021", "credit", f"net(fee, {rate})"),
        _line("2221", "credit", f"vat(fee, {rate})"),
    ]
    body = RuleBody.model_validate(FEE | {"lines": lines})
    assert sum(line.credit for line in rule_lines(body, Facts({"fee": Fen(amount)}, {}, RATES))) == amount
