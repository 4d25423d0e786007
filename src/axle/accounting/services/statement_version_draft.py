"""Draft and activate versions of a financial statement."""

from datetime import date

from axle.accounting.domain.statements import StatementBody, uncovered
from axle.accounting.domain.words import CASH_ACCOUNTS
from axle.accounting.errors import StatementIncomplete, StatementRowGone
from axle.accounting.models import Statement, StatementVersion
from axle.ledger.public import accounts
from axle.platform.errors import NotFound
from axle.platform.public import Actor, legal_entities
from axle.platform.versions import Versioned

VERSIONS = Versioned(StatementVersion, owner="statement", what="statement_version")

NEEDED = {
    "balance_sheet": ("assets_total", "liabilities_equity_total", "monetary_funds", "undistributed_profit"),
    "income_statement": ("net_profit",),
    "cash_flow_statement": ("operating_net", "cash_change"),
    "cash_flow_reconciliation": ("operating_net_indirect",),
}
"""Rows that statements are compared by; a version keeps them."""


def statement_version_draft(*, actor: Actor, code: str, body: StatementBody, note: str = "") -> StatementVersion:
    """Keep the next version of a statement as a draft. Errors: NotFound, StatementRowGone."""
    statement = Statement.objects.select_for_update().filter(code=code).first()
    if statement is None:
        raise NotFound(field="statement", what="statement")
    gone = [key for key in NEEDED.get(code, ()) if key not in {line.key for line in body.lines}]
    if gone:
        raise StatementRowGone(field="body.lines", rows=", ".join(gone))
    return VERSIONS.draft(actor=actor, owner=statement, note=note, body=body.model_dump(mode="json"))


def statement_version_activate(
    *, actor: Actor, version_id: int, effective_from: date, business_on: date
) -> StatementVersion:
    """Put a version into force from a date on, once every account that it must take up stands in one of its rows.

    Errors: NotFound, VersionNotReady, VersionDatePassed, VersionDateOverlaps, StatementIncomplete.
    """
    return VERSIONS.activate(
        actor=actor, version_id=version_id, effective_from=effective_from, business_on=business_on, check=_complete
    )


def statement_version_retire(*, actor: Actor, version_id: int, retired_on: date, business_on: date) -> StatementVersion:
    """Take a version out of force. Errors: NotFound, VersionNotInForce, VersionDatePassed."""
    return VERSIONS.retire(version_id=version_id, retired_on=retired_on, business_on=business_on)


def _complete(version: StatementVersion) -> None:
    body, code = StatementBody.model_validate(version.body), version.statement.code
    for entity in legal_entities():
        missing = uncovered(body, _must_cover(code, entity.id))
        if missing:
            raise StatementIncomplete(accounts=", ".join(missing[:20]), entity=entity.code)


def _must_cover(code: str, legal_entity_id: int) -> list[str]:
    found = [a for a in accounts(legal_entity_id) if a.is_postable and a.category != "memo"]
    match code:
        case "balance_sheet":
            return [a.code for a in found]
        case "income_statement":
            return [a.code for a in found if a.category in {"income", "expense"}]
        case "cash_flow_statement":
            return [a.code for a in found if a.code.split(".")[0] not in CASH_ACCOUNTS]
        case _:
            return []
