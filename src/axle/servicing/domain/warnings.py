"""Early warnings of loans in force (贷后预警): when there is one, of what level, and how it goes on.

Two causes: the car is worth little beside what is owed after prices fell, and the debtor's id runs out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from axle.kernel.money import Fen
from axle.kernel.rounding import round_fen
from axle.kernel.types import parse_rate

ONE = Decimal(1)


class WarningLevel(StrEnum):
    """How serious it is, from the mildest to the worst."""

    YELLOW = "yellow"
    ORANGE = "orange"
    RED = "red"


LEVELS = tuple(level.value for level in WarningLevel)


class WarningCause(StrEnum):
    """What a loan is warned of."""

    CAR_VALUE = "car_value"
    ID_EXPIRY = "id_expiry"


class WarningState(StrEnum):
    """open → acknowledged → closed; one that got worse is open again."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    CLOSED = "closed"


class ValueBasis(StrEnum):
    """What a car's present value starts from."""

    APPRAISAL = "appraisal"
    CURVE = "curve"
    PRICE = "price"


class WarningMeasure(StrEnum):
    """What a person did before closing a warning."""

    REACHED = "reached"
    REPAID_MORE = "repaid_more"
    DEPOSIT_RAISED = "deposit_raised"
    GUARANTOR_ADDED = "guarantor_added"
    PLAN_CHANGED = "plan_changed"
    ACCELERATED = "accelerated"
    CAR_RECOVERED = "car_recovered"
    UNFOUNDED = "unfounded"
    NONE_NEEDED = "none_needed"


class WarningStepKind(StrEnum):
    """What happened to a warning: by the rules of a day, or by a person."""

    RAISED = "raised"
    WORSENED = "worsened"
    EASED = "eased"
    ACKNOWLEDGED = "acknowledged"
    NOTED = "noted"
    HANDLED = "handled"
    RECOVERED = "recovered"
    LOAN_LEFT = "loan_left"


_RULE_KEYS = {"products", "vehicle_classes", "energies", "series", "least_fall", *LEVELS}


@dataclass(frozen=True)
class CarValueRule:
    """Loans of some products on some cars; what is empty asks nothing.

    ``levels`` are ratios of the principal owed to the car's present value, from which on there is a warning of each
    level. ``least_fall`` is the share by which prices must have fallen since the loan was disbursed, and more.
    """

    products: tuple[str, ...]
    vehicle_classes: tuple[str, ...]
    energies: tuple[str, ...]
    series: tuple[str, ...]
    least_fall: Decimal
    levels: tuple[Decimal, ...]

    def fits(self, *, product: str, vehicle_class: str, energy: str, series: str) -> bool:
        """Whether a loan is one of those."""
        asked = ((self.products, product), (self.vehicle_classes, vehicle_class), (self.energies, energy))
        return all(not wanted or told in wanted for wanted, told in (*asked, (self.series, series)))


def car_value_rules(data: Sequence[Mapping[str, Any]]) -> list[CarValueRule]:
    """Rules as a parameter holds them; the first that fits a loan counts. Errors: ValueError for anything else."""
    return [_rule(item) for item in data]


def _rule(item: Mapping[str, Any]) -> CarValueRule:
    named = ("products", "vehicle_classes", "energies", "series")
    texts = {name: item.get(name, []) for name in named}
    levels, fall = tuple(parse_rate(item[level]) for level in LEVELS), parse_rate(item["least_fall"])
    is_named = all(isinstance(one, list) and all(isinstance(text, str) for text in one) for one in texts.values())
    is_rising = Decimal("0.1") <= levels[0] <= levels[1] <= levels[2] <= 10
    if set(item) - _RULE_KEYS or not is_named or not is_rising or not 0 <= fall < 1:
        raise ValueError(item)
    return CarValueRule(**{name: tuple(one) for name, one in texts.items()}, least_fall=fall, levels=levels)


def car_value_rule(rules: Iterable[CarValueRule], **loan: str) -> CarValueRule | None:
    """The first rule that fits a loan."""
    return next((rule for rule in rules if rule.fits(**loan)), None)


def warning_days(data: Mapping[str, Any]) -> dict[str, int]:
    """Days by level as a parameter holds them, all of them given. Errors: ValueError."""
    if set(data) != set(LEVELS) or any(type(days) is not int or not 0 <= days <= 366 for days in data.values()):
        raise ValueError(data)
    return {level: data[level] for level in LEVELS}


