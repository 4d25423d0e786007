"""Reactions to the facts of other contexts."""

from collections.abc import Sequence

from axle.accounting.services.bank_lines_clear import bank_lines_clear_alike
from axle.accounting.services.events_import import events_tell
from axle.ledger.events import MoneyEvent
from axle.payments.events import StatementCompared
from axle.platform.public import system_actor


def money_event_post(event: MoneyEvent) -> None:
    """Post a fact that moves money, in the transaction that tells it."""
    events_tell([event])


def money_events_post(events: Sequence[MoneyEvent]) -> None:
    """Post facts that are told together, in their order."""
    events_tell(events)


def bank_lines_clear_on_statement(told: StatementCompared) -> None:
    """Clear what a new statement shows of what the books have, if the account is being reconciled."""
    bank_lines_clear_alike(actor=system_actor("accounting"), bank_account_id=told.bank_account_id)
