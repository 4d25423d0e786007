"""Where a decided application goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from axle.kernel.money import Fen

_STEP = 10_000
"""Approvals are of whole hundreds of yuan."""


class Route(StrEnum):
    """Approve or decline without people, begin their review, or go on with it."""

    APPROVE = "approve"
    DECLINE = "decline"
    REVIEW = "review"
    RESUME = "resume"


@dataclass(frozen=True)
class Routed:
    """Where a case goes; ``amount`` and ``periods`` are what is approved without people, which may be less than was
    asked for."""

    to: Route
    amount: Fen | None = None
    periods: int | None = None


@dataclass(frozen=True)
class Limits:
    """What bounds an approval without people: the strategy's limits, None where it gave none; the smallest loan and the
    numbers of instalments of the product; and the institution's own authority for machines."""

    amount: int | None
    months: int | None
    least: Fen
    terms: Sequence[int]
    automatic_max: Fen


def route(*, outcome: str, amount: Fen, periods: int, limits: Limits, is_under_review: bool) -> Routed:
    """The route of an application after its strategy answered.

    Only a clear approval of a request within the automatic authority goes without people, and never one that people
    have returned. Where the strategy's limits are lower than the request, it is the limits that are approved; how much
    lower they may be is the strategy's to say.
    """
    if outcome == "decline":
        return Routed(Route.DECLINE)
    if is_under_review:
        return Routed(Route.RESUME)
    months = _periods(periods, limits)
    approved = _amount(amount, periods, months, limits)
    is_within = limits.least <= approved <= limits.automatic_max and approved > 0
    if outcome == "approve" and is_within and months:
        return Routed(Route.APPROVE, approved, months)
    return Routed(Route.REVIEW)


def _periods(periods: int, limits: Limits) -> int:
    """What was asked for, or the longest that the product has within the limit; 0 when it has none."""
    if limits.months is None or periods <= limits.months:
        return periods
    return max((months for months in limits.terms if months <= limits.months), default=0)


def _amount(amount: Fen, periods: int, months: int, limits: Limits) -> Fen:
    """The limit is one of instalments over the limit's months: over fewer months it is that much less."""
    limit = limits.amount or 0
    if months < periods and limits.months:
        limit = limit * months // limits.months // _STEP * _STEP
    return Fen(min(amount, limit))
