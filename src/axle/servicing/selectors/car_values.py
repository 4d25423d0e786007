"""What the cars behind loans are worth on a day, beside what is owed: in one statement over a company's book.

Three contexts tell of it: what people and vendors found a car to be worth and how cars age (``vehicle``), and how the
prices of its series moved where the debtor lives (``decisioning``).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from axle.kernel.money import Fen
from axle.kernel.rounding import round_fen
from axle.servicing.domain.warnings import Valuation, ValueBasis
from axle.vehicle.public import ResidualShares, residual_shares

_CANDIDATES = """
WITH told AS MATERIALIZED (
    SELECT price.vehicle_series AS series, price.region, feed.source, min(price.observed_on) AS first_on,
        max(price.observed_on) AS last_on, max(price.price_index) AS highest
    FROM decisioning_marketprice AS price JOIN decisioning_marketfeed AS feed ON feed.id = price.feed_id
    WHERE price.observed_on <= %(on)s GROUP BY 1, 2, 3
), line AS MATERIALIZED (
    SELECT told.*, price.price_index AS index_now FROM told
    JOIN decisioning_marketfeed AS feed ON feed.source = told.source AND feed.observed_on = told.last_on
    JOIN decisioning_marketprice AS price ON price.feed_id = feed.id AND price.vehicle_series = told.series
        AND price.region = told.region
), deepest AS MATERIALIZED (
    SELECT series, min(index_now / highest) AS rest FROM line GROUP BY 1
), share AS MATERIALIZED (
    SELECT make, series, is_own, middles::numeric[] AS middles, cardinality(middles::numeric[]) AS months
    FROM unnest(%(makes)s::text[], %(series)s::text[], %(own)s::boolean[], %(middles)s::text[])
        AS share(make, series, is_own, middles)
), seen AS (
    SELECT DISTINCT ON (vehicle_id) vehicle_id, value, appraised_on FROM vehicle_appraisal
    WHERE appraised_on <= %(on)s ORDER BY vehicle_id, appraised_on DESC, value
), car AS (
    SELECT loan.id, loan.department_id, loan.owner_id, loan.dealer_id, loan.product_code, loan.disbursed_on,
        loan.principal_balance AS principal, trim.vehicle_class, trim.energy, trim.make, trim.series AS model,
        left(trim.make || '/' || trim.series, 60) AS series, vehicle.price, trim.guide_price, customer.region_code,
        coalesce(vehicle.first_registered_on, loan.disbursed_on) AS born_on, seen.value AS seen, seen.appraised_on,
        coalesce(seen.appraised_on, loan.disbursed_on) AS known_on
    FROM servicing_loan AS loan
    JOIN vehicle_vehicle AS vehicle ON vehicle.id = loan.vehicle_id
    JOIN vehicle_trim AS trim ON trim.id = vehicle.trim_id
    JOIN party_customer AS customer ON customer.id = loan.customer_id
    LEFT JOIN seen ON seen.vehicle_id = loan.vehicle_id
    WHERE loan.state = 'in_force' AND loan.carrying IN ('performing', 'non_accrual') AND loan.disbursed_on <= %(on)s
        AND loan.principal_balance > 0 AND loan.legal_entity_id = %(entity)s
), of_age AS (
    SELECT car.*, coalesce(share.is_own, false) AS is_own,
        share.middles[least(greatest({months_now}, 0) + 1, share.months)] AS share_now,
        share.middles[least(greatest({months_then}, 0) + 1, share.months)] AS share_then
    FROM car LEFT JOIN share ON share.make = car.make AND share.series = car.model
), aged AS (
    SELECT of_age.*,
        CASE WHEN seen IS NOT NULL THEN 'appraisal' WHEN is_own THEN 'curve' ELSE 'price' END AS basis,
        CASE WHEN seen IS NULL AND is_own THEN least(%(made_on)s::date, %(on)s) ELSE known_on END AS valued_on,
        CASE WHEN seen IS NULL AND is_own THEN least(price, guide_price * share_now)
            ELSE coalesce(seen, price) * coalesce(share_now / nullif(share_then, 0), 1) END AS worth
    FROM of_age
), near AS (
    SELECT aged.* FROM aged LEFT JOIN deepest ON deepest.series = aged.series
    WHERE aged.principal >= %(ratio)s * 0.9999 * aged.worth * coalesce(deepest.rest, 1)
), placed AS (
    SELECT DISTINCT ON (near.id) near.*, line.region, line.source, line.first_on, line.index_now
    FROM near
    CROSS JOIN unnest(ARRAY['', left(region_code, 2), left(region_code, 4), region_code]) AS place(region)
    LEFT JOIN line ON line.series = near.series AND line.region = place.region
    ORDER BY near.id, line.first_on IS NULL, greatest(line.first_on, least(near.disbursed_on, near.valued_on)),
        length(line.region) DESC, line.last_on DESC, line.source
), moved AS (
    SELECT placed.*, {index_then} AS index_then, {index_disbursed} AS index_disbursed FROM placed
)
SELECT id, department_id, owner_id, dealer_id, product_code, vehicle_class, energy, series, principal, disbursed_on,
    basis, valued_on, price, guide_price, seen, share_then, share_now, index_then, index_now, index_disbursed
