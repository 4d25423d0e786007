"""What a loan's arrears and history say of its class (五级分类) and its stage of credit loss (风险阶段).

A worse class or stage counts at once. A better class waits for a person, and from the non-performing classes also for
a cure period; a stage gets better by one after each cure period.

Source: REG-CBIRC-2023-1 (five classes), REG-CAS-22 (three stages).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from axle.kernel.dates import add_months

CLASSES = ("normal", "special_mention", "substandard", "doubtful", "loss")
"""From the best to the worst; the last three are non-performing."""
SUBSTANDARD = CLASSES.index("substandard")
COLLATERAL_SIGNALS = frozenset({"car_pledged", "used_by_another", "tracker_removed", "vin_differs", "not_seen"})
"""What an inspection says of the car: signals of its inspector or of the system, or that it was not seen at all."""
REASONS = ("days_past_due", "customer_past_due", "restructured", "restructured_again", "collateral", "non_accrual",
           "written_off", "recovered", "person")  # fmt: skip


@dataclass(frozen=True)
class Computed:
    """What the rules of a date make of a loan: ranks in ``CLASSES``, and which rule said so."""

    rank: int
    stage: int
    reason: str


@dataclass(frozen=True)
class Standing:
    """How a loan stands. ``better_since`` is the day from which the rules would have it better.

    Until ``held_until`` a person's word holds against the rules, unless they come to more than ``held_rank``, their
    own result on the day of that word.
    """

    rank: int = 0
    stage: int = 1
    reason: str = ""
    better_since: date | None = None
    held_until: date | None = None
    held_rank: int = 0


@dataclass(frozen=True)
class Outcome:
    """How the loan stands now, and the class to propose, if a better one is in reach."""

    standing: Standing
    proposed: int | None = None


def class_by_days(days: int, over: Sequence[int]) -> int:
    """The rank of a loan so many days past due; ``over`` are the days after which each worse class begins."""
    return sum(1 for threshold in over if days > threshold)


def collateral_ranks(classes: Mapping[str, str]) -> dict[str, int]:
    """The rank that a loan has at least, by what an inspection saw of its car, as a parameter holds the classes.

    Errors: ValueError for what no inspection tells, or no class.
    """
    if unknown := classes.keys() - COLLATERAL_SIGNALS:
        raise ValueError(unknown)
    return {signal: CLASSES.index(risk_class) for signal, risk_class in classes.items()}


def standing_step(before: Standing, computed: Computed, on: date, *, cure_months: int) -> Outcome:
    """Carry a standing to a date on which the rules come to ``computed``."""
    after = before
    if before.held_until and (on > before.held_until or computed.rank > before.held_rank):
        after = replace(after, held_until=None, held_rank=0)
    if computed.rank > after.rank and not after.held_until:
        after = replace(after, rank=computed.rank, reason=computed.reason)
    if computed.stage > after.stage:
        after = replace(after, stage=computed.stage)
    is_better = computed.rank < after.rank or computed.stage < after.stage
    after = replace(after, better_since=(after.better_since or on) if is_better else None)
    return _cured(after, computed, on, cure_months)


def _cured(after: Standing, computed: Computed, on: date, cure_months: int) -> Outcome:
    is_cured = bool(after.better_since) and add_months(after.better_since or on, cure_months) <= on
    if is_cured and computed.stage < after.stage:
        still = computed.rank < after.rank or computed.stage < after.stage - 1
        after = replace(after, stage=after.stage - 1, better_since=on if still else None)
    may_rise = computed.rank < after.rank and not after.held_until
    if may_rise and (is_cured or after.rank < SUBSTANDARD):
        return Outcome(after, computed.rank)
    return Outcome(after)
