"""What the books must have for a posting rule to post."""

from datetime import date

from axle.accounting.domain.rules import RuleText
from axle.accounting.domain.words import CASH_ACCOUNTS
from axle.accounting.errors import CashItemMissing
from axle.accounting.selectors.statements import cash_item_codes
from axle.ledger.errors import AccountNotPostable, AccountUnknown
from axle.ledger.public import accounts_require
from axle.platform.public import legal_entities


def rule_companies(legal_entity_id: int | None) -> list[int]:
    """The companies for which a rule posts: its own, or all."""
    return [legal_entity_id] if legal_entity_id else [entity.id for entity in legal_entities()]


def rule_require(written: RuleText, *, legal_entity_id: int | None, on: date) -> None:
    """Refuse a rule whose lines have no place in the books; ``field`` names the line.

    Errors: AccountUnknown, AccountNotPostable, CashItemMissing.
    """
    for company in rule_companies(legal_entity_id):
        _accounts(written, company)
    _cash_items(written, on)


def _accounts(written: RuleText, legal_entity_id: int) -> None:
    codes = [line.account for line in written.lines]
    try:
        accounts_require(legal_entity_id, codes)
    except (AccountUnknown, AccountNotPostable) as refused:
        code = refused.params["account"]
        raise type(refused)(field=f"rule.lines.{codes.index(code)}.account", account=code) from refused


def _cash_items(written: RuleText, on: date) -> None:
    """Either no line names an item, or each line on cash does, and no other."""
    if not any(line.cash_flow for line in written.lines):
        return
    known = cash_item_codes(on)
    for place, line in enumerate(written.lines):
        is_cash = line.account.split(".")[0] in CASH_ACCOUNTS
        if is_cash != (line.cash_flow in known) or (line.cash_flow and not is_cash):
            raise CashItemMissing(field=f"rule.lines.{place}.cash_flow", account=line.account)