FROM moved WHERE appraised_on > disbursed_on OR %(fall)s = 0 OR index_now < (1 - %(fall)s) * index_disbursed
"""
_MONTHS = "((extract(year FROM {day}) - extract(year FROM car.born_on)) * 12 + extract(month FROM {day})" \
    " - extract(month FROM car.born_on))::int"  # fmt: skip
_INDEX = """(
    SELECT price.price_index FROM decisioning_marketprice AS price
    JOIN decisioning_marketfeed AS feed ON feed.id = price.feed_id AND feed.source = placed.source
    WHERE price.vehicle_series = placed.series AND price.region = placed.region
        AND price.observed_on <= greatest({day}, placed.first_on) ORDER BY price.observed_on DESC LIMIT 1
)"""
"""The index of a day, or the first one that is known."""
_SQL = _CANDIDATES.format(
    months_now=_MONTHS.format(day="%(on)s::date"),
    months_then=_MONTHS.format(day="car.known_on"),
    index_then=_INDEX.format(day="placed.valued_on"),
    index_disbursed=_INDEX.format(day="placed.disbursed_on"),
)
"""A series' prices are told by region and source; each loan follows one of these lines: one that reaches back to what
it is compared with, or else the oldest, and of such the nearest to where the debtor lives. Loans that could not reach
the ratio even if their series had fallen from its highest to its lowest are left out before any price is looked for."""


@dataclass(frozen=True)
class CarBehind:
    """A loan and what its car is worth; principal in fen."""

    loan_id: int
    scope: dict[str, Any]
    product: str
    vehicle_class: str
    energy: str
    series: str
    principal: int
    disbursed_on: date
    valuation: Valuation


def cars_behind(legal_entity_id: int, on: date, *, least_ratio: Decimal, least_fall: Decimal) -> Iterator[CarBehind]:
    """The loans of a company that may owe ``least_ratio`` of their car's present value or more, in one statement.

    Of these, those whose prices fell by more than ``least_fall`` since they were disbursed, or whose car was appraised
    since. Whether they do is for ``domain.warnings`` to say, which computes exactly.
    """
    asked = _curves(residual_shares(), on)
    asked |= {"on": on, "entity": legal_entity_id, "ratio": least_ratio, "fall": least_fall}
    with connection.cursor() as cursor:
        cursor.execute(_SQL, asked)
        rows = cursor.fetchall()
    for (
        loan_id,
        department,
        owner,
        dealer,
        product,
        vehicle_class,
        energy,
        series,
        principal,
        disbursed_on,
        *car,
    ) in rows:
        scope = {
            "legal_entity_id": legal_entity_id,
            "department_id": department,
            "owner_id": owner,
            "dealer_id": dealer,
        }
        valuation = _valuation(*car)
        yield CarBehind(loan_id, scope, product, vehicle_class, energy, series, principal, disbursed_on, valuation)


def _curves(curves: ResidualShares | None, on: date) -> dict[str, Any]:
    shares = curves.shares if curves else []
    return {
        "made_on": curves.made_on if curves else on,
        "makes": [share.make for share in shares],
        "series": [share.series for share in shares],
        "middles": ["{" + ",".join(map(str, share.middles)) + "}" for share in shares],
        "own": [share.is_own for share in shares],
    }


def _valuation(
    basis: str,
    valued_on: date,
    price: int,
    guide_price: int,
    seen: int | None,
    share_then: Decimal | None,
    share_now: Decimal | None,
    *indexes: Decimal | None,
) -> Valuation:
    """By the curve a car is worth what cars of its age bring, but no more than it cost; else it ages by the curve."""
    if basis == ValueBasis.CURVE and share_now is not None:
        worth = Fen(min(price, round_fen(guide_price * share_now)))
        return Valuation(ValueBasis.CURVE, worth, valued_on, None, None, *indexes)
    return Valuation(ValueBasis(basis), Fen(seen or price), valued_on, share_then, share_now, *indexes)
