"""Where a decided application goes."""

from dataclasses import dataclass
from enum import StrEnum

from axle.kernel.money import Fen


class Route(StrEnum):
    """Approve or decline without people, begin their review, or go on with it."""

    APPROVE = "approve"
    DECLINE = "decline"
    REVIEW = "review"
    RESUME = "resume"


@dataclass(frozen=True)
class Routed:
    """Where a case goes; ``amount`` is what is approved without people, which may be less than was asked for."""

    to: Route
    amount: Fen | None = None


def route(
    *, outcome: str, amount: Fen, limit: int | None, least: Fen, automatic_max: Fen, is_under_review: bool
) -> Routed:
    """The route of an application after its strategy answered.

    Only a clear approval of a request within the automatic authority goes without people, and never one that people
    have returned. Where the strategy's limit is lower than the request, it is the limit that is approved; how much
    lower it may be is the strategy's to say. ``limit`` None means that the strategy gave none, ``least`` is the
    smallest loan of the product.
    """
    if outcome == "decline":
        return Routed(Route.DECLINE)
    if is_under_review:
        return Routed(Route.RESUME)
    approved = Fen(min(amount, limit or 0))
    is_within = amount <= automatic_max and approved >= least and approved > 0
    return Routed(Route.APPROVE, approved) if outcome == "approve" and is_within else Routed(Route.REVIEW)
