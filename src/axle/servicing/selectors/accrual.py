"""Accrued interest from the stored rows, in one statement: the engine's ``row_accrued`` in the words of the database.

A row has earned ``carried`` on the day it starts, then ``exact / exact_scale`` in proportion to the days passed, half
up, and all its ``interest`` on its due date. Days are those of the loan's day count.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from django.db import connection

from axle.kernel.money import Fen
from axle.servicing.domain.carrying import IN_BOOKS, NON_ACCRUAL, PERFORMING
from axle.servicing.models import MONTH_DAYS

_THIRTY = """(date_part('year', {on}) * 360 + date_part('month', {on}) * 30 + least(date_part('day', {on}), 30))::int"""
_YEAR = "date_part('year', {on} + 1)::int"
_LEAP = f"date_part('day', make_date({_YEAR}, 3, 1) - 1) = 29"
_ACTUAL_ACTUAL = (
    f"""({_YEAR} * 365 * 366 + ({{on}} - make_date({_YEAR} - 1, 12, 31)) * CASE WHEN {_LEAP} THEN 365 ELSE 366 END)"""
)
"""Where a date lies on a scale on which every year, from 31 December to 31 December, is 365 x 366 long."""
_EXACT, _SCALE, _WHOLE = 10**13, 10**12, 4 * 10**5
"""Below these an amount is computed in integers of eight bytes, which do not overflow then, in a third of the time."""

_ROW = "loan_id, starts_on, due_on, days, interest, exact, carried"
RUNNING = f"""
    SELECT {_ROW} FROM servicing_instalment
    WHERE starts_on <= %(on)s AND starts_on > %(on)s - {MONTH_DAYS} AND due_on > %(on)s AND interest > 0
    UNION ALL
    SELECT {_ROW} FROM servicing_instalment
    WHERE due_on > starts_on + {MONTH_DAYS} AND due_on > %(on)s AND starts_on <= %(on)s - {MONTH_DAYS} AND interest > 0
"""
"""Rows that run on a day: those of up to a month by where they start, the few longer ones by their own index."""
_CARRYING_ON = f"""
    SELECT {_ROW} FROM servicing_instalment WHERE carried > 0 AND starts_on > %(on)s AND interest > 0
"""
"""Rows that have not begun and hold already what was earned before them."""
OF_LOAN = """
    SELECT loan.legal_entity_id, loan.product_code, loan.carrying, loan.day_count, loan.exact_scale AS scale,
           loan.id AS loan_id, row.starts_on, row.due_on, row.days, row.interest, row.exact, row.carried
"""


def _passed(start: str, on: str) -> str:
    return f"""CASE day_count
        WHEN '30/360' THEN {_THIRTY.format(on=on)} - {_THIRTY.format(on=start)}
        WHEN 'actual/actual' THEN {_ACTUAL_ACTUAL.format(on=on)} - {_ACTUAL_ACTUAL.format(on=start)}
        ELSE {on} - {start} END"""


def earned(on: str) -> str:
    """Without a subquery, so that several processes compute it: sum it once only, for it is computed at each place."""
    whole = f"CASE day_count WHEN 'actual/actual' THEN {_passed('starts_on', 'due_on')} ELSE days END"
    passed = f"least({_passed('starts_on', on)}, {whole})"
    is_short = f"abs(exact) < {_EXACT} AND scale < {_SCALE} AND {whole} < {_WHOLE}"
    short = f"(2 * exact::bigint * {passed} + scale::bigint * {whole}) / (2 * scale::bigint * {whole})"
    long = f"div(2 * exact * {passed} + scale * {whole}, 2 * scale * {whole})::bigint"
    return f"""CASE
        WHEN {on} >= due_on THEN interest
        WHEN {on} <= starts_on OR exact = 0 THEN carried
        ELSE least(interest, carried + CASE WHEN {is_short} THEN {short} ELSE {long} END) END"""


def _by_carrying(name: str, amount: str) -> str:
    """The amount of performing loans under a name, and that of non-accrual loans."""
    return f"""sum({amount}) FILTER (WHERE carrying = '{PERFORMING}') AS {name},
        sum({amount}) FILTER (WHERE carrying = '{NON_ACCRUAL}') AS memo_{name}"""


_RUNNING_OF_LOANS = f"""({OF_LOAN} FROM ({RUNNING} UNION ALL {_CARRYING_ON}) AS row
    JOIN servicing_loan AS loan ON loan.id = row.loan_id
    WHERE loan.carrying IN {IN_BOOKS} AND {{which}}) AS running"""
INTEREST_OF_DAY = f"""
SELECT legal_entity_id, product_code, sum(rows)::bigint AS rows, {_by_carrying("interest", "after - before")},
    {_by_carrying("not_due", "after - due")}
