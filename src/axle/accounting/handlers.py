"""Reactions to the facts of other contexts."""

from axle.accounting.services.bank_lines_clear import bank_lines_clear_alike
from axle.accounting.services.event_reverse import event_reverse
from axle.accounting.services.events_post import event_post
from axle.ledger.events import MoneyEvent
from axle.payments.events import StatementCompared
from axle.platform.public import system_actor


def money_event_post(event: MoneyEvent) -> None:
    """Post a fact that moves money, in the transaction that tells it."""
    if event.reverses is None and event.part_of is None:
        event_post(event)
    else:
        event_reverse(event)


def bank_lines_clear_on_statement(told: StatementCompared) -> None:
    """Clear what a new statement shows of what the books have, if the account is being reconciled."""
    bank_lines_clear_alike(actor=system_actor("accounting"), bank_account_id=told.bank_account_id)
