"""Versions of posting rules: drafted, tried, activated, and then never changed."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from axle.accounting.domain.rules import RuleBody
from axle.accounting.errors import RuleDateTaken, RuleDoesNotBalance, RuleVersionNotDraft, SampleMissing
from axle.accounting.models import PostingRule, RuleState
from axle.accounting.services.books_prepare import books_prepare
from axle.accounting.services.posting_rule_activate import posting_rule_activate
from axle.accounting.services.posting_rule_create import posting_rule_create
from axle.accounting.standard import rule_bodies
from axle.ledger.public import accounts
from axle.platform.errors import NotFound
from axle.platform.public import catalogue
from axle.platform.testing import make_actor

ACTOR = make_actor(name="会计")
APRIL = date(2026, 4, 1)


def _draft(**changes: object) -> PostingRule:
    body = rule_bodies()["fee_charged"].model_dump(mode="json") | changes
    return posting_rule_create(actor=ACTOR, kind="fee_charged", body=RuleBody.model_validate(body))


def _activate(rule: PostingRule, on: date = APRIL) -> PostingRule:
    return posting_rule_activate(actor=ACTOR, rule_id=rule.pk, effective_from=on)


def test_preparing_the_books_twice_adds_nothing(entity_id):
    assert books_prepare(actor=ACTOR, effective_from=APRIL) == (0, 0)
    assert PostingRule.objects.filter(state=RuleState.ACTIVE).count() == len(rule_bodies())


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
def test_every_standard_kind_has_a_name(locale):
    assert set(rule_bodies()) <= set(catalogue(locale)["enum"]["MoneyEventKind"])


def test_the_chart_is_a_tree_with_postable_leaves(entity_id):
    rows = {account.code: account for account in accounts(entity_id)}
    parents = {code.rpartition(".")[0] for code in rows}
    assert all(account.is_postable == (code not in parents) for code, account in rows.items())
    assert rows["2221.01.02"].level == 3
    assert (rows["1532"].category, rows["1532"].normal_side) == ("asset", "credit")


def test_a_version_is_drafted_and_activated(entity_id):
    rule = _activate(_draft())
    assert (rule.version, rule.state, rule.effective_from, rule.activated_by) == (2, "active", APRIL, "会计")


@pytest.mark.parametrize(
    ("changes", "condition"),
    [
        (
            {
                "lines": [
                    {"account": "1002", "side": "debit", "amount": "fee"},
                    {"account": "6021.02", "side": "credit", "amount": "net(fee, loan_service)"},
                ]
            },
            RuleDoesNotBalance,
        ),
        ({"samples": [{"amounts": {}}]}, SampleMissing),
    ],
)
def test_a_version_that_fails_its_samples_stays_a_draft(entity_id, changes, condition):
    rule = _draft(**changes)
    with pytest.raises(condition):
        _activate(rule)
    rule.refresh_from_db()
    assert (rule.state, rule.effective_from) == ("draft", None)


def test_versions_take_force_one_after_another(entity_id):
    first = _activate(_draft())
    with pytest.raises(RuleVersionNotDraft):
        _activate(first, date(2026, 5, 1))
    for taken in (APRIL, date(2026, 3, 31)):
        with pytest.raises(RuleDateTaken):
            _activate(_draft(), taken)
    assert _activate(_draft(), date(2026, 4, 2)).version == 5


def test_an_unknown_version_cannot_be_activated(entity_id):
    with pytest.raises(NotFound):
        posting_rule_activate(actor=ACTOR, rule_id=0, effective_from=APRIL)


def test_the_database_keeps_an_active_version(entity_id):
    rule = _activate(_draft())
    rows = PostingRule.objects.filter(pk=rule.pk)
    for change in (lambda: rows.update(version=9), rows.delete):
        with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
            change()
    assert rows.get().version == rule.version
