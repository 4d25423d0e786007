"""Stability of scores and their characteristics, and the bands behind it (评分稳定性)."""

from collections.abc import Iterator

from axle.kernel.rounding import share
from axle.monitoring.permissions import FIGURE_VIEW
from axle.monitoring.reports.asking import AS_OF, SHELF, said
from axle.monitoring.selectors import may_see
from axle.monitoring.stability import Stability, stabilities
from axle.platform.listing import Col
from axle.platform.public import Actor
from axle.platform.reports import Choice, Report, ReportRows, Row, TableRows, report


def _stability(actor: Actor, choice: Choice) -> ReportRows:
    if not may_see(actor):
        return TableRows([])
    on = choice["as_of"]
    return TableRows([_row(one) for one in stabilities(on, on)])


def _row(one: Stability) -> Row:
    return {
        "scored_by": one.scale.scored_by,
        "score_name": said(one.names),
        "characteristic": one.characteristic,
        "cases": one.cases,
        "psi": None if one.psi is None else f"{one.psi:.4f}",
    }


def _bands(actor: Actor, choice: Choice) -> ReportRows:
    if not may_see(actor):
        return TableRows([])
    on = choice["as_of"]
    found = stabilities(on, on, is_whole=False)
    return TableRows([row for one in found for row in _bands_of(one)])


def _bands_of(one: Stability) -> Iterator[Row]:
    if one.reference is None:
        return
    places, bounds = one.reference.places(one.found), one.reference.bounds or ()
    before, now = (sum(place[at] for place in places) for at in (1, 2))
    for place, cases_before, cases in places:
        yield {
            "score_name": said(one.names),
            "score_from": bounds[place - 1] if place else None,
            "score_below": bounds[place] if place < len(bounds) else None,
            "cases_before": cases_before,
            "share_before": share(cases_before, before),
            "cases": cases,
            "share_now": share(cases, now),
        }


report(
    Report(
        name="score_stability",
        shelf=SHELF,
        permission=FIGURE_VIEW,
        asked=(AS_OF,),
        columns=(
            Col("scored_by", "enum", enum="ScoredBy"),
            Col("score_name"),
            Col("characteristic"),
            Col("cases", "integer"),
            Col("psi"),
        ),
        rows=_stability,
        page_size=100,
    )
)
report(
    Report(
        name="score_bands",
        shelf=SHELF,
        permission=FIGURE_VIEW,
        asked=(AS_OF,),
        columns=(
            Col("score_name"),
            Col("score_from", "integer"),
            Col("score_below", "integer"),
            Col("cases_before", "integer"),
            Col("share_before", "rate"),
            Col("cases", "integer"),
            Col("share_now", "rate"),
        ),
        rows=_bands,
        page_size=100,
    )
)
