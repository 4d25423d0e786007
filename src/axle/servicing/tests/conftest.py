"""Servicing is tested alone: what it tells the books is collected, not posted."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from axle.documents.signing.authorities import local_authority
from axle.ledger.events import MoneyEvent
from axle.platform.public import STEPS, business_date_set, eod_steps
from axle.platform.testing import captured
from axle.servicing import eod
from axle.servicing.models import Loan
from axle.servicing.tests.acts import paid_up_loan
from axle.servicing.tests.factories import START


@pytest.fixture(autouse=True)
def books(db: None) -> Iterator[list[MoneyEvent]]:
    """The money events told so far, oldest first."""
    business_date_set(START)
    with captured(MoneyEvent) as seen:
        yield seen


@pytest.fixture
def only_servicing_steps() -> Iterator[None]:
    """The end of day without the steps of other contexts."""
    kept = list(STEPS)
    eod_steps(eod.STEPS)
    yield
    eod_steps(kept)


@pytest.fixture
def loan(books: list[MoneyEvent], only_servicing_steps: None) -> Loan:
    """Six weeks old, its first instalment paid."""
    return paid_up_loan(books)


@pytest.fixture(scope="session")
def authority_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keys of the test authority, made once."""
    return tmp_path_factory.mktemp("var")


@pytest.fixture
def signing(authority_folder: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Papers are rendered and signed under a test authority of their own."""
    monkeypatch.setenv("AXLE_FONTS", str(Path(settings.AXLE_VAR) / "fonts"))
    settings.AXLE_VAR = authority_folder
    local_authority.cache_clear()
    yield
    local_authority.cache_clear()
