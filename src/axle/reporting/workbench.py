"""The workbench: what waits for this person, and the state of the business as far as they may see it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from axle.kernel.money import Fen
from axle.monitoring.public import alerts_open, may_see
from axle.origination.public import application_counts, disbursed_by_month, holds_open
from axle.platform.public import Actor, business_date, jobs_failed, pending_for
from axle.reporting.figures import Card, Figure, Series
from axle.servicing.public import (
    BucketShare,
    balance_by_product,
    portfolio_by_bucket,
    portfolio_totals,
    receipts_waiting,
    received_by_month,
    warnings_open,
)
from axle.workflow.public import InboxTask, inbox_count, inbox_tasks

APPLICATION_VIEW = "origination.application.view"
PORTFOLIO_VIEW = "servicing.portfolio.view"
RECEIPT_VIEW, RECEIPT_CONFIRM = "servicing.receipt.view", "servicing.receipt.confirm"
JOB_VIEW = "platform.job.view"
FUNNEL_DAYS, MONTHS, BUCKET_DAYS = 90, 12, 400
YUAN = 100


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
    yield Card("pending_checks", "count", pending_for(actor), "/review/pending?state=pending")
    if (held := holds_open(actor)) is not None:
        yield Card("held_approvals", "count", held, "/review/holds?hold_state=open")
    yield from _finance_cards(actor)
    if may_see(actor):
        yield Card("open_risk_alerts", "count", alerts_open(actor), "/risk/alerts?alert_state=open")
    if (warned := warnings_open(actor)) is not None:
        yield Card("open_loan_warnings", "count", warned, "/loan/warnings?warning_state=open")
    if actor.may(PORTFOLIO_VIEW):
        totals = portfolio_totals(actor)
        yield Card("loans_in_force", "count", totals.loans, "/loan/loans?state=in_force")
        yield Card("portfolio_balance", "money", totals.principal_balance, "/loan/loans?state=in_force")
        yield Card("overdue_loans", "count", totals.overdue_loans, "/loan/loans?days_past_due_min=1")
        yield Card("overdue_rate", "rate", _share(totals.overdue_balance, totals.principal_balance))


def _finance_cards(actor: Actor) -> Iterator[Card]:
    if actor.may(RECEIPT_CONFIRM):
        waiting = receipts_waiting(actor)
        yield Card("receipts_to_confirm", "count", waiting.to_confirm, "/loan/receipts?state=registered")
        yield Card("receipts_in_suspense", "count", waiting.in_suspense, "/loan/receipts?is_in_suspense=true")
    if actor.may(JOB_VIEW):
        yield Card("failed_jobs", "count", jobs_failed(), "/system/jobs?status=failed")


def _share(part: Fen, whole: Fen) -> float:
    return round(part / whole, 4) if whole else 0.0  # a figure for the eye, never for the books


def _charts(actor: Actor, on: date) -> Iterator[Figure]:
    if actor.may(APPLICATION_VIEW):
        yield _funnel(application_counts(actor, since=on - timedelta(days=FUNNEL_DAYS)))
        yield _sums("disbursed_by_month", "bar", "disbursed_amount", disbursed_by_month(actor, since=_year_before(on)))
    if actor.may(RECEIPT_VIEW):
        yield _sums("received_by_month", "bar", "received_amount", received_by_month(actor, since=_year_before(on)))
    if actor.may(PORTFOLIO_VIEW):
        yield _sums("balance_by_product", "pie", "portfolio_balance", balance_by_product(actor))
        if actor.scope(PORTFOLIO_VIEW).is_all:
            yield _buckets(portfolio_by_bucket(on - timedelta(days=BUCKET_DAYS)))


def _year_before(on: date) -> date:
    """The first of the month, a year of months back."""
    return (on.replace(day=1) - timedelta(days=MONTHS * 30)).replace(day=1)


STAGES = {
    "submitted": {"submitted", "in_review", "returned", "approved", "declined", "withdrawn", "expired"},
    "approved": {"approved", "expired"},
    "contracted": {"contracted"},
    "disbursed": {"disbursed"},
}
"""How far applications came: each stage holds its own states and all of the later stages'."""


def _funnel(counts: dict[str, int]) -> Figure:
    stages = list(STAGES)
    reached = [
        sum(counts.get(state, 0) for state in set().union(*(STAGES[stage] for stage in stages[index:])))
        for index in range(len(stages))
    ]
    return Figure("application_funnel", "funnel", stages, [Series("applications", reached)])


def _sums(key: str, kind: str, series: str, sums: dict[str, Fen]) -> Figure:
    return Figure(key, kind, list(sums), [Series(series, [amount / YUAN for amount in sums.values()])])


def _buckets(shares: Sequence[BucketShare]) -> Figure:
    by_day: dict[date, dict[str, int]] = defaultdict(dict)
    for share in shares:
        by_day[share.business_on][share.bucket] = share.principal_balance
    days = sorted(by_day)
    late = sorted({share.bucket for share in shares} - {"M0"})
    series = [Series(bucket, [by_day[day].get(bucket, 0) / YUAN for day in days]) for bucket in late]
    return Figure("overdue_by_bucket", "line", [day.isoformat() for day in days], series)
