"""Reads of monitoring. Figures are the institution's: a narrower scope sees nothing of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import QuerySet, Sum

from axle.kernel.rounding import share
from axle.monitoring import permissions
from axle.monitoring.models import AlertState, RiskAlert, RuleDay, SourceDay, StrategyDay, VintageMonth
from axle.monitoring.shares import days_before
from axle.platform.public import Actor


def may_see(actor: Actor) -> bool:
    """Whether figures of the institution are this person's to see."""
    return actor.may(permissions.FIGURE_VIEW) and actor.scope(permissions.FIGURE_VIEW).is_all


def strategy_days(since: date, until: date, *, strategy: str = "", product: str = "") -> list[StrategyDay]:
    """The days of a strategy and a product, oldest first; empty codes stand for all of them."""
    rows = StrategyDay.objects.filter(business_on__gte=since, business_on__lte=until)
    return list(rows.filter(strategy_code=strategy, product_code=product).order_by("business_on"))


def each_strategy(since: date, until: date) -> dict[str, StrategyDay]:
    """The sums of some days by strategy, over all products; times cannot be summed."""
    rows = StrategyDay.objects.filter(business_on__gte=since, business_on__lte=until, product_code="")
    names = ("decisions", "approved", "referred", "declined", "faulted", "answered", "automatic")
    summed = rows.exclude(strategy_code="").order_by("strategy_code").values_list("strategy_code")
    return {
        code: StrategyDay(strategy_code=code, **dict(zip(names, sums, strict=True)))
        for code, *sums in summed.annotate(*(Sum(name) for name in names))
    }


@dataclass(frozen=True)
class RuleHits:
    """How often a rule applied in a span, and in the 30 days before it. Rates are shares of its strategy's decisions;
    None where it decided nothing."""

    strategy: str
    code: str
    cases: int
    hits: int
    cases_before: int
    hits_before: int

    @property
    def rate(self) -> Decimal | None:
        return share(self.hits, self.cases)

    @property
    def rate_before(self) -> Decimal | None:
        return share(self.hits_before, self.cases_before)

    @property
    def change(self) -> Decimal | None:
        if self.rate is None or self.rate_before is None:
            return None
        return self.rate - self.rate_before


def rule_hits(since: date, until: date) -> list[RuleHits]:
    """Every rule that applied in a span or in the 30 days before it. Four statements."""
    earlier = days_before(since)
    now, before = _hits(since, until), _hits(*earlier)
    cases, cases_before = each_strategy(since, until), each_strategy(*earlier)

    def decisions(days: dict[str, StrategyDay], strategy: str) -> int:
        return days[strategy].decisions if strategy in days else 0

    return [
        RuleHits(
            strategy=strategy,
            code=code,
            cases=decisions(cases, strategy),
            hits=now.get((strategy, code), 0),
            cases_before=decisions(cases_before, strategy),
            hits_before=before.get((strategy, code), 0),
        )
        for strategy, code in sorted(now.keys() | before.keys())
    ]


def _hits(since: date, until: date) -> dict[tuple[str, str], int]:
    rows = RuleDay.objects.filter(business_on__gte=since, business_on__lte=until).order_by()
    found = rows.values_list("strategy_code", "code").annotate(total=Sum("hits"))
    return {(strategy, code): total for strategy, code, total in found}


def source_days(since: date, until: date) -> list[SourceDay]:
    """How the sources answered, the latest day first."""
    rows = SourceDay.objects.filter(business_on__gte=since, business_on__lte=until)
    return list(rows.order_by("-business_on", "source"))


def unanswered_share(day: SourceDay) -> Decimal | None:
    """The share of a day's calls of a source that found no answer: failed, late, or kept back by its breaker."""
    return share(day.failed + day.late + day.refused, day.asked + day.refused)


def months_between(earlier: date, later: date) -> int:
    """Whole calendar months from one month to another."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month


@dataclass(frozen=True)
class Vintage:
    """Loans of one month of disbursement at a month's end; money in fen."""

    vintage_on: date
    business_on: date
    loans: int
    principal: int
    loans_over_30: int
    balance_over_30: int
    loans_over_90: int
    balance_over_90: int
    score_from: int | None = None

    @property
    def months_on_book(self) -> int:
        return months_between(self.vintage_on, self.business_on)


_COUNTS = ("loans", "principal", "loans_over_30", "balance_over_30", "loans_over_90", "balance_over_90")


def vintages(
    since: date, until: date, *, product: str = "", on: date | None = None, by_band: bool = False
) -> Iterator[Vintage]:
    """Loans disbursed in the months from one date to another, at every month's end, or at one; with ``by_band`` by
    score band instead of by month of disbursement. One statement."""
    rows = VintageMonth.objects.filter(vintage_on__gte=since.replace(day=1), vintage_on__lte=until)
    rows = rows.filter(product_code=product) if product else rows
    rows = rows.filter(business_on=on) if on else rows
    keys = ("business_on", "score_from" if by_band else "vintage_on")
    summed = rows.order_by(*keys[::-1]).values(*keys).annotate(**{f"{name}_sum": Sum(name) for name in _COUNTS})
    for row in summed:
        yield Vintage(
            vintage_on=row.get("vintage_on", since),
            business_on=row["business_on"],
            score_from=row.get("score_from"),
            **{name: row[f"{name}_sum"] for name in _COUNTS},
        )


def vintages_kept(until: date) -> date | None:
    """The last month's end up to a date at which vintages were kept."""
    rows = VintageMonth.objects.filter(business_on__lte=until).order_by("-business_on")
    return rows.values_list("business_on", flat=True).first()


def alerts(actor: Actor) -> QuerySet[RiskAlert]:
    """The alerts."""
    return RiskAlert.objects.all() if may_see(actor) else RiskAlert.objects.none()


def alerts_open(actor: Actor) -> int:
    """How many alerts nobody has acknowledged."""
    return alerts(actor).filter(state=AlertState.OPEN).count()


def top_reasons(days: Sequence[StrategyDay], most: int = 10) -> list[tuple[str, int]]:
    """The reasons of some days with their cases, most frequent first."""
    found: dict[str, int] = {}
    for day in days:
        for reason, cases in day.reasons.items():
            found[reason] = found.get(reason, 0) + cases
    return sorted(found.items(), key=lambda one: (-one[1], one[0]))[:most]


def last_days(until: date, days: int) -> tuple[date, date]:
    """A span of days that ends with a date."""
    return until - timedelta(days=days - 1), until
