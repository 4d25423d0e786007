"""The code of an account with a part to play is written down once."""

import json

import pytest

from axle.accounting import standard
from axle.accounting.controls import _CONTROLS
from axle.accounting.standard import account_of, rule_bodies

IN_RULES = {
    "bank", "principal", "interest_adjustment", "overdue_principal", "non_accrual_principal",
    "interest_receivable", "fees_receivable", "overpayments", "suspense", "refunds_payable",
    "allowance_1", "allowance_2", "allowance_3", "sale_price", "pool_price", "sold_collections", "memo_contra",
    "memo_interest", "memo_claims", "pool_debt", "claim_gain", "input_tax", "output_tax", "deferred_output_tax",
    "interest_income",
}  # fmt: skip
OF_THE_CLOSE = {"surplus_reserve", "year_profit", "profit_distribution"}
ROLES = IN_RULES | OF_THE_CLOSE


def test_parts_are_played_by_one_account_each():
    assert set(standard._roles()) == ROLES
    assert len(set(standard._roles().values())) == len(ROLES)
    with pytest.raises(KeyError):
        account_of("gold")


def test_rules_name_parts_and_post_to_their_accounts():
    text = (standard._DATA / "posting_rules.json").read_text(encoding="utf-8")
    named = {line["account"] for body in json.loads(text).values() for line in body["lines"]}
    assert named >= IN_RULES
    assert named.isdisjoint(standard._roles().values())
    assert rule_bodies()["loan_disbursed"].accounts == sorted([account_of("bank"), account_of("principal")])


def test_every_control_stands_on_accounts_that_rules_post_to():
    posted = {account for body in rule_bodies().values() for account in body.accounts}
    assert _CONTROLS
    assert {code for control in _CONTROLS.values() for code in control.account_codes} <= posted
