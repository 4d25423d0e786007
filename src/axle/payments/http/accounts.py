"""Bank accounts, statements and reconciliation over HTTP."""

from datetime import date

from pydantic import BaseModel, Field

from axle.kernel.money import Fen
from axle.kernel.types import Yuan
from axle.payments import permissions, selectors
from axle.payments.domain.reconciling import ReconciliationBreakKind
from axle.payments.services.bank_account_create import bank_account_create as account_create
from axle.payments.services.reconciliation_run import reconciliation_run as run_reconciliation
from axle.platform.http import ContextApi
from axle.platform.listing import Col, Listing
from axle.platform.public import Ctx, Input

api = ContextApi("payments")


class BankAccountIn(Input):
    """A new bank account of a legal entity."""

    legal_entity_id: int
    name: str = Field(min_length=1, max_length=64)
    bank_name: str = Field(min_length=1, max_length=64)
    bank_account_no: str = Field(pattern=r"^\d{8,32}$", json_schema_extra={"format": "bank-card"})
    bank_channel: str = Field(min_length=1, max_length=32)
    ledger_account_code: str = Field(min_length=1, max_length=32)
    is_payer: bool = True


class BankAccountOut(BaseModel):
    """The account made."""

    id: int


class ReconciliationIn(Input):
    """Which account and day to compare."""

    bank_account_id: int
    on: date


class ReconciliationOut(BaseModel):
    """What the comparison found."""

    id: int
    matched: int
    breaks: int
    paid_out: Yuan


@api.command("bank_account_create", permission=permissions.BANK_ACCOUNT_MANAGE, subject="bank_account")
def bank_account_create(ctx: Ctx, data: BankAccountIn) -> BankAccountOut:
    """Register a bank account."""
    account = account_create(
        actor=ctx.actor,
        legal_entity_id=data.legal_entity_id,
        name=data.name,
        bank_name=data.bank_name,
        account_no=data.bank_account_no,
        channel=data.bank_channel,
        ledger_account_code=data.ledger_account_code,
        is_payer=data.is_payer,
    )
    return BankAccountOut(id=account.pk)


@api.command("reconciliation_run", permission=permissions.RECONCILIATION_RUN, subject="bank_account")
def reconciliation_run(ctx: Ctx, data: ReconciliationIn) -> ReconciliationOut:
    """Import a day's statement and compare it (对账)."""
    run = run_reconciliation(actor=ctx.actor, bank_account_id=data.bank_account_id, on=data.on)
    return ReconciliationOut(id=run.pk, matched=run.matched, breaks=run.breaks, paid_out=Fen(run.paid_fen))


api.listing(
    Listing(
        name="bank_accounts",
        permission=permissions.BANK_ACCOUNT_VIEW,
        queryset=selectors.bank_accounts_visible,
        columns=[
            Col("name"),
            Col("legal_entity", source="legal_entity__name"),
            Col("bank_name"),
            Col("bank_account_no", "masked", source="account_no", mask="card"),
            Col("bank_channel", source="channel"),
            Col("ledger_account_code"),
            Col("is_payer", "bool"),
            Col("is_active", "bool"),
        ],
        search=["name", "bank_name"],
        filters=["is_active"],
        toolbar=["bank_account_create"],
    )
)
api.listing(
    Listing(
        name="reconciliations",
        permission=permissions.RECONCILIATION_VIEW,
        queryset=selectors.reconciliations_visible,
        columns=[
            Col("on", "date"),
            Col("bank_account", source="bank_account__name"),
            Col("matched", "integer"),
            Col("breaks", "integer"),
            Col("paid_out", "money", source="paid_fen"),
            Col("received", "money", source="received_fen"),
            Col("bank_closing", "money", source="closing_fen"),
            Col("run_by"),
            Col("run_at", "datetime"),
        ],
        filters=["on", "breaks"],
        totals=["paid_out", "received"],
        default_sort="-on",
        toolbar=["reconciliation_run"],
    )
)
api.listing(
    Listing(
        name="reconciliation_breaks",
        is_growing=True,
        permission=permissions.RECONCILIATION_VIEW,
        queryset=selectors.breaks_visible,
        columns=[
            Col("on", "date", source="reconciliation__on"),
            Col("bank_account", source="reconciliation__bank_account__name"),
            Col("kind", "enum", enum="ReconciliationBreakKind", choices=list(ReconciliationBreakKind)),
            Col("order_no"),
            Col("bank_serial"),
            Col("our_amount", "money", source="our_amount_fen"),
            Col("bank_amount", "money", source="bank_amount_fen"),
            Col("bank_state", "enum", enum="BankState"),
        ],
        search=["order_no", "bank_serial"],
        filters=["on", "kind"],
    )
)
api.listing(
    Listing(
        name="bank_statement_lines",
        is_growing=True,
        permission=permissions.RECONCILIATION_VIEW,
        queryset=selectors.statement_lines_visible,
        columns=[
            Col("value_on", "date"),
            Col("bank_account", source="bank_account__name"),
            Col("direction", "enum", enum="MoneyDirection", choices=["out", "in"]),
            Col("amount", "money", source="amount_fen"),
            Col("bank_serial"),
            Col("order_no"),
            Col("counterparty_name"),
            Col("counterparty_account", "masked", mask="card"),
            Col("remark"),
        ],
        search=["bank_serial", "order_no", "counterparty_name"],
        filters=["value_on", "direction", "amount"],
        totals=["amount"],
    )
)