def id_expiry_days(data: Mapping[str, Any]) -> dict[str, int]:
    """The days left from which on an id that expires is a warning of a level; fewer are worse. Errors: ValueError."""
    days = warning_days({**data, "red": 0})
    if set(data) != {"yellow", "orange"} or days["yellow"] < days["orange"]:
        raise ValueError(data)
    return {level: days[level] for level in ("yellow", "orange")}


@dataclass(frozen=True)
class Valuation:
    """What a car was worth on a day, and what has moved since.

    ``share_then`` and ``share_now`` are what a car of its kind is worth at its age on either day, as a share of the
    guide price; ``index_then`` and ``index_now`` the prices of its series where the debtor lives, ``index_disbursed``
    those when the loan was disbursed. Without curve or prices they are None, and nothing moves.
    """

    basis: ValueBasis
    worth: Fen
    on: date
    share_then: Decimal | None = None
    share_now: Decimal | None = None
    index_then: Decimal | None = None
    index_now: Decimal | None = None
    index_disbursed: Decimal | None = None

    @property
    def present(self) -> Fen:
        """The present value: aged by the curve, moved with the prices, in fen."""
        return round_fen(self.worth * _moved(self.share_then, self.share_now) * _moved(self.index_then, self.index_now))

    @property
    def fall(self) -> Decimal | None:
        """By what share prices fell since the loan was disbursed, below zero when they rose; None without prices."""
        if self.index_disbursed is None or self.index_now is None:
            return None
        return (ONE - self.index_now / self.index_disbursed).quantize(Decimal("0.000001"))


def _moved(then: Decimal | None, now: Decimal | None) -> Decimal:
    return ONE if then is None or now is None or not then else now / then


def car_value_level(
    rule: CarValueRule, *, principal: int, valuation: Valuation, disbursed_on: date
) -> tuple[str, Decimal] | None:
    """The level of warning of a loan and the ratio that was reached; None when there is none.

    Principal and value in fen. Prices must have fallen by more than the rule's least fall, unless somebody said after
    the disbursement what the car is worth: that counts by itself.
    """
    value, fall = valuation.present, valuation.fall
    is_seen_since = valuation.basis is ValueBasis.APPRAISAL and valuation.on > disbursed_on
    has_fallen = rule.least_fall == 0 or (fall is not None and fall > rule.least_fall)
    if not (has_fallen or is_seen_since) or value <= 0:
        return None
    reached = [(level, ratio) for level, ratio in zip(LEVELS, rule.levels, strict=True) if principal >= ratio * value]
    return reached[-1] if reached else None


def id_expiry_level(days: Mapping[str, int], *, valid_until: date, on: date) -> str | None:
    """The level of warning of an id that is valid up to and including a day; red once it has expired."""
    left = (valid_until - on).days
    if left < 0:
        return "red"
    return next((level for level in ("orange", "yellow") if left <= days[level]), None)


@dataclass(frozen=True)
class Standing:
    """How the last warning of a loan and cause stands. A person closed it when ``is_handled``, and its cause has been
    there ever since."""

    level: str
    state: str
    is_handled: bool = False


@dataclass(frozen=True)
class Course:
    """How a warning goes on: what happened, if anything, and its state after it. ``is_new`` begins another one."""

    step: WarningStepKind | None
    state: str
    is_new: bool = False


def course(before: Standing | None, level: str | None) -> Course | None:
    """How it goes on with a loan and cause of which the rules of a day find a level, or none; None: there is nothing.

    One that got worse is open again. What a person closed is told again only when it is worse than it was then.
    """
    if before is None or (before.state == WarningState.CLOSED and not before.is_handled):
        return Course(WarningStepKind.RAISED, WarningState.OPEN, is_new=True) if level else None
    if before.state == WarningState.CLOSED:
        if level and LEVELS.index(level) > LEVELS.index(before.level):
            return Course(WarningStepKind.RAISED, WarningState.OPEN, is_new=True)
        return None if level else Course(None, WarningState.CLOSED)
    if level is None:
        return Course(WarningStepKind.RECOVERED, WarningState.CLOSED)
    rank, known = LEVELS.index(level), LEVELS.index(before.level)
    if rank > known:
        return Course(WarningStepKind.WORSENED, WarningState.OPEN)
    return Course(WarningStepKind.EASED if rank < known else None, before.state)
