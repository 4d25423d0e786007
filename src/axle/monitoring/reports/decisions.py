"""Answers and times by day, and how often each rule applied (自动审批日报, 规则命中)."""

from decimal import Decimal

from axle.decisioning.public import rule_names
from axle.kernel.rounding import share
from axle.monitoring.models import StrategyDay
from axle.monitoring.permissions import FIGURE_VIEW
from axle.monitoring.reports.asking import PRODUCT, SHELF, SINCE, STRATEGY, UNTIL, said
from axle.monitoring.selectors import RuleHits, may_see, rule_hits, strategy_days, top_reasons
from axle.platform.listing import Col
from axle.platform.public import Actor, text
from axle.platform.reports import Choice, Report, ReportRows, Row, TableRows, report

_SUMMED = ("decisions", "approved", "referred", "declined", "faulted", "answered", "automatic")
_REASONS = 3


def _days(actor: Actor, choice: Choice) -> ReportRows:
    if not may_see(actor):
        return TableRows([], _SUMMED)
    asked = {"strategy": choice.get("strategy", ""), "product": choice.get("product_code", "")}
    days = strategy_days(choice["since"], choice["until"], **asked)
    return TableRows([_day(day) for day in reversed(days)], _SUMMED)


def _day(day: StrategyDay) -> Row:
    found = top_reasons([day], _REASONS)
    return {
        **{name: getattr(day, name) for name in ("business_on", *_SUMMED, "seconds_p50", "seconds_p90")},
        "automatic_share": share(day.automatic, day.answered),
        "top_reasons": "; ".join(f"{text('enum', f'ReasonCode/{reason}')} {cases}" for reason, cases in found),
    }


def _rules(actor: Actor, choice: Choice) -> ReportRows:
    if not may_see(actor):
        return TableRows([])
    found = rule_hits(choice["since"], choice["until"])
    found = [one for one in found if choice.get("strategy") in (None, one.strategy)]
    names = rule_names(one.code for one in found)
    rows = [_rule(one, said(names[key]) if (key := (one.strategy, one.code)) in names else "") for one in found]
    return TableRows(sorted(rows, key=lambda row: -abs(row["rate_change"] or Decimal(0))))


def _rule(one: RuleHits, name: str) -> Row:
    return {
        "strategy": one.strategy,
        "code": one.code,
        "rule_name": name,
        "decisions": one.cases,
        "rule_hits": one.hits,
        "hit_rate": one.rate,
        "hit_rate_before": one.rate_before,
        "rate_change": one.change,
    }


report(
    Report(
        name="decision_days",
        shelf=SHELF,
        permission=FIGURE_VIEW,
        asked=(SINCE, UNTIL, STRATEGY, PRODUCT),
        columns=(
            Col("business_on", "date"),
            *(Col(name, "integer") for name in _SUMMED),
            Col("automatic_share", "rate"),
            Col("seconds_p50", "integer"),
            Col("seconds_p90", "integer"),
            Col("top_reasons"),
        ),
        rows=_days,
        totals=_SUMMED,
    )
)
report(
    Report(
        name="rule_hits",
        shelf=SHELF,
        permission=FIGURE_VIEW,
        asked=(SINCE, UNTIL, STRATEGY),
        columns=(
            Col("strategy"),
            Col("code"),
            Col("rule_name"),
            Col("decisions", "integer"),
            Col("rule_hits", "integer"),
            Col("hit_rate", "rate"),
            Col("hit_rate_before", "rate"),
            Col("rate_change", "rate"),
        ),
        rows=_rules,
    )
)
