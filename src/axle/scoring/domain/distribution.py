"""How the cases of one time lay, by score band or by answer, and how far those of another have moved from it."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np

from axle.scoring.domain.measures import bands, psi

Found = Mapping[int, int]
"""How many cases there are of each score, or of each answer."""


@dataclass(frozen=True)
class Distribution:
    """Cases by place. ``bounds`` are the inner bounds of score bands, a bound belonging to the band above it; without
    them every answer is a place of its own."""

    counts: Found
    bounds: tuple[int, ...] | None = None

    @classmethod
    def of_scores(cls, found: Found) -> Self:
        """Scores in ten bands of about as many cases each."""
        points = np.repeat(np.array(list(found), float), list(found.values()))
        bounds = tuple(int(bound) for bound in bands(points)) if len(points) else ()
        return cls(cls({}, bounds).placed(found), bounds)

    def placed(self, found: Found) -> Counter[int]:
        """Cases by the places of this distribution."""
        placed = Counter[int]()
        for value, cases in found.items():
            placed[value if self.bounds is None else bisect_right(self.bounds, value)] += cases
        return placed

    def places(self, found: Found) -> list[tuple[int, int, int]]:
        """Every place with its cases then and now."""
        now = self.placed(found)
        known = {*self.counts, *now} if self.bounds is None else range(len(self.bounds) + 1)
        return [(place, self.counts.get(place, 0), now[place]) for place in sorted(known)]

    def moved(self, found: Found) -> float:
        """The population stability index (PSI) of later cases against these; four places."""
        places = self.places(found)
        before, after = (np.array([place[at] for place in places], float) for at in (1, 2))
        return round(psi(before, after), 4)
