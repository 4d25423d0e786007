"""A new release brings its accounts, rules and statements to books that are there; what accountants wrote stays."""

from datetime import date

import pytest

from axle.accounting.domain.rules import RuleBody
from axle.accounting.models import PostingRule, StatementVersion
from axle.accounting.services import books_prepare, books_upgrade
from axle.accounting.services.books_upgrade import BooksUpgraded
from axle.accounting.services.posting_rule_activate import posting_rule_activate
from axle.accounting.services.posting_rule_create import posting_rule_create
from axle.accounting.standard import chart_drafts, rule_bodies, statement_bodies
from axle.ledger.public import AccountDraft, accounts
from axle.platform.models import OperationLog
from axle.platform.public import system_actor
from axle.platform.testing import make_actor, make_entity

SINCE, TODAY = date(2020, 1, 1), date(2026, 4, 1)
UPGRADE, ACCOUNTANT = system_actor("upgrade"), make_actor(name="会计")
NEW_ACCOUNTS = (AccountDraft("6602.97", "升级费用", "Cost of upgrades"), AccountDraft("6602.98", "其他", "Others"))


def changed(body, **changes):
    return type(body).model_validate(body.model_dump(mode="json") | changes)


@pytest.fixture
def entity_id(db):
    """Books that the program made and nobody has touched."""
    entity = make_entity()
    books_prepare.books_prepare(actor=system_actor("demo"), effective_from=SINCE)
    return entity.pk


@pytest.fixture
def release(monkeypatch):
    """A release with two more accounts, a rule of a new kind, another summary and another statement."""
    fee = changed(rule_bodies()["fee_charged"], summary="收取费用（新）{loan_no}")
    rules = rule_bodies() | {"fee_charged": fee, "fee_charged_anew": fee}
    name_zh, name_en, body = statement_bodies()["income_statement"]
    lines = [line | {"name_en": line["name_en"] + "."} for line in body.model_dump(mode="json")["lines"]]
    statements = statement_bodies() | {"income_statement": (name_zh, name_en, changed(body, lines=lines))}
    for module in (books_prepare, books_upgrade):
        monkeypatch.setattr(module, "rule_bodies", lambda: rules)
        monkeypatch.setattr(module, "statement_bodies", lambda: statements)
        monkeypatch.setattr(module, "chart_drafts", lambda: [*chart_drafts(), *NEW_ACCOUNTS])
    return rules


def upgraded():
    return books_upgrade.books_upgrade(actor=UPGRADE, on=TODAY)


def versions(kind="fee_charged"):
    return list(PostingRule.objects.filter(kind=kind).order_by("version").values_list("state", "effective_from"))


def test_the_release_that_made_the_books_has_nothing_to_bring(entity_id):
    assert upgraded() == BooksUpgraded()
    assert not OperationLog.objects.filter(operation="books_upgrade").exists()


def test_books_that_nobody_touched_are_as_the_release_has_them(entity_id, release):
    done = upgraded()
    assert (done.accounts, done.added, done.refused, done.drafts) == (2, ["fee_charged_anew"], [], [])
    assert done.renewed == ["income_statement", "fee_charged"]
    assert {"6602.97", "6602.98"} <= {account.code for account in accounts(entity_id) if account.is_postable}
    assert versions() == [("active", SINCE), ("active", TODAY)]
    assert versions("fee_charged_anew") == [("active", SINCE)]
    statement = StatementVersion.objects.filter(statement__code="income_statement").order_by("version_no")
    assert list(statement.values_list("effective_from", "retired_on")) == [(SINCE, TODAY), (TODAY, None)]
    assert OperationLog.objects.get(operation="books_upgrade").actor_name == "upgrade"
    assert upgraded() == BooksUpgraded()


def test_what_an_accountant_activated_stays_and_the_new_standard_is_a_draft(entity_id, release):
    own = changed(rule_bodies()["fee_charged"], summary="本公司自定摘要")
    rule = posting_rule_create(actor=ACCOUNTANT, kind="fee_charged", body=own)
    posting_rule_activate(actor=ACCOUNTANT, rule_id=rule.pk, effective_from=date(2026, 1, 1))
    done = upgraded()
    assert (done.drafts, done.renewed) == (["fee_charged"], ["income_statement"])
    assert versions() == [("active", SINCE), ("active", date(2026, 1, 1)), ("draft", None)]
    assert (
        RuleBody.model_validate(PostingRule.objects.get(kind="fee_charged", version=3).body) == release["fee_charged"]
    )
    assert upgraded() == BooksUpgraded()


def test_what_the_books_have_no_place_for_is_told_and_the_rest_is_added(entity_id, release, monkeypatch):
    lost = AccountDraft("9998.01", "无上级", "Lost")
    monkeypatch.setattr(books_upgrade, "chart_drafts", lambda: [*chart_drafts(), lost, *NEW_ACCOUNTS])
    done = upgraded()
    assert (done.accounts, done.refused) == (2, ["9998.01 (account_unknown)"])
    assert done.added == ["fee_charged_anew"]


def test_an_installation_without_books_gets_none(db, release):
    make_entity()
    assert upgraded() == BooksUpgraded()
    assert not PostingRule.objects.exists()
