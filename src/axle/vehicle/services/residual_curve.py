"""Making residual curves of a file of used-car prices, and putting them in force."""

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils import timezone

from axle.platform.errors import MakerMayNotCheck, NotFound
from axle.platform.public import (
    TABLE,
    Actor,
    business_date,
    created,
    file_read,
    file_uploaded,
    next_no,
    rows_copy,
    spreadsheet_text,
    track,
)
from axle.vehicle.domain.residual import Offer, TooFewCars, curve_fit
from axle.vehicle.errors import CurveIsActive, PriceFileUnreadable, TooFewPrices
from axle.vehicle.models import CurveState, ResidualCurve, ResidualPoint

FEWEST_CARS = 200
MOST_LINES = 200_000
_HEADS = {
    "品牌": "make",
    "车系": "series",
    "首次上牌日期": "first_registered_on",
    "成交日期": "sold_on",
    "成交价": "price",
    "指导价": "guide_price",
}


def residual_curve_draft(*, actor: Actor, file_id: int, source: str) -> ResidualCurve:
    """Make curves of a file of sales or listings: make, series, first registration, day of sale, price, guide price.

    Prices and guide prices are of one unit. Errors: UploadRefused, PriceFileUnreadable, TooFewPrices.
    """
    file_uploaded(actor=actor, file_id=file_id, allowed=(TABLE,))
    offers = _offers(file_id)
    try:
        points = curve_fit(offers, fewest=FEWEST_CARS)
    except TooFewCars as few:
        raise TooFewPrices(field="file_id", cars=few.count, needed=FEWEST_CARS) from few
    used = next(point.cars for point in points if not point.make)
    curve = created(
        ResidualCurve.objects.create(
            curve_no=next_no("RV", on=business_date()),
            source=source,
            cars=used,
            left_out=len(offers) - used,
            drafted_by=actor.name,
            drafted_by_id=actor.user_id,
        )
    )
    rows_copy(ResidualPoint(curve=curve, **vars(point)) for point in points)
    return curve


def residual_curve_activate(*, actor: Actor, curve_id: int) -> ResidualCurve:
    """Value cars by these curves from now on, also by older ones again. A person other than the maker decides.

    Errors: NotFound, MakerMayNotCheck, CurveIsActive.
    """
    curve = ResidualCurve.objects.select_for_update().filter(pk=curve_id).first()
    if curve is None:
        raise NotFound(field="residual_curve_id", what="residual_curve")
    if curve.state == CurveState.ACTIVE:
        raise CurveIsActive(field="residual_curve_id")
    if actor.user_id == curve.drafted_by_id:
        raise MakerMayNotCheck()
    for before in ResidualCurve.objects.select_for_update().filter(state=CurveState.ACTIVE):
        track(before).state = CurveState.SUPERSEDED
        before.save(update_fields=["state"])
    track(curve)
    curve.state, curve.activated_by, curve.activated_at = CurveState.ACTIVE, actor.name, timezone.now()
    curve.save()
    return curve


def _offers(file_id: int) -> list[Offer]:
    try:
        text = spreadsheet_text(file_read(file_id)[1])
        return [_offer(number, line) for number, line in enumerate(_lines(text), 2)]
    except (UnicodeDecodeError, csv.Error) as error:
        raise PriceFileUnreadable(field="file_id", line=0, reason=str(error)[:120]) from error


def _lines(text: str) -> Iterator[Mapping[str, str]]:
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    heads = [_HEADS.get((head or "").strip(), (head or "").strip()) for head in reader.fieldnames or ()]
    if missing := [name for name in _HEADS.values() if name not in heads]:
        raise PriceFileUnreadable(field="file_id", line=1, reason=", ".join(missing))
    reader.fieldnames = heads
    for number, line in enumerate(reader, 2):
        if number > MOST_LINES:
            raise PriceFileUnreadable(field="file_id", line=number, reason=f"> {MOST_LINES}")
        yield {name: (line[name] or "").strip() for name in _HEADS.values()}


def _offer(number: int, line: Mapping[str, str]) -> Offer:
    try:
        first, sold = (date.fromisoformat(line[name]) for name in ("first_registered_on", "sold_on"))
        price, guide = (Decimal(line[name].replace(",", "")) for name in ("price", "guide_price"))
        if not (line["make"] and line["series"] and price > 0 and guide > 0 and first <= sold):
            raise ValueError
    except (ValueError, InvalidOperation) as error:
        raise PriceFileUnreadable(field="file_id", line=number, reason=" ".join(line.values())[:80]) from error
    months = (sold.year - first.year) * 12 + sold.month - first.month
    return Offer(line["make"][:40], line["series"][:60], months, float(price / guide))
