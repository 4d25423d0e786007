"""Servicing is tested alone: what it tells the books is collected, not posted."""

from collections.abc import Iterator

import pytest

from axle.ledger.events import MoneyEvent
from axle.platform.public import business_date_set
from axle.platform.testing import captured
from axle.servicing.tests.factories import START


@pytest.fixture(autouse=True)
def books(db: None) -> Iterator[list[MoneyEvent]]:
    """The money events told so far, oldest first."""
    business_date_set(START)
    with captured(MoneyEvent) as seen:
        yield seen
