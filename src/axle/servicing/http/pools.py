"""Pools of claims: chosen and frozen, decided on by another person, sold on their day, bought back."""

from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from pydantic import BaseModel, Field

from axle.kernel.types import RateStr, Yuan
from axle.platform.http import ActorName
from axle.platform.listing import Col, Listing
from axle.platform.public import Actor, Ctx, Input, mask
from axle.servicing import permissions as may
from axle.servicing.http.base import actions_of, api, one_of
from axle.servicing.jobs import sell_claims
from axle.servicing.models import (
    ClaimPool,
    PoolLoan,
    PoolLoanState,
    PoolMoney,
    PoolMoneyKind,
    PoolMoneyState,
    PoolState,
)
from axle.servicing.selectors.pool_books import pool_books
from axle.servicing.services import claim_buy_back as buying_back
from axle.servicing.services import pool_close as closing
from axle.servicing.services import pool_create as making
from axle.servicing.services import pool_money as paying
from axle.servicing.services import pool_review as reviewing


class PoolCreateIn(Input):
    """To whom, when and at what price (1 is par); then which loans, where an empty key does not matter."""

    legal_entity_id: int
    name: str = Field(min_length=2, max_length=60)
    buyer_name: str = Field(min_length=2, max_length=64)
    buyer_bank: str = Field(min_length=2, max_length=60)
    buyer_account: str = Field(min_length=6, max_length=32, json_schema_extra={"format": "bank-card"})
    closes_on: date
    price_rate: RateStr = Field(Decimal(1), ge=0, le=2, decimal_places=8)
    is_true_sale: bool = True
    product_code: str = Field("", max_length=40)
    most_days_past_due: int = Field(0, ge=0, le=3650)
    least_months_left: int | None = Field(None, ge=0, le=480)
    most_months_left: int | None = Field(None, ge=0, le=480)
    least_balance: Yuan | None = Field(None, ge=0)
    most_balance: Yuan | None = Field(None, ge=0)
    most_principal: Yuan | None = Field(None, gt=0)


class PoolIn(Input):
    pool_no: str = Field(max_length=24)


class PoolApproveIn(PoolIn):
    opinion: str = Field("", max_length=200)


class PoolRejectIn(PoolIn):
    opinion: str = Field(min_length=2, max_length=200)


class PoolLoanIn(PoolIn):
    """One loan of a pool, and why."""

    loan_no: str = Field(max_length=24)
    reason: str = Field(min_length=2, max_length=200)


class PoolMoneyRegisterIn(PoolIn):
    """A price that came in on a day, or what the buyer is to be paid."""

    money_kind: PoolMoneyKind
    amount: Yuan = Field(gt=0, le=10_000_000_000_00)
    value_on: date | None = None
    bank_serial: str = Field("", max_length=64)


class PoolMoneyIn(Input):
    money_no: str = Field(max_length=24)


class PoolOut(BaseModel):
    pool_no: str
    state: PoolState


class PoolMoneyOut(BaseModel):
    money_no: str
    money_state: PoolMoneyState


class PoolDetail(PoolOut):
    """A pool with what stands between us and its buyer, and what may be done next."""

    id: int
    name: str
    legal_entity: str
    buyer_name: str
    buyer_bank: str
    buyer_account_masked: str
    cut_off_on: date
    closes_on: date
    closed_on: date | None
    price_rate: RateStr
    is_true_sale: bool
    loans_count: int
    principal: Yuan
    interest: Yuan
    price: Yuan
    price_open: Yuan
    collected: Yuan
    to_remit: Yuan
    buy_back_to_pay: Yuan
    requested_by: ActorName
    requested_at: datetime
    reviewed_by: ActorName
    reviewed_at: datetime | None
    opinion: str
    actions: list[str]


_DEAL = ("name", "buyer_name", "buyer_bank", "buyer_account", "closes_on", "price_rate", "is_true_sale")


def _out(pool: ClaimPool) -> PoolOut:
    return PoolOut(pool_no=pool.pool_no, state=PoolState(pool.state))


def _money_out(money: PoolMoney) -> PoolMoneyOut:
    return PoolMoneyOut(money_no=money.money_no, money_state=PoolMoneyState(money.state))


@api.command("pool_create", permission=may.POOL_MANAGE, subject="claim_pool")
def pool_create(ctx: Ctx, data: PoolCreateIn) -> PoolOut:
    """Choose the loans and freeze them with what is owed today."""
    given = data.model_dump(exclude={"legal_entity_id"})
    deal = making.PoolDeal(**{name: given.pop(name) for name in _DEAL})
    criteria = making.PoolCriteria(**{**given, "product_code": given["product_code"] or None})
    pool = making.pool_create(actor=ctx.actor, legal_entity_id=data.legal_entity_id, deal=deal, criteria=criteria)
    return _out(pool)


