"""What a receipt pays is told by the plan, or by a replay in memory, and is what the restatement of the loan says."""

from datetime import date, timedelta

import pytest

from axle.platform.public import business_date_set
from axle.servicing import checks
from axle.servicing.models import Posting
from axle.servicing.services import receipt_confirm as confirming
from axle.servicing.tests.acts import INSTALMENT, pay
from axle.servicing.tests.factories import make_loan

pytestmark = pytest.mark.usefixtures("only_servicing_steps")
DUE_1 = date(2026, 2, 15)
ON_TIME = [(0, INSTALMENT - 1_00), (0, 40), (0, 60)]
LATE = [(0, 1_00), (5, 500_00), (5, INSTALMENT), (31, 3), (40, 2 * INSTALMENT), (40, 7), (41, 1_200_00)]
WAITING = [(-3, 100_00), (-3, 200_00), (-1, 1)]


@pytest.mark.parametrize(
    ("first", "receipts"), [(DUE_1, ON_TIME), (DUE_1 + timedelta(days=35), LATE), (DUE_1, WAITING)]
)
def test_a_split_is_what_the_restatement_says(first, receipts, monkeypatch):
    loan, restated = make_loan(), []
    monkeypatch.setattr(confirming, "receipt_counts", lambda *said: restated.append(said))
    for days, amount in receipts:
        business_date_set(first + timedelta(days=days))
        pay(loan, amount)
        assert checks.position_is_the_replay() == checks.postings_are_what_the_replay_asks() == []
    assert restated == [], "the plan or a replay in memory told it"
    assert Posting.objects.filter(loan=loan, is_reversed=False).count() == len(receipts)


def test_money_that_something_follows_restates_the_loan():
    loan = make_loan()
    business_date_set(DUE_1 + timedelta(days=40))
    pay(loan, 2 * INSTALMENT)
    pay(loan, 300_00, DUE_1 + timedelta(days=2))
    assert checks.position_is_the_replay() == checks.postings_are_what_the_replay_asks() == []
    assert Posting.objects.filter(loan=loan, is_reversed=True).count() == 1
