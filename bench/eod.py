"""End of day on books of ``size`` loans: from the book's business date through the end of that month.

Seconds are those of whole days with all steps, from the roll of the date to the snapshot. The floor is what the same
rows cost when the database reads them once: the running rows with their loans, summed up without any interest maths.
An ordinary day is the median of the days that are not the last of the month. The days stay closed: the next run closes
the next month.
"""

import os
import statistics
from collections import defaultdict
from datetime import date, timedelta
from time import perf_counter
from typing import Any

import portfolio
from django.db import connection

from axle.kernel.dates import month_end
from axle.platform.public import business_date, eod_run
from axle.servicing.models import Loan

FLOOR = """
SELECT loan.legal_entity_id, loan.product_code, count(*), sum(row.interest)
FROM servicing_instalment AS row JOIN servicing_loan AS loan ON loan.id = row.loan_id
WHERE row.starts_on <= %(on)s AND row.due_on > %(on)s AND row.interest > 0 GROUP BY 1, 2
"""


def run(size: int = 100_000) -> dict[str, Any]:
    """Figures of an ordinary day and of the last day of the month."""
    portfolio.run(size)
    first, last = business_date(), month_end(business_date())
    before = os.getloadavg()
    floors, days, steps = [], [], defaultdict[str, float](float)
    for number in range((last - first).days + 1):
        on = first + timedelta(days=number)
        floors.append(_floor(on))
        days.append(_day(on, steps))
    ordinary = statistics.median(days[:-1] or days)
    active = Loan.objects.filter(state="in_force").count()
    return {
        "size": size,
        "active loans": active,
        "days": len(days),
        "ordinary_day_s": round(ordinary, 2),
        "month_end_s": round(days[-1], 2),
        "ordinary_day_us_a_loan": round(ordinary / active * 1e6, 1),
        "floor_s": round(statistics.median(floors), 2),
        "ordinary_day_to_floor": round(ordinary / statistics.median(floors), 1),
        "seconds a day by step": {name: round(seconds / len(days), 3) for name, seconds in steps.items()},
        "load_average": {"before": before, "after": os.getloadavg()},
    }


def _day(on: date, steps: dict[str, float]) -> float:
    begun = perf_counter()
    eod_run(until=on, tell=lambda done: steps.__setitem__(done.step, steps[done.step] + done.seconds))
    return perf_counter() - begun


def _floor(on: date) -> float:
    begun = perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(FLOOR, {"on": on})
        cursor.fetchall()
    return perf_counter() - begun