@api.command("pool_loan_remove", permission=may.POOL_MANAGE, subject="claim_pool")
def pool_loan_remove(ctx: Ctx, data: PoolLoanIn) -> PoolOut:
    return _out(making.pool_loan_remove(**data.model_dump()))


@api.command("pool_approve", permission=may.POOL_REVIEW, subject="claim_pool")
def pool_approve(ctx: Ctx, data: PoolApproveIn) -> PoolOut:
    return _out(reviewing.pool_approve(actor=ctx.actor, **data.model_dump()))


@api.command("pool_reject", permission=may.POOL_REVIEW, subject="claim_pool")
def pool_reject(ctx: Ctx, data: PoolRejectIn) -> PoolOut:
    return _out(reviewing.pool_reject(actor=ctx.actor, **data.model_dump()))


@api.command("pool_withdraw", permission=may.POOL_MANAGE, subject="claim_pool")
def pool_withdraw(ctx: Ctx, data: PoolIn) -> PoolOut:
    return _out(reviewing.pool_withdraw(pool_no=data.pool_no))


@api.command("pool_close", permission=may.POOL_MANAGE, subject="claim_pool")
def pool_close(ctx: Ctx, data: PoolIn) -> PoolOut:
    """Carry the sale out in the background."""
    pool = closing.pool_close(pool_no=data.pool_no)
    sell_claims.defer(pool_no=pool.pool_no)
    return _out(pool)


@api.command("claim_buy_back", permission=may.POOL_MANAGE, subject="claim_pool")
def claim_buy_back(ctx: Ctx, data: PoolLoanIn) -> PoolOut:
    row = buying_back.claim_buy_back(actor=ctx.actor, **data.model_dump())
    return _out(row.pool)


@api.command("pool_clean_up", permission=may.POOL_MANAGE, subject="claim_pool")
def pool_clean_up(ctx: Ctx, data: PoolIn) -> PoolOut:
    """Buy all that is left of the pool back."""
    return _out(buying_back.pool_clean_up(actor=ctx.actor, pool_no=data.pool_no))


@api.command("pool_money_register", permission=may.POOL_MANAGE, amount=lambda data: data.amount, subject="claim_pool")
def pool_money_register(ctx: Ctx, data: PoolMoneyRegisterIn) -> PoolMoneyOut:
    given = data.model_dump(exclude={"money_kind"})
    return _money_out(paying.pool_money_register(actor=ctx.actor, kind=data.money_kind, **given))


@api.command("pool_money_confirm", permission=may.POOL_REVIEW, subject="pool_money")
def pool_money_confirm(ctx: Ctx, data: PoolMoneyIn) -> PoolMoneyOut:
    """Confirm a price that came in, or have the bank pay the buyer."""
    return _money_out(paying.pool_money_confirm(actor=ctx.actor, money_no=data.money_no))


@api.command("pool_money_reject", permission=may.POOL_REVIEW, subject="pool_money")
def pool_money_reject(ctx: Ctx, data: PoolMoneyIn) -> PoolMoneyOut:
    return _money_out(paying.pool_money_reject(actor=ctx.actor, money_no=data.money_no))


@api.query("pool_get", "/claim-pools/{pool_no}", permission=may.POOL_VIEW)
def pool_get(actor: Actor, pool_no: str) -> PoolDetail:
    """A pool."""
    pool = _visible(actor, pool_no)
    own = ("id", "pool_no", "state", "name", "buyer_name", "buyer_bank", "cut_off_on", "closes_on", "closed_on")
    sums = ("is_true_sale", "loans_count", "principal", "interest", "price")
    acts = ("requested_by", "requested_at", "reviewed_by", "reviewed_at", "opinion")
    facts: dict[str, Any] = {name: getattr(pool, name) for name in (*own, *sums, *acts)}
    return PoolDetail(
        **facts,
        **asdict(pool_books(pool)),
        legal_entity=pool.legal_entity.name,
        buyer_account_masked=mask(pool.buyer_account, "card"),
        price_rate=pool.price_rate,
        actions=_actions(actor, pool),
    )


