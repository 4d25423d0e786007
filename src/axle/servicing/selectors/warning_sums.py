"""How many loans are warned of, and what they owe, by the series of their cars."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Sum

from axle.kernel.money import Fen
from axle.platform.public import Actor
from axle.servicing import permissions as may
from axle.servicing.domain.warnings import WarningState
from axle.servicing.selectors.visible import warnings_visible


@dataclass(frozen=True)
class WarningSum:
    """Loans on cars of a series with a warning that is not closed, by level, and their principal in fen."""

    make: str
    series: str
    loans: Mapping[str, int]
    principal: Mapping[str, Fen]


def warnings_by_series(actor: Actor, *, legal_entity_id: int, cause: str) -> list[WarningSum]:
    """The warnings of a cause in the actor's scope that are not closed, as they stand now; in one query."""
    rows = warnings_visible(actor).exclude(state=WarningState.CLOSED).filter(legal_entity=legal_entity_id, cause=cause)
    names = ("loan__vehicle__trim__make", "loan__vehicle__trim__series")
    sums = rows.order_by(*names).values_list(*names, "level").annotate(Count("pk"), Sum("principal_balance"))
    found: dict[tuple[str, str], tuple[dict[str, int], dict[str, Fen]]] = {}
    for make, series, level, loans, principal in sums:
        counted, owed = found.setdefault((make, series), ({}, {}))
        counted[level], owed[level] = loans, Fen(principal)
    return [WarningSum(make, series, counted, owed) for (make, series), (counted, owed) in found.items()]


def warnings_open(actor: Actor) -> int | None:
    """How many warnings in scope nobody has taken note of; None for whom they are not."""
    if not actor.may(may.WARNING_VIEW):
        return None
    return warnings_visible(actor).filter(state=WarningState.OPEN).count()
