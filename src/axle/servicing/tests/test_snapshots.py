"""What is kept of a closed day is the day as it ended, whatever is entered before it is kept."""

from datetime import date

from django.db import connection

from axle.platform.public import business_date
from axle.servicing.models import ArrearsDay, PortfolioDay
from axle.servicing.services.arrears_keep import arrears_keep
from axle.servicing.services.portfolio_keep import portfolio_keep
from axle.servicing.tests.acts import INSTALMENT, days_to, pay
from axle.servicing.tests.factories import make_loan

ON = date(2026, 3, 19)


def _kept(on):
    arrears = ArrearsDay.objects.filter(business_on=on).order_by("loan").values()
    days = PortfolioDay.objects.filter(business_on=on).order_by("bucket").values()
    return [[{**row, "id": 0} for row in rows] for rows in (arrears, days)]


def _forget(on):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for model in (ArrearsDay, PortfolioDay):
            model.objects.filter(business_on=on).delete()
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_a_receipt_of_the_new_morning_is_not_in_the_snapshots(loan):
    """One loan pays its arrears, another one, in arrears as well, does not; a third is opened."""
    make_loan(number=2)
    days_to(date(2026, 3, 20))
    kept = _kept(ON)
    assert [(row["principal_overdue"] > 0, row["periods"]) for row in kept[0]] == [(True, 1), (True, 2)]
    assert [(row["bucket"], row["loans"]) for row in kept[1]] == [("M1", 1), ("M2", 1)]
    _forget(ON)
    pay(loan, 2 * INSTALMENT)
    make_loan(number=3, business_on=business_date())
    assert (arrears_keep(ON), portfolio_keep(ON)) == (2, 2)
    assert _kept(ON) == kept
    assert (arrears_keep(ON), len(_kept(ON)[0])) == (1, 2)
