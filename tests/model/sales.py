"""Claims that are sold as a pool and bought back, and the money between us and their buyer."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from axle.amortization.public import ClaimTransfer
from axle.amortization.tests.slow_model import to_fen
from axle.kernel.money import Fen, yuan
from axle.platform.public import Subject, business_date
from axle.servicing.models import PoolLoan, PoolMoney
from axle.servicing.services.pool_close import pool_carry_out
from tests.model.bank import Banking, Order
from tests.model.plain_ledger import PlainLedger
from tests.model.walk import Followed


@dataclass
class Frozen:
    """A loan of a pool as it was frozen, in fen."""

    loan: Followed
    principal_paid: int
    interest_paid: int
    price: int
    state: str = "selected"
    stints: list[int] = field(default_factory=list)
    """The loan's owners during which the pool's buyer owned it."""


@dataclass
class Pool:
    """A pool that the model knows, and the money that has come and gone."""

    pool_no: str
    closes_on: date
    is_true_sale: bool
    rows: list[Frozen]
    state: str = "approved"
    received: int = 0
    remitted: int = 0
    bought_back: int = 0
    paid_for_bought_back: int = 0
    price: int = 0

    def collected(self) -> int:
        """What was paid on its claims while they were the buyer's."""
        found = 0
        for row in self.rows:
            for number in row.stints:
                found += sum(row.loan.ownership.paid_under(range(number, number + 1)).values())
        return found


