"""Posting receipts: ``size`` of them one by one, registered and confirmed by two people, and as one file.

The book has 10,000 loans.

Two processes work at once, as two workers would, each on loans of its own. Seconds are those of the service, from the
call of ``receipt_register`` to the commit of ``receipt_confirm``; ``as commands`` adds permission, scope, idempotency
key and input. The file names each loan in turn with what its next instalment asks for, as of today; its seconds are
those of the jobs that enter its parts and then confirm them, by two processes at once.
"""

import os
import resource
import statistics
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import cache
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import portfolio
from _at_once import at_once
from _files import file_post
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from axle.kernel.money import Fen, yuan
from axle.platform.commands import command_execute
from axle.platform.public import Actor, acting, actor_named, business_date
from axle.servicing.models import Instalment, Loan
from axle.servicing.services.receipt_confirm import receipt_confirm
from axle.servicing.services.receipt_register import ReceiptData, receipt_register

BOOK = 10_000
COMMANDS = 1000


def run(size: int = 10_000) -> dict[str, Any]:
    """Receipts a second and the time of one, by two workers."""
    import axle.config.api  # noqa: F401 — declares the commands

    portfolio.run(BOOK)
    file = _as_a_file(size)
    # None of these ends meanwhile.
    far = Loan.objects.filter(state="in_force", matures_on__gt=business_date() + timedelta(days=366))
    loans = list(far.order_by("pk").values_list("loan_no", flat=True))
    figures = _measured(loans, size, receipt_post)
    commands = _measured(loans, min(size, COMMANDS), _commanded)
    with CaptureQueriesContext(connection) as queries:
        receipt_post(loans[0], f"Q{os.urandom(4).hex()}")
    return {
        "size": size,
        **figures,
        "goal a second": 300,
        "goal p99 ms": 50,
        "queries of a receipt": len(queries),
        **{f"as commands: {name}": value for name, value in commands.items()},
        **file,
        "as a file: goal a second": 5000,
        "peak memory mb": round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024),
        "load_average": os.getloadavg(),
    }


def _as_a_file(size: int) -> dict[str, Any]:
    """Enter and confirm a file of receipts."""
    posted = file_post(_money(size))
    return {
        "as a file: a second": round(size / posted.seconds, 1),
        "as a file: a second of entering": round(size / posted.entered, 1),
        "as a file: cpu seconds of the process": round(posted.busy, 1),
        "as a file: rows refused": posted.refused,
        "as a file: peak memory mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def _money(size: int) -> list[tuple[str, str]]:
    rows = Instalment.objects.filter(loan__state="in_force", loan__carrying="performing", settled_on=None)
    rows = rows.exclude(loan__events__on=business_date())
    due = dict(rows.order_by("loan_id", "-due_on").values_list("loan__loan_no", F("principal") + F("interest")))
    return [(loan_no, yuan(amount)) for loan_no, amount in islice(cycle(due.items()), size)]


@cache
def _people() -> tuple[Actor, Actor]:
    return actor_named("cashier"), actor_named("finance_manager")


def receipt_post(loan_no: str, serial: str) -> None:
    """Register and confirm a receipt of a loan."""
    cashier, finance = _people()
    data = ReceiptData(
        amount=Fen(123_456), value_on=business_date(), channel="transfer", bank_account_id=1, payer_name="张三",
        bank_serial=serial,
    )  # fmt: skip
    with acting(cashier, "receipt_register"):
        receipt = receipt_register(actor=cashier, data=data, loan_no=loan_no, legal_entity_id=1)
    with acting(finance, "receipt_confirm"):
        receipt_confirm(actor=finance, receipt_no=receipt.receipt_no)


def _commanded(loan_no: str, serial: str) -> None:
    said = {"loan_no": loan_no, "amount": "1234.56", "value_on": business_date().isoformat(), "bank_serial": serial}
    said |= {"channel": "transfer", "payer_name": "张三"}
    cashier, finance = _people()
    told = command_execute("receipt_register", said, actor=cashier, idempotency_key=f"{serial}/1")
    number = told.response["receipt_no"]
    command_execute("receipt_confirm", {"receipt_no": number}, actor=finance, idempotency_key=f"{serial}/2")


def _measured(loans: Sequence[str], size: int, act: Callable[[str, str], None]) -> dict[str, Any]:
    with TemporaryDirectory() as folder:
        begun = perf_counter()
        at_once(lambda half: _work(loans[half::2], size // 2, act, Path(folder) / str(half)))
        seconds = perf_counter() - begun
        times = [float(line) for half in (0, 1) for line in (Path(folder) / str(half)).read_text().split()]
    return {
        "a second": round(len(times) / seconds, 1),
        "median ms": round(statistics.median(times) * 1000, 1),
        "p99 ms": round(statistics.quantiles(times, n=100)[98] * 1000, 1),
        "max ms": round(max(times) * 1000, 1),
    }


def _work(loans: Sequence[str], count: int, act: Callable[[str, str], None], told: Path) -> None:
    run_no, times = os.urandom(4).hex(), []
    for number in range(count):
        begun = perf_counter()
        act(loans[number % len(loans)], f"B{run_no}{number}")
        times.append(perf_counter() - begun)
    told.write_text("\n".join(map(str, times)))
