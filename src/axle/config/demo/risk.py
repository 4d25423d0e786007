"""What the risk department keeps: prices of used cars, early warnings, a black and a grey list."""

import random
from datetime import timedelta
from decimal import Decimal

from axle.config.demo.identifiers import bank_account, phone, resident_id, vin
from axle.config.demo.institution import BOOKS_FROM, BUSINESS_ON, Place
from axle.decisioning.public import ObservedPrice, market_feed_take
from axle.kernel.rounding import round_rate
from axle.party.public import WatchList, WatchReason, WatchSource, WatchSubject, watch_entry_add
from axle.platform.public import acting, actor_named, parameter_set
from axle.servicing.public import warnings_settle
from axle.vehicle.public import trims

_FELL = (Decimal("-0.062"), Decimal("-0.085"), Decimal("-0.114"))
"""How far the first series of the catalogue fell in the month; the others moved by less than two in a hundred."""
_STRICT = {"yellow": "0.6", "orange": "0.7", "red": "0.8", "least_fall": "0.05"}
"""The demo institution warns early of cars that lost value: nobody lends so much here that they are worth less than is
owed."""
_WATCHED = (
    (WatchList.BLACK, WatchSubject.ID_NO, resident_id(BOOKS_FROM.replace(year=1985), 701), "fraud", "伪造收入证明"),
    (WatchList.BLACK, WatchSubject.PHONE, phone(9_500_001), "loan_broker", "多笔申请共用的中介号码"),
    (WatchList.BLACK, WatchSubject.VIN, vin(9_500_002), "vehicle_moved_away", "抵押车辆被转移"),
    (WatchList.BLACK, WatchSubject.COMPANY, "演示空壳商贸有限公司", "false_documents", "虚假工作单位"),
    (WatchList.GREY, WatchSubject.CARD, bank_account(9_500_003), "identity_misused", "持卡人与借款人不符"),
    (WatchList.GREY, WatchSubject.ADDRESS, "演示市青枫巷404号", "other", "短期内多人使用的居住地址"),
)


def market_feeds() -> None:
    """Take the prices of all series of yesterday and thirty days before it, as the risk analyst does."""
    draw, analyst = random.Random(41), actor_named("risk_analyst")
    series = sorted({f"{trim.make}/{trim.series}" for trim in trims()})
    before = {name: round_rate(Decimal(draw.uniform(0.9, 1.1)), 4) for name in series}
    moves = {name: round_rate(Decimal(draw.uniform(-0.02, 0.02)), 4) for name in series}
    moves |= dict(zip(series, _FELL, strict=False))
    after = {name: round_rate(index * (1 + moves[name]), 4) for name, index in before.items()}
    for back, indexes in ((31, before), (1, after)):
        with acting(analyst, "market_feed_take"):
            market_feed_take(
                actor=analyst,
                observed_on=BUSINESS_ON - timedelta(days=back),
                source="演示二手车指数",
                prices=[ObservedPrice(name, "", index) for name, index in indexes.items()],
            )


def loan_warnings(place: Place) -> None:
    """Warn of the loans whose cars lost value, more strictly than most, and of ids that run out."""
    admin = actor_named("admin")
    with acting(admin, "parameter_set"):
        parameter_set(
            actor=admin,
            code="servicing.car_value_warnings",
            value=[_STRICT],
            effective_from=BUSINESS_ON,
            legal_entity_id=place.entity_id,
            note="风险管理部要求从严预警",
        )
    warnings_settle(BUSINESS_ON)


def watch_entries() -> None:
    """List what cases of the past have taught."""
    analyst = actor_named("risk_analyst")
    for watch_list, subject, value, reason, note in _WATCHED:
        with acting(analyst, "watch_entry_add"):
            watch_entry_add(
                actor=analyst,
                watch_list=watch_list,
                subject=subject,
                value=value,
                reason=WatchReason(reason),
                source=WatchSource.OWN,
                note=note,
            )
