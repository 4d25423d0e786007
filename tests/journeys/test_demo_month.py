"""What the demo institution decided in its last month, and what its risk department keeps."""

from datetime import timedelta

import pytest
from django.db.models import Sum

from axle.config.demo import portfolio
from axle.config.demo.decided import DAYS, Month
from axle.config.demo.institution import BUSINESS_ON, Place
from axle.config.demo.risk import market_feeds, watch_entries
from axle.decisioning.models import DecisionRecord, MarketFeed, MarketPrice
from axle.monitoring.models import StrategyDay
from axle.origination.models import Application
from axle.party.models import WatchEntry
from axle.platform.public import acting, system_actor
from axle.platform.testing import forget_jobs, run_jobs

LOANS = 40


@pytest.fixture
def records(place: Place) -> list[DecisionRecord]:
    actor = system_actor("demo")
    forget_jobs()
    with acting(actor, "demo_load"):
        portfolio.book_load(actor, place, loans=LOANS, tell=lambda _line: None, month=Month(place))
    return list(DecisionRecord.objects.order_by("pk"))


def test_the_month_is_decided_as_its_cases_stand(records: list[DecisionRecord]):
    cases = Application.objects.in_bulk([record.subject_id for record in records])
    since = BUSINESS_ON - timedelta(days=DAYS)
    submitted = Application.objects.filter(submitted_at__date__gte=since).exclude(state__in=("withdrawn", "draft"))
    told = [(record.outcome, record.score, record.fault_codes) for record in records]

    assert told == [(cases[record.subject_id].decision, cases[record.subject_id].score, []) for record in records]
    assert {outcome for outcome, _score, _faults in told} == {"approve", "refer", "decline"}
    assert all(since <= record.business_on < BUSINESS_ON for record in records)
    assert len(records) >= 0.9 * submitted.count() > 10
    days = StrategyDay.objects.filter(strategy_code="", product_code="")
    assert days.aggregate(Sum("decisions"))["decisions__sum"] == len(records)


def test_what_was_referred_waits_for_its_reviewers(records: list[DecisionRecord]):
    cases = Application.objects.filter(pk__in=[record.subject_id for record in records])
    waiting = set(cases.filter(state="in_review").values_list("pk", flat=True))

    run_jobs()

    assert waiting == set(cases.filter(process_id__isnull=False).values_list("pk", flat=True)) != set()


def test_prices_that_fell_tighten_the_policy(place: Place):
    market_feeds()
    watch_entries()

    feed = MarketFeed.objects.order_by("-observed_on")[0]

    assert (feed.moved_count, MarketPrice.objects.filter(feed=feed, move_rate__lt=-0.05).count()) == (3, 3)
    assert WatchEntry.objects.count() == 6
