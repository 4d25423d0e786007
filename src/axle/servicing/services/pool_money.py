"""Money between us and the buyer of a pool: the price in, collections and prices of claims bought back out (转付)."""

from datetime import date

from django.utils import timezone

from axle.kernel.money import Fen, yuan
from axle.ledger.events import MoneyEvent
from axle.payments.public import PayeeAccount, paying_account, payout_create
from axle.platform.errors import MakerMayNotCheck, NotFound
from axle.platform.public import Actor, Subject, business_date, created, next_no, publish, track
from axle.servicing.errors import PoolMoneyStateRefused, PoolMoneyTooMuch, ReceiptDateInFuture
from axle.servicing.models import ClaimPool, PoolMoney, PoolMoneyKind, PoolMoneyState, PoolState
from axle.servicing.selectors.pool_books import pool_books
from axle.servicing.services.pool_create import pool_locked


def pool_money_register(
    *, actor: Actor, pool_no: str, kind: str, amount: Fen, value_on: date | None = None, bank_serial: str = ""
) -> PoolMoney:
    """Enter a price that came in, or ask to pay the buyer. Errors: NotFound, PoolStateRefused, PoolMoneyTooMuch,
    ReceiptDateInFuture.
    """
    pool, today = pool_locked(pool_no, PoolState.CLOSED), business_date()
    _check(pool, kind, amount)
    if value_on and value_on > today:
        raise ReceiptDateInFuture(field="value_on")
    is_in = kind == PoolMoneyKind.PRICE_RECEIVED
    account = paying_account(pool.legal_entity_id)
    if account is None:
        raise NotFound(what="bank_account")
    return created(
        PoolMoney.objects.create(
            money_no=next_no("ZF", on=today),
            pool=pool,
            kind=kind,
            amount=amount,
            value_on=(value_on or today) if is_in else None,
            bank_account_id=account.id,
            bank_serial=bank_serial if is_in else "",
            registered_by_id=actor.user_id,
            registered_by=actor.name,
        )
    )


def pool_money_confirm(*, actor: Actor, money_no: str) -> PoolMoney:
    """The price is there; or the buyer is to be paid, and the bank is asked to. Errors: NotFound,
    PoolMoneyStateRefused, MakerMayNotCheck, PoolMoneyTooMuch, what payments refuses.
    """
    money = _registered(actor, money_no)
    pool = ClaimPool.objects.select_for_update().get(pk=money.pool_id)
    _check(pool, money.kind, Fen(money.amount))
    money.confirmed_by, money.confirmed_at = actor.name, timezone.now()
    if money.kind == PoolMoneyKind.PRICE_RECEIVED:
        money.state = PoolMoneyState.CONFIRMED
        _tell(pool, money)
    else:
        payout = payout_create(
            actor=actor,
            legal_entity_id=pool.legal_entity_id,
            amount=Fen(money.amount),
            payee=PayeeAccount(pool.buyer_name, pool.buyer_bank, pool.buyer_account or ""),
            purpose=f"{pool.pool_no} 转付",
            ref=Subject("pool_money", money.pk),
            request_no=money.money_no,
            is_retryable=False,
        )
        money.state, money.payout_no = PoolMoneyState.PAYING, payout.order_no
    money.save()
    return money


def pool_money_reject(*, actor: Actor, money_no: str) -> PoolMoney:
    """The money is not there, or not to be paid. Errors: NotFound, PoolMoneyStateRefused, MakerMayNotCheck."""
    money = _registered(actor, money_no)
    money.state, money.confirmed_by, money.confirmed_at = PoolMoneyState.REJECTED, actor.name, timezone.now()
    money.save()
    return money


def pool_money_settle(
    *, money_id: int, value_on: date | None = None, bank_account_id: int | None = None, failure: str = ""
) -> None:
    """What the bank answered: without a value date it failed, and the money waits again."""
    money = track(PoolMoney.objects.select_for_update().select_related("pool").get(pk=money_id))
    if money.state != PoolMoneyState.PAYING:
        raise PoolMoneyStateRefused(state=money.state)
    if value_on is None:
        money.state, money.failure_message = PoolMoneyState.FAILED, failure[:200]
        money.save()
        return
    money.state, money.value_on, money.bank_account_id = PoolMoneyState.PAID, value_on, bank_account_id
    money.save()
    _tell(money.pool, money)


def _registered(actor: Actor, money_no: str) -> PoolMoney:
    money = PoolMoney.objects.select_for_update().filter(money_no=money_no).first()
    if money is None:
        raise NotFound(field="money_no", what="pool_money")
    if money.state != PoolMoneyState.REGISTERED:
        raise PoolMoneyStateRefused(state=money.state)
    if actor.user_id is not None and actor.user_id == money.registered_by_id:
        raise MakerMayNotCheck()
    return track(money)


def _check(pool: ClaimPool, kind: str, amount: Fen) -> None:
    """What is left to receive or to pay. A pool that is no sale is a debt: any of its price is paid back."""
    books = pool_books(pool)
    most = {
        PoolMoneyKind.PRICE_RECEIVED: books.price_open,
        PoolMoneyKind.COLLECTIONS_REMITTED: books.to_remit if pool.is_true_sale else Fen(pool.price + books.to_remit),
        PoolMoneyKind.BUY_BACK_PAID: books.buy_back_to_pay,
    }[PoolMoneyKind(kind)]
    if amount > most:
        raise PoolMoneyTooMuch(field="amount", most=yuan(Fen(max(most, 0))))


def _tell(pool: ClaimPool, money: PoolMoney) -> None:
    kinds = {
        PoolMoneyKind.PRICE_RECEIVED: ("sale_price_received", "cash" if pool.is_true_sale else "debt"),
        PoolMoneyKind.COLLECTIONS_REMITTED: ("sold_collections_remitted", "sold" if pool.is_true_sale else "debt"),
        PoolMoneyKind.BUY_BACK_PAID: ("buy_back_paid", "cash"),
    }
    kind, name = kinds[PoolMoneyKind(money.kind)]
    publish(
        MoneyEvent(
            kind=kind,
            event_no=money.money_no,
            legal_entity_id=pool.legal_entity_id,
            value_on=money.value_on or business_date(),
            amounts={name: Fen(money.amount)},
            dimensions={"bank_account": str(money.bank_account_id)},
            source=Subject("pool_money", money.pk),
        )
    )
