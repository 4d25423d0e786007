"""Add an account, rename it, retire it."""

from dataclasses import dataclass

from axle.ledger.errors import AccountCodeTaken, AccountUnknown
from axle.ledger.models import Account, EntryLine
from axle.platform.errors import StateRefused
from axle.platform.public import created, track


@dataclass(frozen=True)
class AccountDraft:
    """A new account. Without ``category`` or ``normal_side`` it takes its parent's."""

    code: str
    name_zh: str
    name_en: str
    category: str = ""
    normal_side: str = ""


def account_create(*, draft: AccountDraft, legal_entity_id: int | None = None) -> Account:
    """Add an account; a parent that has no lines yet becomes a summing account.

    Errors: AccountCodeTaken, AccountUnknown when a code with a dot has no parent, StateRefused when the
    parent has been posted to.
    """
    chart = Account.objects.filter(legal_entity_id=legal_entity_id)
    if chart.filter(code=draft.code).exists():
        raise AccountCodeTaken(field="code", account=draft.code)
    account = account_draft_build(draft, legal_entity_id)
    account.save()
    return created(account)


def account_draft_build(draft: AccountDraft, legal_entity_id: int | None) -> Account:
    """The unsaved account of a draft, below its parent. Errors: AccountUnknown, StateRefused."""
    parent = _parent(draft.code, legal_entity_id)
    return Account(
        legal_entity_id=legal_entity_id,
        code=draft.code,
        name_zh=draft.name_zh,
        name_en=draft.name_en,
        category=draft.category or (parent.category if parent else ""),
        normal_side=draft.normal_side or (parent.normal_side if parent else ""),
        parent=parent,
        level=parent.level + 1 if parent else 1,
        is_postable=True,
    )


def account_update(*, account_id: int, name_zh: str, name_en: str, is_active: bool) -> Account:
    """Rename an account, or take it out of use: lines stay, new ones are refused. Errors: AccountUnknown."""
    account = Account.objects.select_for_update().filter(pk=account_id).first()
    if account is None:
        raise AccountUnknown(account=account_id)
    track(account)
    account.name_zh, account.name_en, account.is_active = name_zh, name_en, is_active
    account.save()
    return account


def parent_code(code: str) -> str:
    """The code of the account above, empty at the first level: ``1303.01`` is below ``1303``."""
    return code.rpartition(".")[0]


def _parent(code: str, legal_entity_id: int | None) -> Account | None:
    above = parent_code(code)
    if not above:
        return None
    parent = Account.objects.select_for_update().filter(legal_entity_id=legal_entity_id, code=above).first()
    if parent is None:
        raise AccountUnknown(field="code", account=above)
    if parent.is_postable:
        _make_summing(parent)
    return parent


def _make_summing(parent: Account) -> None:
    if EntryLine.objects.filter(account=parent).exists():
        raise StateRefused(what="account", state="posted")
    track(parent)
    parent.is_postable = False
    parent.save()
