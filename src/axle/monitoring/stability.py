"""How far the cases of the last 30 days have moved from those that a score was made for (PSI).

A scorecard is held against the cases that it was developed on; a strategy that scores by tables of its own against
those of its first 30 days.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import F, OuterRef, QuerySet, Subquery

from axle.decisioning.public import Words, strategy_names
from axle.monitoring.models import ScoreDay, ScoredBy
from axle.monitoring.parameters import CASES_LEAST
from axle.monitoring.shares import BEFORE_DAYS
from axle.platform.public import parameter_value
from axle.scoring.public import Developed, Distribution, developed

_SPAN = timedelta(days=BEFORE_DAYS)


class Scale(NamedTuple):
    """What gave scores: a version of a scorecard or of a strategy."""

    scored_by: str
    code: str
    version_id: int
    version_no: int

    @property
    def is_card(self) -> bool:
        return self.scored_by == ScoredBy.SCORECARD


Place = tuple[Scale, str]
"""The score of a scale, or one of its characteristics."""


@dataclass(frozen=True)
class Stability:
    """Cases of the 30 days up to a date, against the reference; ``characteristic`` is empty for the score.

    ``psi`` is None where there is no reference yet, or too few cases.
    """

    on: date
    scale: Scale
    characteristic: str
    found: Mapping[int, int]
    reference: Distribution | None
    psi: float | None
    names: Words

    @property
    def cases(self) -> int:
        return sum(self.found.values())


@dataclass(frozen=True)
class _Known:
    """What later cases are held against, and what everything is called."""

    cards: Mapping[int, Developed]
    strategies: Mapping[str, Words]
    begun: Mapping[int, date]
    first: Mapping[tuple[int, str], Mapping[int, int]]

    def reference(self, place: Place, on: date) -> Distribution | None:
        scale, characteristic = place
        if scale.is_card:
            card = self.cards.get(scale.version_id)
            if card is None:
                return None
            return card.characteristics.get(characteristic) if characteristic else card.score
        if on < self.begun[scale.version_id] + _SPAN:
            return None
        found = self.first[scale.version_id, characteristic]
        return Distribution(found) if characteristic else Distribution.of_scores(found)

    def names(self, place: Place) -> Words:
        scale, characteristic = place
        card = self.cards.get(scale.version_id) if scale.is_card else None
        if card:
            owner, label = (card.name_zh, card.name_en), card.labels.get(characteristic, (characteristic,) * 2)
        else:
            words = self.strategies.get(scale.code, Words(zh=scale.code, en=scale.code))
            owner, label = (words.zh, words.en), (characteristic, characteristic)
        zh, en = (f"{owner[at]} v{scale.version_no}" + (f" · {label[at]}" if label[at] else "") for at in (0, 1))
        return Words(zh=zh, en=en)


def stabilities(since: date, until: date, *, is_whole: bool = True) -> Iterator[Stability]:
    """Stability of every score at the end of each day that gave one; with ``is_whole`` of its characteristics too.

    In a fixed number of statements, whatever the span.
    """
    days: dict[Place, dict[date, Mapping[int, int]]] = defaultdict(dict)
    rows = _rows(is_whole).filter(business_on__gt=since - _SPAN, business_on__lte=until)
    for row in rows.order_by("scored_by", "code", "-version_no", "characteristic"):
        scale = Scale(row.scored_by, row.code, row.version_id, row.version_no)
        days[scale, row.characteristic][row.business_on] = _read(row)
    known = _known({scale for scale, _ in days}, is_whole=is_whole)
    least = parameter_value(CASES_LEAST.code, on=until)
    for place, found in days.items():
        for on in sorted(day for day in found if day >= since):
            yield _stability(place, on, found, known, least)


def _rows(is_whole: bool) -> QuerySet[ScoreDay]:
    return ScoreDay.objects.all() if is_whole else ScoreDay.objects.filter(characteristic="")


def _read(row: ScoreDay) -> dict[int, int]:
    return {int(place): cases for place, cases in row.counts.items()}


def _known(scales: set[Scale], *, is_whole: bool) -> _Known:
    own = {scale.version_id for scale in scales if not scale.is_card}
    begun: dict[int, date] = {}
    first: dict[tuple[int, str], Counter[int]] = defaultdict(Counter)
    same = ScoreDay.objects.filter(scored_by=ScoredBy.STRATEGY, version_id=OuterRef("version_id"))
    rows = _rows(is_whole).filter(scored_by=ScoredBy.STRATEGY, version_id__in=own)
    rows = rows.annotate(first_on=Subquery(same.order_by("business_on").values("business_on")[:1]))
    for row in rows.filter(business_on__lt=F("first_on") + _SPAN):
        begun[row.version_id] = row.first_on
        first[row.version_id, row.characteristic].update(_read(row))
    cards = developed(scale.version_id for scale in scales if scale.is_card)
    return _Known(cards, strategy_names(), begun, first)


def _stability(place: Place, on: date, found: Mapping[date, Mapping[int, int]], known: _Known, least: int) -> Stability:
    window = Counter[int]()
    for day, counts in found.items():
        if on - _SPAN < day <= on:
            window.update(counts)
    reference = known.reference(place, on)
    is_told = reference is not None and window.total() >= least
    return Stability(
        on=on,
        scale=place[0],
        characteristic=place[1],
        found=window,
        reference=reference,
        psi=reference.moved(window) if reference is not None and is_told else None,
        names=known.names(place),
    )
