"""The workbench: what waits for this person, and the state of the business as far as they may see it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from axle.kernel.money import Fen
from axle.origination.public import application_counts, disbursed_by_month
from axle.platform.public import Actor, business_date, pending_for
from axle.servicing.public import BucketShare, portfolio_by_bucket, portfolio_totals
from axle.workflow.public import InboxTask, inbox_count, inbox_tasks

APPLICATION_VIEW = "origination.application.view"
PORTFOLIO_VIEW = "servicing.portfolio.view"
FUNNEL_DAYS, MONTHS, BUCKET_DAYS = 30, 12, 400
YUAN = 100


@dataclass(frozen=True)
class Card:
    """One figure; ``kind`` is count, money (fen) or rate, ``to`` the page behind it."""

    key: str
    kind: str
    value: int | float
    to: str | None = None


@dataclass(frozen=True)
class Series:
    """Values of one series, one per label; money in yuan for drawing."""

    key: str
    values: Sequence[float]


@dataclass(frozen=True)
class Figure:
    """A chart: bar, line or pie."""

    key: str
    kind: str
    labels: Sequence[str]
    series: Sequence[Series]


@dataclass(frozen=True)
class Workbench:
    """Everything on one person's workbench."""

    business_on: date
    cards: Sequence[Card]
    charts: Sequence[Figure]
    tasks: Sequence[InboxTask]


def workbench(actor: Actor) -> Workbench:
    """A person's workbench on the business date."""
    on = business_date()
    tasks = inbox_tasks(actor)
    return Workbench(on, tuple(_cards(actor)), tuple(_charts(actor, on)), tasks)


def _cards(actor: Actor) -> Iterator[Card]:
    yield Card("my_tasks", "count", inbox_count(actor), "/review/inbox")
    yield Card("pending_checks", "count", pending_for(actor), "/review/pending")
    if actor.may(PORTFOLIO_VIEW):
        totals = portfolio_totals(actor)
        yield Card("loans_in_force", "count", totals.loans, "/loan/loans")
        yield Card("portfolio_balance", "money", totals.principal_balance, "/loan/loans")
        yield Card("overdue_loans", "count", totals.overdue_loans, "/loan/loans")
        yield Card("overdue_rate", "rate", _share(totals.overdue_balance, totals.principal_balance))


def _share(part: Fen, whole: Fen) -> float:
    return round(part / whole, 4) if whole else 0.0  # a figure for the eye, never for the books


def _charts(actor: Actor, on: date) -> Iterator[Figure]:
    if actor.may(APPLICATION_VIEW):
        counts = application_counts(actor, since=on - timedelta(days=FUNNEL_DAYS))
        yield Figure("application_states", "pie", list(counts), [Series("applications", list(counts.values()))])
        months = disbursed_by_month(actor, since=(on.replace(day=1) - timedelta(days=MONTHS * 30)).replace(day=1))
        yield _months("disbursed_by_month", months)
    if actor.may(PORTFOLIO_VIEW) and actor.scope(PORTFOLIO_VIEW).is_all:
        yield _buckets(portfolio_by_bucket(on - timedelta(days=BUCKET_DAYS)))


def _months(key: str, sums: dict[str, Fen]) -> Figure:
    return Figure(key, "bar", list(sums), [Series("disbursed_amount", [amount / YUAN for amount in sums.values()])])


def _buckets(shares: Sequence[BucketShare]) -> Figure:
    by_day: dict[date, dict[str, int]] = defaultdict(dict)
    for share in shares:
        by_day[share.business_on][share.bucket] = share.principal_balance
    days = sorted(by_day)
    late = sorted({share.bucket for share in shares} - {"M0"})
    series = [Series(bucket, [by_day[day].get(bucket, 0) / YUAN for day in days]) for bucket in late]
    return Figure("overdue_by_bucket", "line", [day.isoformat() for day in days], series)
