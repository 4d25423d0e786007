"""Rows through COPY are the rows that an insert would have made."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from axle.platform.bulk import constraints_check, keys_take, rows_copy, rows_copy_alike
from axle.platform.models import Department, DictionaryItem, EodStepRun, Position

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


def test_rows_whose_keys_were_taken_keep_them_and_are_stored():
    first, second = keys_take(Department, 2)
    rows = [Department(id=key, name=f"D{key}", path=f"{key}/") for key in (first, second)]
    assert rows_copy(rows) == 2
    assert list(Department.objects.filter(name__startswith="D").order_by("pk").values_list("pk", flat=True)) == [
        first,
        second,
    ]
    rows[0].name = "改名"
    rows[0].save()
    assert Department.objects.get(pk=first).name == "改名"


def test_rows_that_are_alike_are_the_rows_that_they_would_be_by_themselves():
    begun = datetime(2026, 3, 31, 16, 30, tzinfo=UTC)
    like = EodStepRun(business_on=date(2026, 3, 31), step="accrue", shards=2, started_at=begun, error="x")
    own = [(0, None, "a\tb"), (1, begun, "")]
    assert rows_copy_alike(like, ("shard", "finished_at", "error"), own) == 2
    stored = EodStepRun.objects.order_by("shard")
    assert list(stored.values_list("shard", "finished_at", "error")) == own
    assert set(stored.values_list("step", "shards", "started_at", "rows")) == {("accrue", 2, begun, 0)}


def test_keys_never_repeat():
    taken = [*keys_take(Department, 3), *keys_take(Department, 3)]
    assert len(set(taken)) == 6
    assert keys_take(Department, 0) == []


def test_a_broken_foreign_key_is_found_before_the_end_and_nothing_is_kept():
    with pytest.raises(IntegrityError):
        _item_of_no_dictionary()
    assert not DictionaryItem.objects.filter(code="nowhere").exists()


@transaction.atomic
def _item_of_no_dictionary():
    rows_copy([DictionaryItem(dictionary_id=-1, code="nowhere", name="a", valid_from=date(2026, 1, 1))])
    constraints_check()
