"""Clearing lines of the books with lines of bank statements over HTTP."""

from datetime import date
from typing import Annotated, Any

from django.db.models import QuerySet
from ninja import Query
from pydantic import BaseModel, Field

from axle.accounting import permissions
from axle.accounting.http.api import api
from axle.accounting.models import BankClearing, BankStart, ClearingWay
from axle.accounting.selectors.bank_items import bank_start, book_lines_open, stated_lines_open
from axle.accounting.services.bank_clearing_undo import bank_clearing_undo
from axle.accounting.services.bank_lines_clear import bank_lines_clear, bank_lines_clear_alike
from axle.accounting.services.bank_reconciliation_begin import bank_reconciliation_begin
from axle.kernel.money import Fen
from axle.kernel.types import Yuan
from axle.payments.public import bank_account_get, bank_accounts_of
from axle.platform.errors import NotFound
from axle.platform.listing import Col, Listing
from axle.platform.public import EVERYTHING, Actor, Ctx, Input, available_commands

MOST = 500
"""So many open lines of each side are shown at once, the oldest first."""


class BankReconciliationBeginIn(Input):
    """From which day on an account is reconciled, and the bank's balance before that day."""

    bank_account_id: int
    start_on: date
    balance: Yuan


class BankLinesClearIn(Input):
    """Lines that are the same money."""

    bank_account_id: int
    book_lines: list[int] = Field([], max_length=MOST)
    statement_lines: list[int] = Field([], max_length=MOST)


class BankLinesClearAlikeIn(Input):
    """An account whose lines are to be cleared as far as they are alike."""

    bank_account_id: int


class BankClearingUndoIn(Input):
    """A clearing to take back."""

    clearing_id: int


class BankStartOut(BaseModel):
    """The account is being reconciled."""

    bank_account_id: int
    start_on: date


class BankClearingOut(BaseModel):
    """A clearing."""

    clearing_id: int
    complete_on: date
    amount: Yuan


class ClearedOut(BaseModel):
    """How many clearings were made."""

    cleared: int


class BankChoiceOut(BaseModel):
    """A bank account, and from when on it is reconciled."""

    id: int
    name: str
    start_on: date | None


class OpenLineOut(BaseModel):
    """A line in transit; the amount is negative when money left the account."""

    id: int
    on: date
    summary: str
    no: str
    amount: Yuan


class BankOpenItemsOut(BaseModel):
    """What is in transit on an account, of the books and of the statement; ``is_all`` when nothing was left out."""

    bank_account: str
    start_on: date
    books: list[OpenLineOut]
    stated: list[OpenLineOut]
    is_all: bool
    actions: list[str]


@api.command("bank_reconciliation_begin", permission=permissions.BANK_CLEARING_MANAGE, subject="bank_account")
def bank_reconciliation_begin_command(ctx: Ctx, data: BankReconciliationBeginIn) -> BankStartOut:
    start = bank_reconciliation_begin(actor=ctx.actor, **data.model_dump())
    return BankStartOut(bank_account_id=start.bank_account_id, start_on=start.start_on)


@api.command("bank_lines_clear", permission=permissions.BANK_CLEARING_MANAGE, subject="bank_clearing")
def bank_lines_clear_command(ctx: Ctx, data: BankLinesClearIn) -> BankClearingOut:
    clearing = bank_lines_clear(actor=ctx.actor, **data.model_dump())
    return BankClearingOut(clearing_id=clearing.pk, complete_on=clearing.complete_on, amount=Fen(clearing.amount))


@api.command("bank_lines_clear_alike", permission=permissions.BANK_CLEARING_MANAGE, subject="bank_account")
def bank_lines_clear_alike_command(ctx: Ctx, data: BankLinesClearAlikeIn) -> ClearedOut:
    bank_start(data.bank_account_id)
    return ClearedOut(cleared=bank_lines_clear_alike(actor=ctx.actor, bank_account_id=data.bank_account_id))


@api.command("bank_clearing_undo", permission=permissions.BANK_CLEARING_MANAGE, subject="bank_clearing")
def bank_clearing_undo_command(ctx: Ctx, data: BankClearingUndoIn) -> ClearedOut:
    bank_clearing_undo(clearing_id=data.clearing_id)
    return ClearedOut(cleared=0)


def _require_books(actor: Actor) -> None:
    if actor.scope(permissions.TRIAL_BALANCE_VIEW) != EVERYTHING:
        raise NotFound(what="bank_account")


@api.query("bank_account_choices", "/bank-account-choices", permission=permissions.TRIAL_BALANCE_VIEW)
def bank_account_choices(actor: Actor) -> list[BankChoiceOut]:
    """Our bank accounts, those that are reconciled with the day from which they are."""
    _require_books(actor)
    starts = dict(BankStart.objects.values_list("bank_account_id", "start_on"))
    return [BankChoiceOut(id=one.id, name=one.name, start_on=starts.get(one.id)) for one in bank_accounts_of()]


@api.query("bank_open_items", "/bank-open-items", permission=permissions.TRIAL_BALANCE_VIEW)
def bank_open_items(
    actor: Actor, bank_account_id: int, until: Annotated[date | None, Query()] = None
) -> BankOpenItemsOut:
    """The lines in transit of a bank account up to a day."""
    _require_books(actor)
    account, start, on = bank_account_get(bank_account_id), bank_start(bank_account_id), until or date.max
    books = list(book_lines_open(account, start, on).select_related("entry")[: MOST + 1])
    stated = list(stated_lines_open(account, start, on)[: MOST + 1])
    return BankOpenItemsOut(
        bank_account=account.name,
        start_on=start.start_on,
        books=[_booked(line) for line in books[:MOST]],
        stated=[_stated(line) for line in stated[:MOST]],
        is_all=max(len(books), len(stated)) <= MOST,
        actions=available_commands(actor, "bank_lines_clear", "bank_lines_clear_alike"),
    )


def _booked(line: Any) -> OpenLineOut:
    summary = line.summary or line.entry.summary
    return OpenLineOut(id=line.pk, on=line.booked_on, summary=summary, no=line.entry.entry_no, amount=Fen(line.net))


def _stated(line: Any) -> OpenLineOut:
    summary = " ".join(filter(None, (line.counterparty_name, line.remark)))
    return OpenLineOut(id=line.pk, on=line.value_on, summary=summary, no=line.bank_serial, amount=Fen(line.net))


def _clearings(actor: Actor) -> QuerySet[BankClearing]:
    reached = actor.scope(permissions.TRIAL_BALANCE_VIEW)
    return reached.filter(BankClearing.objects.all(), department=None, owner=None)


api.listing(
    Listing(
        name="bank_clearings",
        is_growing=True,
        permission=permissions.TRIAL_BALANCE_VIEW,
        queryset=_clearings,
        columns=[
            Col("complete_on", "date"),
            Col("bank_account", source="bank_account__name"),
            Col("bank_account_id", "integer", is_hidden=True),
            Col("amount", "money"),
            Col("way", "enum", enum="ClearingWay", choices=ClearingWay.values),
            Col("made_by"),
            Col("made_at", "datetime"),
        ],
        filters=["complete_on", "bank_account_id", "way"],
        row_actions=["bank_clearing_undo"],
    )
)
