"""Thirty-two clients at the same few loans at once: every answer is a result or a refusal, and afterwards everything
that must hold of the books holds. In long runs (``AXLE_EXAMPLES``) at fifty loans, and with more to do."""

import os
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from axle.accounting.public import vouchers_number
from axle.platform.public import actor_named, business_date, eod_run, run_invariants
from axle.platform.testing import forget_jobs
from axle.servicing.models import Loan, LoanEvent, Posting, ReceiptFile
from axle.servicing.public import loans_paid_up
from axle.servicing.services import receipt_file_confirm, receipt_file_read
from tests.journeys.book import book_load
from tests.journeys.receipt_file import file_posted
from tests.journeys.storm import REFUSALS, Storm, storm_over

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

TIMES = int(os.environ.get("AXLE_EXAMPLES", "1"))
CLIENTS, ACTS = 32, 12 * TIMES
LOANS, BOOK = (4, 24) if TIMES == 1 else (50, 300)


@pytest.fixture(autouse=True)
def leave_no_jobs(transactional_db: None) -> Iterator[None]:
    """What was queued must not be met by the tests that come after."""
    yield
    forget_jobs()


def same_loans() -> list[str]:
    """The loans that everybody wants."""
    book_load(loans=BOOK)
    return loans_paid_up(actor_named("account_manager"), LOANS)


def sound(storm: Storm) -> None:
    """Nobody was told of an error, and nothing is lost, doubled or below zero."""
    codes = {line.split(": ")[1] for line in storm.told}
    assert codes <= REFUSALS | {"done"}, storm.told
    done = {line.split(": ")[0] for line in storm.told if line.endswith(": done")}
    assert done >= {"receipt_register", "receipt_confirm", "fee_charge", "payoff_quote_create", "loan_change_approve"}
    vouchers_number()
    assert [result for result in run_invariants() if result.failures] == []
    assert not Loan.objects.filter(loan_no__in=storm.loans, unapplied__lt=0).exists()
    assert not Loan.objects.filter(loan_no__in=storm.loans, principal_balance__lt=0).exists()
    assert Posting.objects.filter(loan__loan_no__in=storm.loans, kind="receipt_posted", is_reversed=False).exists()


def test_many_at_the_same_loans(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """While a file of receipts of these loans is entered and confirmed, two workers at its parts at once."""
    settings.EOD_WORKERS = 2
    for module in (receipt_file_read, receipt_file_confirm):
        monkeypatch.setattr(module, "STRETCH", 4)
    loans, ended = same_loans(), list[ReceiptFile]()
    sound(storm_over(loans, clients=CLIENTS, acts=ACTS, meanwhile=lambda: ended.append(file_posted(loans * 4))))
    (file,) = ended
    assert (file.state, file.rows, file.parts.count()) == ("confirmed", len(loans) * 4, 2)
    kept = file.lines.filter(problem="none").values_list("receipt__state", flat=True)
    assert set(kept) <= {"confirmed", "reversed", "rejected"}, "none was left behind"
    events = LoanEvent.objects.filter(event_no__in=file.lines.values("receipt__receipt_no"))
    assert events.count() == sum(state != "rejected" for state in kept), "none counts twice, and none is lost"


def test_many_at_the_same_loans_while_days_end() -> None:
    loans, last = same_loans(), business_date() + timedelta(days=6 * TIMES)
    storm = storm_over(loans, clients=CLIENTS // 2, acts=ACTS, meanwhile=lambda: eod_run(until=last))
    assert business_date() == last + timedelta(days=1)
    sound(storm)
