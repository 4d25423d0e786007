"""Rows through COPY are the rows that an insert would have made."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError

from axle.platform.bulk import rows_copy
from axle.platform.models import EodStepRun, Position

pytestmark = pytest.mark.django_db


def test_rows_are_stored_as_saved_ones():
    names = ["出纳\t甲", 'back\\slash "quoted"', "line\nbreak"]

    assert rows_copy(Position(code=f"P{no}", name=name) for no, name in enumerate(names)) == 3

    assert list(Position.objects.order_by("code").values_list("code", "name")) == [
        ("P0", names[0]), ("P1", names[1]), ("P2", names[2])
    ]  # fmt: skip


def test_dates_times_defaults_and_absent_values_are_stored():
    begun = datetime(2026, 3, 31, 16, 30, tzinfo=UTC)
    row = EodStepRun(business_on=date(2026, 3, 31), step="accrue", shard=0, shards=1, started_at=begun)

    rows_copy([row])

    stored = EodStepRun.objects.get()
    assert (stored.business_on, stored.started_at, stored.finished_at) == (date(2026, 3, 31), begun, None)
    assert (stored.rows, stored.error) == (0, "")


def test_nothing_to_store_is_nothing():
    assert rows_copy([]) == 0


def test_one_refused_row_refuses_all():
    Position.objects.create(code="P1", name="there before")

    with pytest.raises(IntegrityError):
        rows_copy([Position(code="P0", name="a"), Position(code="P1", name="b")])

    assert list(Position.objects.values_list("code", flat=True)) == ["P1"]
