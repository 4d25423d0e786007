"""Load a whole chart of accounts."""

from collections.abc import Iterable
from itertools import groupby

from axle.ledger.models import Account
from axle.ledger.services.account_save import AccountDraft, account_draft_build, parent_code
from axle.platform.public import note_change


def chart_load(drafts: Iterable[AccountDraft], *, legal_entity_id: int | None = None) -> int:
    """Add the accounts that a chart does not have yet, parents first; gives how many were added.

    Errors: AccountUnknown when a code with a dot has no parent, StateRefused when a parent has been posted to.
    """
    missing = chart_missing(drafts, legal_entity_id=legal_entity_id)
    summing = {parent_code(draft.code) for draft in missing}
    for _level, batch in groupby(sorted(missing, key=_level_of), key=_level_of):
        rows = [account_draft_build(draft, legal_entity_id) for draft in batch]
        for row in rows:
            row.is_postable = row.code not in summing
        Account.objects.bulk_create(rows)
    if missing:
        note_change(type="chart", id=legal_entity_id or "shared", after={"accounts": len(missing)})
    return len(missing)


def chart_missing(drafts: Iterable[AccountDraft], *, legal_entity_id: int | None = None) -> list[AccountDraft]:
    """The accounts that a chart does not have."""
    known = set(Account.objects.filter(legal_entity_id=legal_entity_id).values_list("code", flat=True))
    return [draft for draft in drafts if draft.code not in known]


def _level_of(draft: AccountDraft) -> int:
    return draft.code.count(".")
