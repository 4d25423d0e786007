"""The tested institution, and origination's handlers connected as in production."""

from collections.abc import Iterator

import pytest

from axle.documents.events import DocumentRecognised
from axle.origination import handlers
from axle.origination.events import ContractDisbursed
from axle.origination.ports import EmptyLoanBook, loan_book_install
from axle.origination.tests.world import World, make_world
from axle.payments.events import PayoutFailed, PayoutSucceeded
from axle.platform.public import on
from axle.platform.testing import captured
from axle.workflow.events import ProcessCompleted, TaskCompleted


@pytest.fixture(autouse=True)
def connected() -> None:
    """Handlers as ``config.wiring`` connects them; connecting twice changes nothing."""
    on(TaskCompleted, handlers.on_task_completed, when="same_tx")
    on(ProcessCompleted, handlers.on_process_completed, when="same_tx")
    on(DocumentRecognised, handlers.on_document_recognised, when="same_tx")
    on(PayoutSucceeded, handlers.on_payout_succeeded, when="same_tx")
    on(PayoutFailed, handlers.on_payout_failed, when="same_tx")
    loan_book_install(EmptyLoanBook())


@pytest.fixture
def world(db: None) -> World:
    """The institution with its products, strategy, processes and dealer."""
    return make_world()


@pytest.fixture
def disbursed() -> Iterator[list[ContractDisbursed]]:
    """Loans that would begin, told to nobody else."""
    with captured(ContractDisbursed) as told:
        yield told
