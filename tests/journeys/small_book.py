"""A small book whose figures are worked out by hand: two loans of 100,000.00 at 9 % over 12 months, entries included.

Each instalment is 8,745.15; the first is 750.00 interest and 7,995.15 principal, the second 690.04 and 8,055.11.
"""

from datetime import date
from typing import Any

from django.db import transaction

from axle.accounting.public import books_prepare, vouchers_number
from axle.platform.public import business_date_set
from axle.platform.testing import ApiClient, client_for, make_actor, make_entity, make_user
from axle.servicing.tests.acts import INSTALMENT, days_to, pay
from axle.servicing.tests.factories import START, make_loan

DUE_1, DUE_2, DUE_3 = date(2026, 2, 15), date(2026, 3, 15), date(2026, 4, 15)
TODAY = date(2026, 3, 21)
READS = ("servicing.portfolio.view", "servicing.loan.view", "servicing.receipt.view", "servicing.change.view")


def small_book() -> Any:
    """Loan 1 pays its first instalment on time and the second five days late; loan 2 pays nothing.

    Gives loan 1. The business date is 21 March; 20 March is the last closed day.
    """
    business_date_set(START)
    with transaction.atomic():
        books_prepare(actor=make_actor(name="会计"), effective_from=date(2020, 1, 1))
    loan = make_loan(1)
    make_loan(2)
    days_to(DUE_1)
    pay(loan, INSTALMENT)
    days_to(date(2026, 3, 20))
    pay(loan, INSTALMENT + 1_510)  # 8,055.11 × 13.5 % ÷ 360 × 5 days = 15.10
    days_to(TODAY)
    vouchers_number()
    return loan


def reader(name: str = "reader", **more: Any) -> ApiClient:
    """Somebody who may see the reports of loans."""
    return client_for(make_user(name, permissions=READS, **more))


def asked(**more: Any) -> dict[str, Any]:
    """March 2026 of the company."""
    return {"since": "2026-03-01", "until": "2026-03-20", "legal_entity_id": make_entity().pk} | more