def _actions(actor: Actor, pool: ClaimPool) -> list[str]:
    back = ["claim_buy_back", "pool_clean_up"] if pool.is_true_sale else []
    possible = {
        PoolState.FROZEN: ["pool_loan_remove", "pool_withdraw"],
        PoolState.APPROVED: ["pool_close", "pool_withdraw"],
        PoolState.CLOSED: ["pool_money_register", *back],
    }
    reviews = ("pool_approve", "pool_reject") if pool.state == PoolState.FROZEN else ()
    asked_by = pool.requested_by_id
    return actions_of(actor, *possible.get(PoolState(pool.state), []), reviews=reviews, asked_by_id=asked_by)


def _pools(actor: Actor) -> QuerySet[ClaimPool]:
    """Sales are the institution's: whoever may see one sees all."""
    return ClaimPool.objects.all() if actor.scope(may.POOL_VIEW).is_all else ClaimPool.objects.none()


def _visible(actor: Actor, pool_no: str) -> ClaimPool:
    return one_of(_pools(actor).select_related("legal_entity"), "claim_pool", pool_no=pool_no)


def _pool_loans(actor: Actor) -> QuerySet[PoolLoan]:
    return PoolLoan.objects.filter(pool__in=_pools(actor))


def _pool_moneys(actor: Actor) -> QuerySet[PoolMoney]:
    return PoolMoney.objects.filter(pool__in=_pools(actor))


api.history("claim_pool", "/claim-pools", permission=may.POOL_VIEW, find=_visible, key=str)
api.listing(
    Listing(
        name="claim_pools",
        is_growing=True,
        permission=may.POOL_VIEW,
        queryset=_pools,
        columns=[
            Col("pool_no"),
            Col("name", is_sortable=False),
            Col("state", "enum", enum="PoolState", choices=PoolState.values),
            Col("buyer_name", is_sortable=False),
            Col("is_true_sale", "bool"),
            Col("cut_off_on", "date"),
            Col("closes_on", "date"),
            Col("loans_count", "integer"),
            Col("principal", "money"),
            Col("interest", "money"),
            Col("price", "money"),
            Col("requested_by"),
            Col("requested_at", "datetime"),
            Col("reviewed_by"),
        ],
        search=["pool_no"],
        filters=["state", "requested_at", "cut_off_on"],
        totals=["principal", "price"],
        default_sort="-requested_at",
        row_link="/loan/claim-pools/{pool_no}",
        toolbar=["pool_create"],
        tabs="state",
    )
)
api.listing(
    Listing(
        name="pool_loans",
        is_growing=True,
        permission=may.POOL_VIEW,
        queryset=_pool_loans,
        columns=[
            Col("loan_no", source="loan__loan_no", link="/loan/loans/{loan_no}"),
            Col("pool_no", source="pool__pool_no"),
            Col("customer_name", source="loan__customer__name"),
            Col("pool_loan_state", "enum", source="state", enum="PoolLoanState", choices=PoolLoanState.values),
            Col("principal", "money"),
            Col("interest", "money"),
            Col("price", "money"),
            Col("principal_balance", "money", source="loan__principal_balance", is_sortable=False),
            Col("sold_on", "date"),
            Col("notified_at", "datetime"),
            Col("bought_back_on", "date"),
            Col("buy_back_price", "money"),
            Col("reason", is_sortable=False),
            Col("customer_id", "integer", source="loan__customer_id", is_hidden=True),
        ],
        search=["loan__loan_no", "loan__contract_no"],
        filters=["customer_id", "pool_no", "loan_no", "pool_loan_state", "sold_on"],
        totals=["principal", "interest", "price", "buy_back_price"],
        default_sort="id",
    )
)
api.listing(
    Listing(
        name="pool_moneys",
        is_growing=True,
        permission=may.POOL_VIEW,
        queryset=_pool_moneys,
        columns=[
            Col("money_no"),
            Col("pool_no", source="pool__pool_no"),
            Col("money_kind", "enum", source="kind", enum="PoolMoneyKind", choices=PoolMoneyKind.values),
            Col("money_state", "enum", source="state", enum="PoolMoneyState", choices=PoolMoneyState.values),
            Col("amount", "money"),
            Col("value_on", "date"),
            Col("bank_serial", is_sortable=False),
            Col("payout_no", is_sortable=False),
            Col("registered_by"),
            Col("registered_at", "datetime"),
            Col("confirmed_by"),
            Col("failure_message", is_sortable=False),
        ],
        search=["money_no"],
        filters=["pool_no", "money_kind", "money_state", "registered_at"],
        totals=["amount"],
        default_sort="-registered_at",
        row_actions=["pool_money_confirm", "pool_money_reject"],
        row_rules={
            "pool_money_confirm": lambda row: row["money_state"] == PoolMoneyState.REGISTERED,
            "pool_money_reject": lambda row: row["money_state"] == PoolMoneyState.REGISTERED,
        },
    )
)