class Sales(Banking):
    """People who also sell claims."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.pools: list[Pool] = []

    # --- pools ---

    def freeze(self, loan: Followed) -> None:
        """Loans are chosen for a sale in some days; some are left out."""
        today, most_late = business_date(), self.draw.choice((0, 20))
        rate = Decimal(self.draw.randrange(70, 105)) / 100
        closes_on = today + timedelta(days=self.draw.choice((0, 0, 3, 9)))
        is_true_sale = self.draw.random() < 0.8
        chosen = [other for other in self.loans if self._is_eligible(other, most_late)]
        made = self.do(
            "accountant", "pool_create", legal_entity_id=self.place.entity_id, name="资产包", buyer_name="远航资产",
            buyer_bank="工商银行", buyer_account="6222020000001", closes_on=closes_on.isoformat(), price_rate=str(rate),
            is_true_sale=is_true_sale, most_days_past_due=most_late,
        )  # fmt: skip
        assert (made is None) == (not chosen)
        if made is None:
            return
        number = str(made["pool_no"])
        rows = [self._frozen(other, rate) for other in chosen]
        kept = PoolLoan.objects.filter(pool__pool_no=number).order_by("loan_id")
        assert list(kept.values_list("loan__loan_no", "price")) == [(row.loan.loan_no, row.price) for row in rows]
        for row in list(rows):
            if len(rows) > 1 and self.draw.random() < 0.5:
                gone = {"loan_no": row.loan.loan_no, "reason": "不入包"}
                self.do("accountant", "pool_loan_remove", pool_no=number, **gone)
                rows.remove(row)
        if self.draw.random() < 0.2:
            self.do("finance_manager", "pool_reject", pool_no=number, opinion="价格过低")
            return
        self.do("finance_manager", "pool_approve", pool_no=number, opinion="同意")
        self.pools.append(Pool(number, closes_on, is_true_sale, rows))
        self.close(loan)

    def _is_eligible(self, loan: Followed, most_late: int) -> bool:
        life, today = loan.life(business_date()), business_date()
        held = [row for pool in self.pools for row in pool.rows if row.loan is loan]
        unpaid = [row.due_on for row in life.fallen if row.name[0] != "charge" and row.owes_anything()]
        unpaid += [row.due_on for row in life.future]
        is_late = (today - min(unpaid, default=today)).days > most_late
        is_held = any(row.state in ("selected", "sold", "pledged") for row in held)
        fit = loan.carrying == "performing" and not life.unapplied() and not life.is_settled()
        return fit and bool(unpaid) and not is_late and not is_held

    def _frozen(self, loan: Followed, rate: Decimal) -> Frozen:
        life = loan.life(business_date())
        owed = life.lent - life.total("paid", "principal") - life.total("waived", "principal")
        interest = max(life.earned() - life.total("paid", "interest") - life.total("waived", "interest"), 0)
        return Frozen(loan, life.lent - owed, life.total("paid", "interest"), to_fen(Fraction(rate) * owed) + interest)

    def close(self, loan: Followed) -> None:
        """The sale of a pool whose day has come: what was paid since the cut-off is the buyer's."""
        today = business_date()
        due = [pool for pool in self.pools if pool.state == "approved" and pool.closes_on <= today]
        if not due:
            return
        pool = due[0]
        self.do("accountant", "pool_close", pool_no=pool.pool_no)
        pool_carry_out(pool.pool_no)
        pool.state = "closed"
        for row in pool.rows:
            self._sold(pool, row)
        states = {row.loan.loan_no: row.state for row in pool.rows}
        kept = PoolLoan.objects.filter(pool__pool_no=pool.pool_no, loan__loan_no__in=states)
        assert dict(kept.values_list("loan__loan_no", "state")) == states

    def _sold(self, pool: Pool, row: Frozen) -> None:
        loan, today = row.loan, business_date()
        life = loan.life(today)
        if life.is_settled() or loan.carrying != "performing":
            row.state = "removed"
            return
        gone = life.total("paid", "principal") + life.total("waived", "principal")
        since = gone - row.principal_paid + life.total("paid", "interest") - row.interest_paid
        row.price, row.state = max(row.price - since, 0), "sold" if pool.is_true_sale else "pledged"
        pool.price += row.price
        if pool.is_true_sale:
            number = self._last_event(loan.loan_no)
            loan.events.append(ClaimTransfer(id=number, on=today, to="远航资产", price=Fen(row.price)))
            loan.ownership.passes(loan.life(today), price=row.price)
            row.stints.append(len(loan.ownership.stints) - 1)
            loan.carrying = "sold"

    def buy_back(self, loan: Followed) -> None:
        """A claim comes back at what its borrower owes of principal and interest."""
        sold = [(pool, row) for pool in self.pools for row in pool.rows if row.loan is loan and row.state == "sold"]
        if not sold:
            return
        ((pool, row),) = sold
        life, asked = loan.life(business_date()), {"loan_no": loan.loan_no, "reason": "不合格资产"}
        self.twice("accountant", "finance_manager", "claim_buy_back", pool_no=pool.pool_no, **asked)
        paid, waived = life.total("paid", "principal"), life.total("waived", "principal")
        interest = life.earned() - life.total("paid", "interest") - life.total("waived", "interest")
        price = life.lent - paid - waived + max(interest, 0)
        number = self._last_event(loan.loan_no)
        loan.events.append(ClaimTransfer(id=number, on=business_date(), price=Fen(price)))
        loan.ownership.passes(loan.life(business_date()), price=price)
        loan.carrying, row.state = "performing", "bought_back"
        pool.bought_back += price

    # --- money ---

    def price_comes(self, loan: Followed) -> None:
        """The buyer pays, all or a part."""
        for pool in self._closed():
            if self._money(pool, "price_received", self._some(pool.price - pool.received)):
                return

    def buyer_is_paid(self, loan: Followed) -> None:
        """Collections, or a claim bought back, are paid to the buyer."""
        for pool in self._closed():
            owed = pool.collected() if pool.is_true_sale else pool.price
            if self._money(pool, "collections_remitted", self._some(owed - pool.remitted)):
                return
            if self._money(pool, "buy_back_paid", self._some(pool.bought_back - pool.paid_for_bought_back)):
                return

    def _closed(self) -> Sequence[Pool]:
        return self.draw.sample([pool for pool in self.pools if pool.state == "closed"], k=self._count())

    def _count(self) -> int:
        return sum(pool.state == "closed" for pool in self.pools)

    def _some(self, most: int) -> int:
        return most if most <= 1 or self.draw.random() < 0.5 else self.draw.randrange(1, most)

    def _money(self, pool: Pool, kind: str, amount: int) -> bool:
        if amount <= 0:
            return False
        given = {"pool_no": pool.pool_no, "money_kind": kind, "amount": yuan(Fen(amount))}
        number = str(self.do("accountant", "pool_money_register", **given)["money_no"])
        self.do("finance_manager", "pool_money_confirm", money_no=number)
        if kind == "price_received":
            pool.received += amount
            return True
        name = {"collections_remitted": "remitted", "buy_back_paid": "paid_for_bought_back"}[kind]
        setattr(pool, name, getattr(pool, name) + amount)
        subject = Subject("pool_money", PoolMoney.objects.get(money_no=number).pk)
        clears = "prices" if kind == "buy_back_paid" else "debt on pools"
        clears = "collected for buyers" if kind == "collections_remitted" and pool.is_true_sale else clears
        back = lambda: setattr(pool, name, getattr(pool, name) - amount)  # noqa: E731
        self.orders.append(Order(subject, amount, clears, refused=back))
        return True

    # --- what must be so ---

    def _adjust(self, ledger: PlainLedger) -> None:
        super()._adjust(ledger)
        for pool in self.pools:
            ledger.balances["bank"] += pool.received
            if pool.is_true_sale:
                ledger.balances["prices"] -= pool.received
            else:
                ledger.balances["pledged prices"] += pool.price - pool.received
                ledger.balances["debt on pools"] -= pool.price
