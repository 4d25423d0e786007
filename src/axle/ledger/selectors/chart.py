"""Reads of the chart of accounts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from axle.ledger.errors import AccountNotPostable, AccountUnknown
from axle.ledger.models import Account
from axle.platform.public import prepared_cursor

_BOOKS = """
WITH closed AS MATERIALIZED (SELECT ledger_closed_through(%s::bigint) AS period)
SELECT closed.period, account.* FROM closed LEFT JOIN (
    SELECT DISTINCT ON (code) code, id, is_postable AND is_active FROM ledger_account
    WHERE code = ANY(%s::text[]) AND (legal_entity_id = %s OR legal_entity_id IS NULL)
    ORDER BY code, legal_entity_id NULLS LAST
) AS account ON true
"""


def chart_rows(legal_entity_id: int) -> QuerySet[Account]:
    """Shared accounts and the entity's own, by code; of two with one code the entity's own comes last."""
    own_last = F("legal_entity_id").asc(nulls_first=True)
    rows = Account.objects.filter(Q(legal_entity_id=legal_entity_id) | Q(legal_entity=None))
    return rows.order_by("code", own_last)


def chart(legal_entity_id: int) -> dict[str, Account]:
    """The entity's accounts by code, in the order of codes."""
    return {account.code: account for account in chart_rows(legal_entity_id)}


def postable_ids(legal_entity_id: int, codes: Iterable[str]) -> Mapping[str, int]:
    """The keys of accounts by code, each fit to be posted to. Errors: AccountUnknown, AccountNotPostable."""
    return books_of(legal_entity_id, codes).account_ids


@dataclass(frozen=True)
class Books:
    """What a legal entity's entries need: the last closed month (yyyymm), 0 for none, and the keys of their accounts.

    Closing and reopening are held off until the transaction ends, so that it stays true for the writer.
    """

    closed: int
    account_ids: Mapping[str, int]


def books_of(legal_entity_id: int, codes: Iterable[str]) -> Books:
    """What entries on some accounts need. Errors: AccountUnknown, AccountNotPostable."""
    wanted = sorted(set(codes))
    with prepared_cursor() as cursor:
        cursor.execute(_BOOKS, [legal_entity_id, wanted, legal_entity_id])
        rows = cursor.fetchall()
    found = {code: (account_id, is_fit) for _closed, code, account_id, is_fit in rows}
    for code in wanted:
        if code not in found:
            raise AccountUnknown(field="account", account=code)
        if not found[code][1]:
            raise AccountNotPostable(field="account", account=code)
    return Books(rows[0][0], {code: account_id for code, (account_id, _is_fit) in found.items()})


def account_named(legal_entity_id: int, code: str) -> Account:
    """One account of the chart, summing or postable. Errors: AccountUnknown."""
    account = chart_rows(legal_entity_id).filter(code=code).last()
    if account is None:
        raise AccountUnknown(field="account", account=code)
    return account


def subtree_ids(legal_entity_id: int, code: str) -> list[int]:
    """The ids of an account and of all below it."""
    below = Q(code=code) | Q(code__startswith=f"{code}.")
    return list(chart_rows(legal_entity_id).filter(below).values_list("pk", flat=True))
