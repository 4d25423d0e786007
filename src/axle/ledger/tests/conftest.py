"""What the ledger's tests stand on."""

from collections.abc import Iterator

import pytest
from django.db import connection

from axle.ledger.tests.factories import load_chart
from axle.platform.testing import make_entity


@pytest.fixture
def entity_id(db: None) -> int:
    """A legal entity with a small shared chart."""
    load_chart()
    return make_entity().pk


@pytest.fixture
def verified(db: None) -> Iterator[None]:
    """Whatever the test has written passes the deferred checks, as at commit."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
