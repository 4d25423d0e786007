"""The risk board (风险监控): how decisions, scores, sources and vintages behaved in a span of days."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from axle.kernel.dates import add_months
from axle.kernel.rounding import share
from axle.monitoring.public import (
    Stability,
    Vintage,
    alerts_open,
    last_days,
    may_see,
    source_days,
    stabilities,
    strategy_days,
    top_reasons,
    unanswered_share,
    vintages,
)
from axle.platform.public import Actor, current_locale
from axle.platform.questions import last_closed_day
from axle.reporting.figures import Card, Figure, Series

DAYS, MOST_DAYS = 30, 366
VINTAGE_MONTHS, VINTAGES_SHOWN = 24, 12
MINUTE = 60
_ALERTS = "/risk/alerts?alert_state=open"
_SPLIT = ("approved", "referred", "declined")


@dataclass(frozen=True)
class RiskBoard:
    """Everything on the board for one span."""

    since: date
    until: date
    cards: Sequence[Card]
    charts: Sequence[Figure]


def risk_board(
    actor: Actor, *, since: date | None = None, until: date | None = None, strategy: str = "", product: str = ""
) -> RiskBoard:
    """The board; of nothing for who may not see the institution's figures. In a fixed number of statements."""
    last = until or last_closed_day()
    first = max(since or last_days(last, DAYS)[0], last_days(last, MOST_DAYS)[0])
    if not may_see(actor):
        return RiskBoard(first, last, (), ())
    cards, charts = _decisions(first, last, strategy, product)
    stable = _by_day("score_stability_by_day", _scores(stabilities(first, last, is_whole=False)))
    return RiskBoard(
        since=first,
        until=last,
        cards=(*cards, Card("open_risk_alerts", "count", alerts_open(actor), _ALERTS)),
        charts=(*charts, stable, _sources(first, last), _vintages(last, product)),
    )


def _decisions(since: date, until: date, strategy: str, product: str) -> tuple[list[Card], list[Figure]]:
    days = strategy_days(since, until, strategy=strategy, product=product)
    sums = {
        name: sum(getattr(day, name) for day in days) for name in ("decisions", "approved", "answered", "automatic")
    }
    cards = [
        Card("decisions_made", "count", sums["decisions"], "/report/reports/decision_days"),
        Card("automatic_share", "rate", float(share(sums["automatic"], sums["answered"]) or 0)),
        Card("approved_share", "rate", float(share(sums["approved"], sums["decisions"]) or 0)),
    ]
    labels = [day.business_on.isoformat() for day in days]
    automatic = [_drawn(share(day.automatic, day.answered)) for day in days]
    times = [(name, [_minutes(getattr(day, f"seconds_{name}")) for day in days]) for name in ("p50", "p90")]
    outcomes = [Series(name, [getattr(day, name) for day in days]) for name in _SPLIT]
    reasons = top_reasons(days)
    charts = [
        Figure("automatic_share_by_day", "trend", labels, [Series("automatic_share", automatic)], unit="share"),
        Figure("outcomes_by_day", "line", labels, outcomes),
        Figure("answer_minutes_by_day", "trend", labels, [Series(f"minutes_{name}", values) for name, values in times]),
        Figure(
            "reasons_of_span", "bar", [reason for reason, _ in reasons],
            [Series("reason_cases", [cases for _, cases in reasons])], enum="ReasonCode",
        ),
    ]  # fmt: skip
    return cards, charts


def _drawn(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _minutes(seconds: int | None) -> float | None:
    return None if seconds is None else round(seconds / MINUTE, 1)


Drawn = Mapping[str, Mapping[str, float | None]]
"""Values of series by label."""


def _by_day(key: str, drawn: Drawn, unit: str = "number") -> Figure:
    """A chart of series that do not have a value everywhere."""
    labels = sorted({label for values in drawn.values() for label in values})
    series = [Series(name, [values.get(label) for label in labels]) for name, values in drawn.items()]
    return Figure(key, "trend", labels, series, unit=unit)


def _scores(found: Iterator[Stability]) -> Drawn:
    drawn: dict[str, dict[str, float | None]] = defaultdict(dict)
    for one in found:
        if one.psi is not None:
            name = one.names.en if current_locale.get() == "en-US" else one.names.zh
            drawn[name][one.on.isoformat()] = one.psi
    return drawn


def _sources(since: date, until: date) -> Figure:
    drawn: dict[str, dict[str, float | None]] = defaultdict(dict)
    for day in source_days(since, until):
        drawn[f"DataSourceCode/{day.source}"][day.business_on.isoformat()] = _drawn(unanswered_share(day))
    return _by_day("unanswered_by_day", drawn, "share")


def _vintages(until: date, product: str) -> Figure:
    """The latest vintages, each a line over its months on book."""
    drawn: dict[str, dict[int, float | None]] = defaultdict(dict)
    for one in vintages(add_months(until, -VINTAGE_MONTHS), until, product=product):
        if one.business_on <= until:
            drawn[f"{one.vintage_on:%Y-%m}"][one.months_on_book] = _bad(one)
    shown = {name: drawn[name] for name in sorted(drawn)[-VINTAGES_SHOWN:]}
    months = range(1 + max((month for values in shown.values() for month in values), default=-1))
    series = [Series(name, [values.get(month) for month in months]) for name, values in shown.items()]
    return Figure("bad_rate_by_vintage", "trend", [str(month) for month in months], series, unit="share")


def _bad(one: Vintage) -> float | None:
    return _drawn(share(one.loans_over_30, one.loans))
