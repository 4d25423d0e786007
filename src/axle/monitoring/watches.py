"""What is watched, and what was read of it on a day. A new watch is one generator here, its kind and its parameter."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from axle.channel.public import dealer_names
from axle.decisioning.public import Words, rule_names, strategy_names
from axle.kernel.rounding import share
from axle.monitoring.models import AlertKind, AlertSeverity, SourceDay, StrategyDay
from axle.monitoring.parameters import (
    AUTOMATIC_DROP,
    BAD_RATE,
    CASES_LEAST,
    FAULT_SHARE,
    PSI_MOVED,
    PSI_SHIFTED,
    RULE_CHANGE,
    SOURCE_FAILURES,
)
from axle.monitoring.selectors import each_strategy, rule_hits, unanswered_share, vintages
from axle.monitoring.shares import days_before
from axle.monitoring.stability import stabilities
from axle.origination.public import CONTROL_ADVISED_MONTHS, dealers_abnormal
from axle.platform.public import parameter_value, text

_SERIOUS = 2
"""So many times the threshold is serious, where no second threshold is told."""
_VINTAGE_DAYS = 3 * 366
"""Loans older than that have run off; their months are not watched."""


class Thresholds(NamedTuple):
    """From where on a figure is a warning, and serious."""

    warning: Decimal
    serious: Decimal

    def severity(self, figure: Decimal) -> AlertSeverity | None:
        if figure >= self.serious:
            return AlertSeverity.SERIOUS
        return AlertSeverity.WARNING if figure >= self.warning else None


@dataclass(frozen=True)
class Reading:
    """A figure of one watched thing on a day; ``about`` is its key."""

    kind: AlertKind
    about: str
    names: Words
    figure: Decimal
    thresholds: Thresholds

    @property
    def severity(self) -> AlertSeverity | None:
        return self.thresholds.severity(self.figure)

    @property
    def threshold(self) -> Decimal:
        """The one that was crossed."""
        is_serious = self.severity == AlertSeverity.SERIOUS
        return self.thresholds.serious if is_serious else self.thresholds.warning


def readings(on: date) -> Iterator[Reading]:
    """Everything that could be read on a day; what had too few cases is not there. In a fixed number of statements."""
    least = parameter_value(CASES_LEAST.code, on=on)
    yield from _strategies(on, least)
    yield from _rules(on, least)
    yield from _scores(on)
    yield from _sources(on, least)
    yield from _vintages(on, least)
    yield from _dealers(on)


def _from(code: str, on: date) -> Thresholds:
    warning = parameter_value(code, on=on)
    return Thresholds(warning, warning * _SERIOUS)


def _strategies(on: date, least: int) -> Iterator[Reading]:
    names, before = strategy_names(), each_strategy(*days_before(on))
    drop, faults = _from(AUTOMATIC_DROP.code, on), _from(FAULT_SHARE.code, on)
    for code, day in each_strategy(on, on).items():
        words, earlier = names.get(code, Words(zh=code, en=code)), before.get(code)
        if earlier and min(day.answered, earlier.answered) >= least:
            fallen = _automatic(earlier) - _automatic(day)
            yield Reading(AlertKind.AUTOMATIC_SHARE, code, words, fallen, drop)
        wrong = share(day.faulted, day.decisions)
        if wrong is not None and day.decisions >= least:
            yield Reading(AlertKind.DECISION_FAULTS, code, words, wrong, faults)


def _automatic(day: StrategyDay) -> Decimal:
    return share(day.automatic, day.answered) or Decimal(0)


def _rules(on: date, least: int) -> Iterator[Reading]:
    found = [one for one in rule_hits(on, on) if min(one.cases, one.cases_before) >= least]
    names, thresholds = rule_names(one.code for one in found), _from(RULE_CHANGE.code, on)
    for one in found:
        if one.change is not None:
            words = names.get((one.strategy, one.code), Words(zh=one.code, en=one.code))
            words = Words(zh=f"{one.code} {words.zh}", en=f"{one.code} {words.en}")
            yield Reading(AlertKind.RULE_HITS, f"{one.strategy}/{one.code}", words, abs(one.change), thresholds)


def _scores(on: date) -> Iterator[Reading]:
    thresholds = Thresholds(parameter_value(PSI_MOVED.code, on=on), parameter_value(PSI_SHIFTED.code, on=on))
    for one in stabilities(on, on):
        if one.psi is not None:
            about = f"{one.scale.code}/{one.scale.version_no}/{one.characteristic}".rstrip("/")
            yield Reading(AlertKind.SCORE_STABILITY, about, one.names, Decimal(str(one.psi)), thresholds)


def _sources(on: date, least: int) -> Iterator[Reading]:
    thresholds = _from(SOURCE_FAILURES.code, on)
    for day in SourceDay.objects.filter(business_on=on).order_by("source"):
        wrong = unanswered_share(day)
        if wrong is not None and day.asked + day.refused >= least:
            key = f"DataSourceCode/{day.source}"
            zh, en = (text("enum", key, locale=locale) for locale in ("zh-CN", "en-US"))
            yield Reading(AlertKind.SOURCE_FAILURES, day.source, Words(zh=zh, en=en), wrong, thresholds)


def _vintages(on: date, least: int) -> Iterator[Reading]:
    thresholds = _from(BAD_RATE.code, on)
    for one in vintages(on - timedelta(days=_VINTAGE_DAYS), on, on=on):
        bad = share(one.loans_over_30, one.loans)
        if bad is not None and one.loans >= least:
            about = f"{one.vintage_on:%Y-%m}"
            yield Reading(AlertKind.BAD_RATE, about, Words(zh=about, en=about), bad, thresholds)


def _dealers(on: date) -> Iterator[Reading]:
    months = dealers_abnormal(on=on)
    names, advised = dealer_names(set(months)), Decimal(CONTROL_ADVISED_MONTHS)
    for dealer_id, count in months.items():
        name = names.get(dealer_id, str(dealer_id))
        thresholds = Thresholds(advised, advised * _SERIOUS)
        yield Reading(AlertKind.DEALER_MONTHS, str(dealer_id), Words(zh=name, en=name), Decimal(count), thresholds)
