"""What happens to loans in tests, and what is looked at afterwards."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

from axle.kernel.money import Fen
from axle.ledger.events import MoneyEvent
from axle.platform.public import business_date, eod_run
from axle.platform.testing import kept_rows, make_entity
from axle.servicing import checks, record_checks
from axle.servicing.domain.carrying import reckoned
from axle.servicing.models import Instalment, Loan
from axle.servicing.selectors.accrual import interest_of_day
from axle.servicing.services.loan_restate import life_of
from axle.servicing.services.receipt_confirm import receipt_confirm
from axle.servicing.services.receipt_register import ReceiptData, receipt_register
from axle.servicing.tests.factories import CASHIER, FINANCE, PAID_UP_ON, make_loan

INSTALMENT = Fen(874_515)
"""Of 100,000.00 at 9 % over 12 months."""


def days_to(on: date) -> None:
    """Close every day before ``on``."""
    eod_run(until=on - timedelta(days=1))


def pay(loan, amount, on=None, *, confirm=True, quote=None, serial=""):
    data = ReceiptData(
        amount=Fen(amount), value_on=on or business_date(), channel="transfer", bank_account_id=1,
        payer_name="张三", bank_serial=serial,
    )  # fmt: skip
    receipt = receipt_register(
        actor=CASHIER, data=data, loan_no=loan and loan.loan_no, legal_entity_id=make_entity().pk,
        payoff_quote_no=quote,
    )  # fmt: skip
    if confirm:
        receipt_confirm(actor=FINANCE, receipt_no=receipt.receipt_no)
        receipt.refresh_from_db()
    if loan:
        loan.refresh_from_db()
    return receipt


def kept_loan(books: list[MoneyEvent], key: str, make: Callable[[], Loan]) -> Loan:
    """The loan that ``make`` opens and leads on, as ``kept_rows``, with what the books were told of it."""

    def made() -> tuple[int, list[MoneyEvent]]:
        return make().pk, list(books)

    loan_id, books[:] = kept_rows(key, made)
    return Loan.objects.get(pk=loan_id)


def paid_up_loan(books: list[MoneyEvent]) -> Loan:
    """Six weeks old, its first instalment paid."""

    def six_weeks() -> Loan:
        loan = make_loan()
        days_to(date(2026, 2, 15))
        pay(loan, INSTALMENT)
        days_to(PAID_UP_ON)
        return loan

    return kept_loan(books, "six weeks", six_weeks)


def totals(books: list[MoneyEvent]) -> Counter[str]:
    """Net amounts told to the books by kind and name, reversals taken off."""
    sums: Counter[str] = Counter()
    for event in books:
        sign = -1 if event.reverses or event.kind.endswith("_reduced") else 1
        for name, amount in event.amounts.items():
            sums[f"{event.kind.removesuffix('_reduced')}.{name}"] += sign * amount
    return sums


def stored(loan):
    loan.refresh_from_db()
    rows = list(Instalment.objects.filter(loan=loan).order_by("position").values())
    return [{**row, "id": 0} for row in rows], loan.principal_balance, loan.annual_rate, loan.matures_on


def accrues_as_it_replays(loan, days=120):
    """What the end of day adds up from the table is what the replay earns, every day to the end."""
    life = life_of(loan)
    earned = reckoned(life.position(business_date())).earned
    for number in range(days):
        on = business_date() + timedelta(days=number)
        earns = sum(day.amount for day in interest_of_day(on))
        after = reckoned(life.position(on + timedelta(days=1))).earned
        assert earns == after - earned, on
        earned = after


def assert_clean():
    assert checks.position_is_the_replay() == []
    assert checks.postings_are_what_the_replay_asks() == []
    assert record_checks.refunds_are_events() == record_checks.parts_add_up() == record_checks.pools_add_up() == []
