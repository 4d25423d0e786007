"""What accounting's tests stand on."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection, transaction

from axle.accounting import controls
from axle.accounting.public import books_prepare
from axle.platform.testing import kept_rows, make_actor, make_entity


@pytest.fixture
def entity_id(db: None) -> int:
    """A legal entity with the standard chart and the standard rules in force since 2020."""

    def books() -> int:
        entity = make_entity()
        with transaction.atomic():
            books_prepare(actor=make_actor(name="会计"), effective_from=date(2020, 1, 1))
        return entity.pk

    return kept_rows("standard books", books)


@pytest.fixture
def own_controls(monkeypatch: pytest.MonkeyPatch) -> None:
    """No controls but those that the test registers."""
    monkeypatch.setattr(controls, "_CONTROLS", {})
    monkeypatch.setattr(controls, "_CASH", {})


@pytest.fixture
def verified(db: None) -> Iterator[None]:
    """Whatever the test has written passes the deferred checks, as at commit."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
