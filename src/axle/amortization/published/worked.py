"""The worked examples of the trade that Axle's rules were written from: one line each, to the cent."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from axle.amortization.cash_flows import apr
from axle.amortization.kinds.disbursement import Disbursement
from axle.amortization.kinds.receipt import Receipt
from axle.amortization.published.source import Outcome, Source, outcome, percent
from axle.amortization.replay import payoff_quote, replay
from axle.amortization.rules import FeeBand, Prepayment, Rules
from axle.amortization.schedule import Schedule, schedule
from axle.amortization.subvention import subvention_payments
from axle.amortization.terms import Terms
from axle.amortization.terms_parts import Deposit, Fee, Subvention
from axle.kernel.money import Fen, yuan

LOAN = Terms(
    principal=Fen(10_000_000),
    annual_rate=Decimal("0.09"),
    method="level_payment",
    periods=36,
    start_on=date(2026, 2, 25),
)
RULES = Rules(
    penalty_rate=Decimal("0.135"),
    compound_rate=Decimal("0.135"),
    prepayment=Prepayment(fee_bands=(FeeBand(before_month=None, rate=Decimal("0.03")),)),
)


def _plan(**changes: Any) -> Schedule:
    return schedule(replace(LOAN, **changes))


def _instalment(**changes: Any) -> str:
    return yuan(_plan(**changes).instalment)


def _all_in(**changes: Any) -> str:
    rates = apr(_plan(**changes))
    return f"{percent(float(rates.simple))} / {percent(float(rates.compound))}"


def _stub(day_count: str) -> str:
    broken = _plan(start_on=date(2026, 3, 12), first_due_on=date(2026, 4, 25), day_count=day_count)
    return yuan(broken.instalments[0].interest)


def _subvention(rate: str, settlement: str) -> str:
    found = Subvention(settlement_rate=Decimal(settlement))
    return yuan(subvention_payments(_plan(annual_rate=Decimal(rate), subvention=found))[0][2])


def _payoff() -> str:
    events = [Disbursement(id="d", on=LOAN.start_on, amount=LOAN.principal)]
    paid = [Receipt(id=f"r{row.no}", on=row.due_on, amount=row.total) for row in _plan().instalments[:12]]
    return yuan(payoff_quote(LOAN, RULES, [*events, *paid], date(2027, 3, 5)).total)


def _late() -> str:
    """Penalty and compound interest of the first two instalments, 41 and 10 days late."""
    events = [Disbursement(id="d", on=LOAN.start_on, amount=LOAN.principal)]
    rows = replay(LOAN, RULES, events, date(2026, 5, 5)).rows[:2]
    return ", ".join(f"{yuan(row.due.penalty)} + {yuan(row.due.compound)}" for row in rows)


_CARD = Fee(code="fee", amount=Fen(30_000), timing="by_instalment")
_SERVICE = Fee(code="service", amount=Fen(600_000), timing="financed")
_LEASE = {"principal": Fen(15_000_000), "annual_rate": Decimal("0.072")}

_EXAMPLES: list[tuple[str, str, Callable[[], str]]] = [
    ("level payment, 100,000 at 9 %, 36 months", "3179.97", _instalment),
    ("its last instalment", "3180.11", lambda: yuan(_plan().instalments[-1].total)),
    ("its interest", "14479.06", lambda: yuan(_plan().interest_total)),
    ("level principal, its interest", "13875.00", lambda: yuan(_plan(method="level_principal").interest_total)),
    ("flat 0.6 % a month: rates", "13.17 / 14.00", lambda: _all_in(method="flat", annual_rate=Decimal("0.072"))),
    (
        "balloon, 200,000 at 6 % with 60,000",
        "4559.07",
        lambda: _instalment(
            method="balloon", principal=20_000_000, annual_rate=Decimal("0.06"), residual=Fen(6_000_000)
        ),
    ),
    (
        "its last instalment",
        "64559.09",
        lambda: yuan(
            _plan(method="balloon", principal=20_000_000, annual_rate=Decimal("0.06"), residual=Fen(6_000_000))
            .instalments[-1]
            .total
        ),
    ),
    ("by the quarter, 12 x", "9601.74", lambda: _instalment(periods=12, every=3)),
    ("rent in arrears, 150,000 at 7.2 %", "4645.29", lambda: _instalment(**_LEASE)),
    ("rent in advance", "4617.59", lambda: _instalment(**_LEASE, timing="advance")),
    (
        "with a deposit that pays the last rents and a price of 100: rates",
        "8.84 / 9.21",
        lambda: _all_in(
            **_LEASE,
            timing="advance",
            deposit=Deposit(amount=Fen(1_500_000), mode="offset"),
            purchase_price=Fen(10_000),
        ),
    ),
    (
        "card instalments, 90,000 with a fee of 12 %: rates",
        "7.51 / 7.77",
        lambda: _all_in(principal=9_000_000, annual_rate=Decimal(0), fees=(_CARD,)),
    ),
    (
        "with a service fee of 6,000: rates",
        "12.25 / 12.96",
        lambda: _all_in(principal=9_000_000, annual_rate=Decimal(0), fees=(_CARD, _SERVICE)),
    ),
    ("first period of 44 days, actual/360", "1100.00", lambda: _stub("actual/360")),
    ("actual/365", "1084.93", lambda: _stub("actual/365")),
    ("30/360", "1075.00", lambda: _stub("30/360")),
    ("subvention, 3.99 % to 8.99 %", "7157.02", lambda: _subvention("0.0399", "0.0899")),
    ("subvention, 0 % to 7 %", "10037.53", lambda: _subvention("0", "0.07")),
    ("payoff after 12 instalments and 10 days, fee 3 %", "71869.18", _payoff),
    ("instalment after 20,000 early, same term", "2266.28", lambda: _instalment(principal=4_960_695, periods=24)),
    ("instalment of an extension to 30 months", "2599.69", lambda: _instalment(principal=6_960_695, periods=30)),
    ("penalty + compound interest, 41 and 10 days late", "37.36 + 11.53, 9.18 + 2.74", _late),
]


def _run() -> list[Outcome]:
    return [outcome(name, published, find()) for name, published, find in _EXAMPLES]


EXAMPLES = Source(
    "Worked examples of the trade",
    "The domain description that Axle was written from, computed there with decimals",
    "instalments, rates, payoff, penalty, subvention",
    "the cent, 0.01 %",
    _run,
)