FROM (
    SELECT legal_entity_id, product_code, carrying, count(*) FILTER (WHERE starts_on <= %(on)s) AS rows,
        sum({earned("%(next)s::date")}) AS after, sum({earned("%(on)s::date")}) AS before,
        coalesce(sum(interest) FILTER (WHERE due_on <= %(next)s), 0) AS due
    FROM {_RUNNING_OF_LOANS} GROUP BY legal_entity_id, product_code, carrying
) AS day
GROUP BY legal_entity_id, product_code ORDER BY legal_entity_id, product_code
"""
"""What runs on a day, and what has run to its end and is not due. A condition on ``loan`` is to be filled in."""
INTEREST_NOT_DUE = f"""
SELECT legal_entity_id, product_code, sum(rows)::bigint AS rows, {_by_carrying("not_due", "earned")}
FROM (
    SELECT legal_entity_id, product_code, carrying, count(*) AS rows, sum({earned("%(on)s::date")}) AS earned
    FROM {_RUNNING_OF_LOANS} GROUP BY legal_entity_id, product_code, carrying
) AS day
GROUP BY legal_entity_id, product_code
"""
"""What has run to the beginning of a day and is not due on it."""


class DayInterest(NamedTuple):
    """Interest that runs on one day for a company and a product, in fen, and the number of rows it comes from.

    ``amount`` is of performing loans, ``off_balance`` of those that are non-accrual.
    """

    legal_entity_id: int
    product_code: str
    rows: int
    amount: int
    off_balance: int


def interest_of_day(on: date) -> list[DayInterest]:
    """What the rows of loans in our books that run on a day earn from its beginning to its end."""
    with connection.cursor() as cursor:
        cursor.execute(INTEREST_OF_DAY.format(which="true"), {"on": on, "next": on + timedelta(days=1)})
        return [
            DayInterest(entity, product, rows, int(amount or 0), int(off_balance or 0))
            for entity, product, rows, amount, off_balance, *_not_due in cursor.fetchall()
            if rows
        ]


def interest_not_due(legal_entity_id: int, on: date, *, carrying: str = PERFORMING) -> Fen:
    """What a company's loans have earned to a date, the date itself not counted, on rows that fall due after it."""
    which = INTEREST_NOT_DUE.format(which="loan.legal_entity_id = %(entity)s")
    name = {PERFORMING: "not_due", NON_ACCRUAL: "memo_not_due"}[carrying]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT coalesce(sum({name}), 0) FROM ({which}) AS sums", {"on": on, "entity": legal_entity_id})
        return Fen(int(cursor.fetchone()[0]))


_OF_LOANS = f"""
SELECT loan_id, sum({earned("%(on)s::date")})
FROM ({OF_LOAN} FROM servicing_instalment AS row JOIN servicing_loan AS loan ON loan.id = row.loan_id
    WHERE row.loan_id = ANY(%(loan_ids)s) AND (row.due_on <= %(on)s OR row.starts_on < %(on)s OR row.carried > 0)
) AS running
GROUP BY loan_id
"""


def interest_earned_of(loan_ids: Sequence[int], on: date) -> dict[int, Fen]:
    """What each of some loans has earned to a date, the date itself not counted, due or not."""
    with connection.cursor() as cursor:
        cursor.execute(_OF_LOANS, {"on": on, "loan_ids": list(loan_ids)})
        return {loan_id: Fen(int(amount)) for loan_id, amount in cursor.fetchall()}
