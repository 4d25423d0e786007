"""End of day on books of ``size`` loans in force: from the book's business date through the end of that month.

Seconds are those of whole days with all steps, from the preparation of the closing to the last step. The floor is what
the same rows cost when the database reads them once, without any interest maths and without writing: rows that run with
their loans, rows that fall due, loans in force by where they stand, and rows in arrears. An ordinary day is the median
of the days that are not the last of the month. Before a day is closed, nineteen of twenty instalments that fall due on
it are paid by files of receipts, as a debit run does; how fast is told too. ``held`` is how long commands wait for
the roll of the date. On one more day two processes post receipts meanwhile, by the service, and their times are told.
``AXLE_BENCH_DAYS`` closes fewer days. The days stay closed: the next run goes on from there.
"""

import os
import resource
import statistics
import sys
import traceback
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, sleep
from typing import Any

import portfolio
from _files import file_post
from django.db import connection
from receipts import receipt_post

from axle.kernel.dates import month_end
from axle.kernel.money import Fen, yuan
from axle.platform.eod import ROLL
from axle.platform.public import StepDone, business_date, eod_run
from axle.servicing.models import Loan

FLOOR = (
    """
    SELECT loan.legal_entity_id, loan.product_code, count(*), sum(row.interest)
    FROM servicing_instalment AS row JOIN servicing_loan AS loan ON loan.id = row.loan_id
    WHERE row.starts_on <= %(on)s AND row.due_on > %(on)s AND row.interest > 0 GROUP BY 1, 2
    """,
    """
    SELECT loan.legal_entity_id, loan.product_code, count(*), sum(row.interest)
    FROM servicing_instalment AS row JOIN servicing_loan AS loan ON loan.id = row.loan_id
    WHERE row.due_on = %(on)s GROUP BY 1, 2
    """,
    """
    SELECT legal_entity_id, product_code, next_unpaid_due_on, count(*), sum(principal_balance)
    FROM servicing_loan WHERE state = 'in_force' GROUP BY 1, 2, 3
    """,
    """
    SELECT loan_id, count(*), sum(principal - principal_paid), sum(interest - interest_paid)
    FROM servicing_instalment WHERE settled_on IS NULL AND due_on < %(on)s GROUP BY 1
    """,
)


DUE = """
SELECT loan.loan_no, row.principal + row.interest + row.fee - row.principal_paid - row.interest_paid - row.fee_paid
FROM servicing_instalment AS row JOIN servicing_loan AS loan ON loan.id = row.loan_id
WHERE row.due_on = %s AND row.settled_on IS NULL AND loan.state = 'in_force' AND loan.carrying = 'performing'
    AND loan.next_unpaid_due_on = row.due_on AND loan.id %% 20 > 0 ORDER BY loan.id
"""
FILE_ROWS = 5000


def run(size: int = 100_000) -> dict[str, Any]:
    """Figures of an ordinary day, of the last day of the month, and of a day with receipts."""
    portfolio.run(size)
    first = business_date()
    last = min(month_end(first), first + timedelta(days=int(os.environ.get("AXLE_BENCH_DAYS", "31")) - 1))
    before = os.getloadavg()
    floors, days, paid, debits = list[float](), list[float](), list[int](), list[float]()
    steps, held = defaultdict[str, float](float), list[float]()
    for number in range((last - first).days + 1):
        on = first + timedelta(days=number)
        begun = perf_counter()
        paid.append(_debited(on))
        debits.append(perf_counter() - begun)
        floors.append(_floor(on))
        days.append(_day(on, steps, held))
        sys.stderr.write(f"{on}: {days[-1]:.1f} s, floor {floors[-1]:.1f} s, {paid[-1]} paid in {debits[-1]:.1f} s\n")
    ordinary = statistics.median(days[:-1] or days)
    active = Loan.objects.filter(state="in_force").count()
    return {
        "size": size,
        "active loans": active,
        "days": len(days),
        "ordinary_day_s": round(ordinary, 2),
        "last_day_s": round(days[-1], 2),
        "last_day": str(last),
        "ordinary_day_us_a_loan": round(ordinary / active * 1e6, 1),
        "floor_s": round(statistics.median(floors), 2),
        "ordinary_day_to_floor": round(ordinary / statistics.median(floors), 1),
        "instalments paid a day": round(statistics.median(paid)),
        "instalments paid a second": round(sum(paid) / sum(debits)),
        "held ms median": round(statistics.median(held) * 1000, 1),
        "held ms max": round(max(held) * 1000, 1),
        **_with_receipts(last + timedelta(days=1)),
        "seconds a day by step": {name: round(seconds / len(days), 3) for name, seconds in steps.items()},
        "peak memory mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "peak memory of a client mb": round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024),
        "load_average": {"before": before, "after": os.getloadavg()},
    }


def _debited(on: date) -> int:
    """Let most of what falls due on a day be paid; gives how many instalments."""
    with connection.cursor() as cursor:
        cursor.execute(DUE, [on])
        due = [(loan_no, yuan(Fen(amount))) for loan_no, amount in cursor.fetchall()]
    for first in range(0, len(due), FILE_ROWS):
        file_post(due[first : first + FILE_ROWS])
    return len(due)


def _with_receipts(on: date) -> dict[str, Any]:
    """Two clients post receipts from before the day is closed until after."""
    loans = list(Loan.objects.filter(state="in_force").order_by("?").values_list("loan_no", flat=True)[:20_000])
    with TemporaryDirectory() as folder:
        until = Path(folder) / "until"
        connection.close()
        clients = [_client(loans[half::2], Path(folder) / str(half), until) for half in (0, 1)]
        sleep(3)
        seconds = _day(on, defaultdict(float), held := list[float]())
        until.touch()
        for client in clients:
            os.waitpid(client, 0)
        times = [float(line) for half in (0, 1) for line in (Path(folder) / str(half)).read_text().split()]
    return {
        "with receipts: day s": round(seconds, 2),
        "with receipts: held ms": round(held[0] * 1000, 1),
        "receipts meanwhile": len(times),
        "receipts meanwhile: median ms": round(statistics.median(times) * 1000, 1),
        "receipts meanwhile: p99 ms": round(statistics.quantiles(times, n=100)[98] * 1000, 1),
        "receipts meanwhile: max ms": round(max(times) * 1000, 1),
    }


def _client(loans: Sequence[str], told: Path, until: Path) -> int:
    child = os.fork()
    if child:
        return child
    times, run_no = [], os.urandom(4).hex()
    try:
        for number, loan_no in enumerate(loans):
            begun = perf_counter()
            receipt_post(loan_no, f"E{run_no}{number}")
            times.append(perf_counter() - begun)
            if until.exists():
                break
        told.write_text("\n".join(map(str, times)))
        os._exit(0)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(1)


def _day(on: date, steps: dict[str, float], held: list[float]) -> float:
    def tell(done: StepDone) -> None:
        steps[done.step] += done.seconds
        if done.step == ROLL:
            held.append(done.seconds)

    begun = perf_counter()
    eod_run(until=on, tell=tell)
    return perf_counter() - begun


def _floor(on: date) -> float:
    begun = perf_counter()
    with connection.cursor() as cursor:
        for statement in FLOOR:
            cursor.execute(statement, {"on": on})
            cursor.fetchall()
    return perf_counter() - begun
