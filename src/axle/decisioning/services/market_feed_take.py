"""Taking the prices of a day: each series in each region is compared with itself thirty days before."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from axle.decisioning.domain.recalibration import days_inside_of, move_of
from axle.decisioning.errors import MarketFeedKnown, PolicyFileUnreadable
from axle.decisioning.events import MarketFeedTaken
from axle.decisioning.models import MarketFeed, MarketPrice
from axle.decisioning.parameters import PRICE_TRIGGER_RATE
from axle.platform.public import Actor, created, next_no, parameter_value, publish, rows_copy

_REMEMBERED_DAYS = 400
Key = tuple[str, str]


@dataclass(frozen=True)
class ObservedPrice:
    """The index of a series in a region; without a region, of the whole country."""

    vehicle_series: str
    region: str
    price_index: Decimal


def market_feed_take(*, actor: Actor, observed_on: date, source: str, prices: Sequence[ObservedPrice]) -> MarketFeed:
    """Keep the prices of a day. How far a price moved, and since when it is quiet, is kept with it.

    Errors: MarketFeedKnown, PolicyFileUnreadable for a price that is told twice or is none.
    """
    if MarketFeed.objects.filter(observed_on=observed_on, source=source).exists():
        raise MarketFeedKnown(field="observed_on", observed_on=observed_on, source=source)
    _check(prices)
    trigger = parameter_value(PRICE_TRIGGER_RATE.code, on=observed_on)
    earlier = _earlier(observed_on)
    rows = [_row(price, earlier[(price.vehicle_series, price.region)], trigger, observed_on) for price in prices]
    moved = sum(row.days_inside == 0 for row in rows)
    feed = created(
        MarketFeed.objects.create(
            feed_no=next_no("MF", on=observed_on),
            observed_on=observed_on,
            source=source,
            row_count=len(rows),
            moved_count=moved,
            taken_by=actor.name,
        )
    )
    for row in rows:
        row.feed = feed
    rows_copy(rows)
    publish(MarketFeedTaken(feed.pk, feed.feed_no, observed_on, moved))
    return feed


@dataclass
class _Past:
    """What is known of a series in a region: its indexes, newest first, and when it last moved too far."""

    indexes: list[tuple[date, Decimal]]
    last_outside: date | None = None


def _check(prices: Sequence[ObservedPrice]) -> None:
    seen: set[Key] = set()
    for number, price in enumerate(prices, 1):
        key = (price.vehicle_series, price.region)
        if key in seen or not price.vehicle_series or price.price_index <= 0 or len(price.region) not in (0, 2, 4, 6):
            raise PolicyFileUnreadable(field="prices", reason=f"{number}: {price.vehicle_series} {price.region}")
        seen.add(key)
    if not prices:
        raise PolicyFileUnreadable(field="prices", reason="0")


def _earlier(on: date) -> defaultdict[Key, _Past]:
    """The past of everything that was observed before, in one query."""
    found: defaultdict[Key, _Past] = defaultdict(lambda: _Past([]))
    since = on - timedelta(days=_REMEMBERED_DAYS)
    rows = MarketPrice.objects.filter(observed_on__lt=on, observed_on__gte=since).order_by("-observed_on")
    for series, region, day, index, inside in rows.values_list(
        "vehicle_series", "region", "observed_on", "price_index", "days_inside"
    ):
        past = found[(series, region)]
        past.indexes.append((day, index))
        if inside == 0 and past.last_outside is None:
            past.last_outside = day
    return found


def _row(price: ObservedPrice, past: _Past, trigger: Decimal, on: date) -> MarketPrice:
    move = move_of(price.price_index, past.indexes, on)
    return MarketPrice(
        observed_on=on,
        vehicle_series=price.vehicle_series,
        region=price.region,
        price_index=price.price_index,
        move_rate=move,
        days_inside=days_inside_of(move, trigger, past.last_outside, on),
    )
