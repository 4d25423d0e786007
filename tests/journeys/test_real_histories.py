"""Real loans with the payments that came in: taken over like any book, and split like their servicer split them."""

from collections import Counter
from pathlib import Path

import pytest

from axle.config.demo.institution import Place
from axle.config.histories.book import compared, stories_load, taken_over_on
from axle.config.histories.comparison import reason
from axle.config.histories.reports import loans_reported
from axle.config.histories.stories import story_of
from axle.platform.public import acting, business_date_set, system_actor
from tests.journeys.conftest import invariants_broken

REPORTS = Path(__file__).parents[2] / "../shared/data/abs_ee_auto/raw_loan_months_2017_multi_trust.csv"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.journey,
    pytest.mark.skipif(not REPORTS.exists(), reason="the monthly reports of ../shared/data/abs_ee_auto are not here"),
]


def test_every_fifth_loan_is_split_like_its_servicer_split_it(place: Place) -> None:
    stories = [story for loan in loans_reported(REPORTS) if (story := story_of(loan))][::5]
    actor, on = system_actor("demo"), taken_over_on(stories)
    business_date_set(on)
    with acting(actor, "histories"):
        contracts = stories_load(actor, place, stories, on=on)

    both = zip(contracts, stories, strict=True)
    found = [one for contract, story in both for one in compared(contract, story, on=on)]

    assert all(one.ours.interest + one.ours.principal <= one.payment.amount for one in found)
    assert Counter(reason(one) for one in found) == {
        "to the cent": 42, "within a cent": 16, "within 1 %": 2, "another day": 4, "several payments": 6,
        "interest not taken": 8, "less than the interest": 4, "day unknown": 1, "not explained": 3,
    }  # fmt: skip
    assert invariants_broken() == []
