"""Drafting a calibration out of the prices of a day."""

from datetime import date

from axle.decisioning.domain.recalibration import Formula, Price, recalculated
from axle.decisioning.errors import FormulaGaveNothing, FormulasMissing
from axle.decisioning.models import CalibrationKind, MarketFeed, PolicyCalibration, PolicyFormula
from axle.decisioning.policy_live import pointer_in_force, values_of
from axle.decisioning.services.calibration_draft import planned_keep
from axle.decisioning.services.policy_parameters_declare import parameters_known
from axle.platform.errors import NotFound
from axle.platform.public import Actor


def calibration_compute(*, actor: Actor, feed_id: int, note: str, business_on: date) -> PolicyCalibration:
    """Let the active formulas calculate the values of every series and region of a feed; what changes becomes a draft.

    Errors: NotFound, FormulasMissing, FormulaGaveNothing with the first value that could not be calculated,
    CalibrationEmpty.
    """
    feed = MarketFeed.objects.filter(pk=feed_id).first()
    if feed is None:
        raise NotFound(what="market_feed")
    known = parameters_known()
    rows = PolicyFormula.objects.filter(is_active=True, parameter__in=known).order_by("code")
    formulas = [Formula(row.code, known[row.parameter], row.expression) for row in rows]
    if not formulas:
        raise FormulasMissing()
    pointer = pointer_in_force()
    values = values_of(pointer.calibration_id if pointer else None)
    changes, wrong = recalculated(formulas, _prices(feed), values)
    if wrong:
        first = wrong[0]
        raise FormulaGaveNothing(
            formula=first.code, series=first.vehicle_series, region=first.region, detail=first.detail, count=len(wrong)
        )
    note = note or f"{feed.feed_no} {feed.observed_on}"
    return planned_keep(actor=actor, planned=changes, kind=CalibrationKind.COMPUTED, note=note, business_on=business_on)


def _prices(feed: MarketFeed) -> list[Price]:
    columns = ("vehicle_series", "region", "price_index", "move_rate", "days_inside")
    return [Price(*row) for row in feed.prices.order_by("pk").values_list(*columns)]
