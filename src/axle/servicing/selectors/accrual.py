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

_THIRTY = "(extract(year FROM {on}) * 360 + extract(month FROM {on}) * 30 + least(extract(day FROM {on}), 30))::int"
_LEAP = "extract(day FROM make_date(y, 3, 1) - 1) = 29"
_ACTUAL_ACTUAL = f"""(
    SELECT y * 365 * 366 + ({{on}} - make_date(y - 1, 12, 31)) * CASE WHEN {_LEAP} THEN 365 ELSE 366 END
    FROM (SELECT extract(year FROM {{on}} + 1)::int AS y) AS of_year
)"""
"""Where a date lies on a scale on which every year, from 31 December to 31 December, is 365 x 366 long."""

RUNNING_ROWS = """
    SELECT loan.legal_entity_id, loan.product_code, loan.carrying, loan.terms ->> 'day_count' AS day_count,
           loan.exact_scale AS scale, row.starts_on, row.due_on, row.days, row.interest, row.exact, row.carried
    FROM servicing_instalment AS row JOIN servicing_loan AS loan ON loan.id = row.loan_id
"""


def _passed(start: str, on: str) -> str:
    return f"""CASE day_count
        WHEN '30/360' THEN {_THIRTY.format(on=on)} - {_THIRTY.format(on=start)}
        WHEN 'actual/actual' THEN {_ACTUAL_ACTUAL.format(on=on)} - {_ACTUAL_ACTUAL.format(on=start)}
        ELSE {on} - {start} END"""


def earned(on: str) -> str:
    whole = f"CASE day_count WHEN 'actual/actual' THEN {_passed('starts_on', 'due_on')} ELSE days END"
    return f"""CASE
        WHEN {on} >= due_on THEN interest
        WHEN {on} <= starts_on OR exact = 0 THEN carried
        ELSE least(interest, carried + (
            SELECT div(2 * exact * least(passed, whole) + scale * whole, 2 * scale * whole)
            FROM (SELECT {_passed("starts_on", on)} AS passed, {whole} AS whole) AS part
        )) END"""


INTEREST_OF_DAY = f"""
SELECT legal_entity_id, product_code, count(*) AS rows,
       sum(earned) FILTER (WHERE carrying = '{PERFORMING}') AS interest,
       sum(earned) FILTER (WHERE carrying = '{NON_ACCRUAL}') AS memo_interest
FROM (
    SELECT *, {earned("%(next)s::date")} - {earned("%(on)s::date")} AS earned
    FROM ({RUNNING_ROWS}
        WHERE row.starts_on <= %(on)s AND row.due_on > %(on)s AND row.interest > 0
          AND loan.carrying IN {IN_BOOKS} AND {{which}}
    ) AS running
) AS day
GROUP BY legal_entity_id, product_code ORDER BY legal_entity_id, product_code
"""
"""Which loans is to be filled in: a condition on ``loan``."""
_NOT_DUE = f"""
SELECT coalesce(sum({earned("%(on)s::date")}), 0)
FROM ({RUNNING_ROWS}
    WHERE row.due_on > %(on)s AND (row.starts_on < %(on)s OR row.carried > 0) AND row.interest > 0
      AND loan.legal_entity_id = %(legal_entity_id)s AND loan.carrying = %(carrying)s
) AS running
"""


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
            for entity, product, rows, amount, off_balance in cursor.fetchall()
        ]


def interest_not_due(legal_entity_id: int, on: date, *, carrying: str = PERFORMING) -> Fen:
    """What a company's loans have earned to a date, the date itself not counted, on rows that fall due after it."""
    with connection.cursor() as cursor:
        cursor.execute(_NOT_DUE, {"on": on, "legal_entity_id": legal_entity_id, "carrying": carrying})
        return Fen(int(cursor.fetchone()[0]))


_OF_LOANS = f"""
SELECT loan_id, sum({earned("%(on)s::date")})
FROM ({RUNNING_ROWS.replace("SELECT loan.legal", "SELECT loan.id AS loan_id, loan.legal")}
    WHERE row.loan_id = ANY(%(loan_ids)s) AND (row.due_on <= %(on)s OR row.starts_on < %(on)s OR row.carried > 0)
) AS running
GROUP BY loan_id
"""


def interest_earned_of(loan_ids: Sequence[int], on: date) -> dict[int, Fen]:
    """What each of some loans has earned to a date, the date itself not counted, due or not."""
    with connection.cursor() as cursor:
        cursor.execute(_OF_LOANS, {"on": on, "loan_ids": list(loan_ids)})
        return {loan_id: Fen(int(amount)) for loan_id, amount in cursor.fetchall()}
