"""The charts of a report."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from axle.config.intake.charts import bars
from axle.config.intake.run import Tally
from axle.config.intake.study import AS_BOOKED, AS_FILED, Finding, Study
from axle.kernel.money import yuan

TOP_REASONS = 12
_BLUE, _GREY, _GREEN = "#3b6fb6", "#7d8590", "#3f8f5f"
_EDGES = (
    -10_000,
    -1_000,
    -300,
    -100,
    -30,
    -10,
    -2,
    -1,
    0,
    1,
    2,
    10,
    30,
    100,
    300,
    500,
    700,
    1_000,
    1_500,
    2_000,
    10_000,
)
"""Upper edges of a histogram's bars, in fen."""


def charts(tally: Tally, study: Study) -> dict[str, str]:
    """Every chart as SVG, by its name."""
    booked, filed = study.finding(AS_BOOKED), study.finding(AS_FILED)
    named = {"approve": "approved", "refer": "referred", "decline": "declined"}
    outcomes = [(word, tally.outcomes[name]) for name, word in named.items()]
    return {
        "outcomes": bars("Decisions by outcome, rows", outcomes, colour=_GREEN),
        "reasons": bars("Decisions by reason, rows", reasons(tally), colour=_BLUE),
        "payments-as-booked": bars(
            "Reported less ours, as booked: rows by difference in yuan", histogram(booked), colour=_BLUE
        ),
        "payments-as-filed": bars(
            "Reported less ours, as filed: rows by difference in yuan", histogram(filed), colour=_GREY
        ),
    }


def reasons(tally: Tally) -> list[tuple[str, int]]:
    """The most frequent reasons, each with its code and what is told outside."""
    return [(f"{tally.reasons[code].outside} ({code})", count) for code, count in most(tally.codes)[:TOP_REASONS]]


def most(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Counts, the greatest first."""
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def histogram(found: Finding) -> list[tuple[str, int]]:
    """How many differences lie in each range of yuan; empty ranges at either end are left out."""
    counts = [0] * (len(_EDGES) + 1)
    for difference in found.differences:
        counts[sum(difference > edge for edge in _EDGES)] += 1
    filled = [index for index, count in enumerate(counts) if count]
    lines = list(zip(_labels(), counts, strict=True))
    return lines[filled[0] : filled[-1] + 1] if filled else []


def _labels() -> Sequence[str]:
    inner = [_label(low, high) for low, high in pairwise(_EDGES)]
    return [f"≤ {yuan(_EDGES[0])}", *inner, f"> {yuan(_EDGES[-1])}"]


def _label(low: int, high: int) -> str:
    return yuan(high) if high - low == 1 else f"{yuan(low + 1)} … {yuan(high)}"
