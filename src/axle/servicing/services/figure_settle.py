"""The books carry some figures by company and product; they are told the difference to what they carried before."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from django.db import connection

from axle.servicing.models import GroupFigure

Group = tuple[int, str]
"""Company and product."""

_LAST = """
SELECT DISTINCT ON (legal_entity_id, product_code) legal_entity_id, product_code, amount
FROM servicing_groupfigure WHERE figure = %(figure)s AND business_on <= %(on)s
ORDER BY legal_entity_id, product_code, business_on DESC
"""


def figure_settle(figure: str, on: date, now: Mapping[Group, int]) -> dict[Group, int]:
    """Keep a figure of a closed date; gives what it changed by, for each group where it did, in fen."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST, {"figure": figure, "on": on})
        before = {(entity, product): amount for entity, product, amount in cursor.fetchall()}
    changed = [group for group in sorted(before.keys() | now.keys()) if now.get(group, 0) != before.get(group, 0)]
    figure_keep(figure, on, {group: now.get(group, 0) for group in changed})
    return {group: now.get(group, 0) - before.get(group, 0) for group in changed}


def figure_keep(figure: str, on: date, amounts: Mapping[Group, int]) -> None:
    """Keep a figure of a date for some groups, in fen."""
    GroupFigure.objects.bulk_create(
        GroupFigure(business_on=on, legal_entity_id=entity, product_code=product, figure=figure, amount=amount)
        for (entity, product), amount in amounts.items()
    )


def figure_totals(figure: str) -> Counter[int]:
    """What the books of each company carry of a figure now, in fen."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT legal_entity_id, sum(amount)::bigint FROM ({_LAST}) AS last GROUP BY 1",
            {"figure": figure, "on": date.max},
        )
        return Counter(dict(cursor.fetchall()))
