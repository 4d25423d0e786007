"""What an act has left behind: states, balances and entries in the database, and every invariant."""

import time
from collections import defaultdict
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from django.apps import apps
from django.db import connection
from django.db.models import Sum
from django.utils import timezone

from axle.kernel.money import Fen, yuan
from axle.messaging.public import code_resend_seconds
from tests.journeys.conftest import invariants_broken

T = TypeVar("T")
_PATIENCE_SECONDS = 240.0
_LOOK_SECONDS = 0.1
_CLAIMS = ("1303.01", "1132.01", "1122.01", "2203.01")


def eventually(look: Callable[[], T], what: str) -> T:
    """Look again until there is something: other processes are at work."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not (found := look()):
        assert time.monotonic() < deadline, f"not within {_PATIENCE_SECONDS:g} s: {what}"
        time.sleep(_LOOK_SECONDS)
    return found


def row(model: str, **lookup: Any) -> Any:
    """The one row of a model."""
    return apps.get_model(model).objects.get(**lookup)


def application_is(application_no: str, state: str) -> None:
    """The application gets there, once the worker has done its part."""
    model = apps.get_model("origination.Application")
    eventually(
        lambda: model.objects.filter(application_no=application_no, state=state).exists(), f"application {state}"
    )


def contract_is(application_no: str, state: str) -> None:
    """The contract gets there, once it carries its time stamp."""
    found = apps.get_model("origination.Contract").objects.filter(application__application_no=application_no)
    eventually(lambda: found.filter(state=state).exists(), f"contract {state}")


def account_sums(loan_no: str, kind: str) -> list[dict[str, str]]:
    """What each entry of a kind did to the accounts for a loan: debits positive, credits negative, in yuan."""
    lines = apps.get_model("ledger.EntryLine").objects.filter(loan_no=loan_no, entry__kind=kind)
    entries: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for line in lines.select_related("account").order_by("entry_id", "line_no"):
        entries[line.entry_id][line.account.code] += line.debit - line.credit
    return [{code: yuan(Fen(sum_)) for code, sum_ in entry.items()} for entry in entries.values()]


def loans_of(vin: str) -> bool:
    """Whether a loan for this car has begun."""
    return bool(apps.get_model("servicing.Loan").objects.filter(vehicle__vin=vin).exists())


def claims_open() -> dict[str, str]:
    """What customers owe, or are owed, by the accounts of claims; interest is accrued by product, not by loan."""
    lines = apps.get_model("ledger.EntryLine").objects.filter(account__code__in=_CLAIMS)
    sums = lines.values_list("account__code").annotate(sum=Sum("debit") - Sum("credit"))
    return {code: yuan(Fen(int(owed))) for code, owed in sums if owed}


def books_clean() -> None:
    """Every invariant of ``./axle check`` holds."""
    assert invariants_broken() == []


def code_may_be_sent() -> None:
    """The last code to any phone is old enough for another one to be sent."""
    wait = timedelta(seconds=code_resend_seconds())
    last = apps.get_model("messaging.VerificationCode").objects.latest("sent_at").sent_at
    eventually(lambda: timezone.now() - last > wait, "another code may be sent")


def jobs_done() -> None:
    """The worker has done all its work, and nothing of it failed."""

    def counts() -> dict[str, int]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT status::text, count(*) FROM procrastinate_jobs WHERE scheduled_at IS NULL GROUP BY 1"
            )
            return dict(cursor.fetchall())

    eventually(lambda: not {"todo", "doing"} & counts().keys(), "all jobs done")
    assert counts().keys() <= {"succeeded"}, counts()
