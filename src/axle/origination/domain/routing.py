"""Where a decided application goes."""

from enum import StrEnum

from axle.kernel.money import Fen


class Route(StrEnum):
    """Approve or decline without people, begin their review, or go on with it."""

    APPROVE = "approve"
    DECLINE = "decline"
    REVIEW = "review"
    RESUME = "resume"


def route(*, outcome: str, amount: Fen, limit: int | None, automatic_max: Fen, is_under_review: bool) -> Route:
    """The route of an application after its strategy answered.

    Only a clear approval within the strategy's limit and the automatic authority goes without people, and
    never one that people have returned. ``limit`` None means that the strategy gave none.
    """
    if outcome == "decline":
        return Route.DECLINE
    if is_under_review:
        return Route.RESUME
    is_within = limit is not None and amount <= limit and amount <= automatic_max
    return Route.APPROVE if outcome == "approve" and is_within else Route.REVIEW
