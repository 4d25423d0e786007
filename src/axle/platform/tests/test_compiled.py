"""Queries that are put together once: they answer as the ORM does."""

from datetime import date

import pytest
from django.core.exceptions import FieldError

from axle.platform.models import LegalEntity, ParameterValue
from axle.platform.public import Compiled
from axle.platform.testing import make_entity

pytestmark = pytest.mark.django_db


def value(code: str, since: date, entity_id: int | None = None) -> ParameterValue:
    return ParameterValue.objects.create(
        code=code, value={"of": code}, effective_from=since, legal_entity_id=entity_id, note="", set_by="tester"
    )


def in_force(code, on):
    return ParameterValue.objects.filter(code=code, effective_from__lte=on, legal_entity=None).order_by("-pk")


def test_rows_are_those_of_the_orm_whatever_is_asked_for():
    old, new = value("a", date(2026, 1, 1)), value("a", date(2026, 6, 1))
    value("b", date(2026, 1, 1))
    asked = Compiled(in_force)

    assert asked.rows("a", date(2026, 5, 31)) == [old]
    assert asked.rows("a", date(2026, 6, 1)) == [new, old] == list(in_force("a", date(2026, 6, 1)))
    assert asked.rows("c", date(2026, 6, 1)) == []
    first = asked.first("a", date(2026, 6, 1))
    assert (first.pk, first.value, first.effective_from) == (new.pk, {"of": "a"}, date(2026, 6, 1))
    assert asked.first("c", date(2026, 6, 1)) is None
    assert not first.get_deferred_fields()


def test_a_row_can_be_changed_and_saved():
    entity = make_entity()
    row = Compiled(lambda key: LegalEntity.objects.filter(pk=key)).first(entity.pk)
    row.name = "新名汽车金融有限公司"
    row.save(update_fields=["name"])
    assert LegalEntity.objects.get().name == "新名汽车金融有限公司"


def test_what_is_selected_beside_costs_no_further_query(django_assert_num_queries):
    entity = make_entity()
    value("a", date(2026, 1, 1), entity.pk)
    asked = Compiled(lambda key: ParameterValue.objects.select_related("legal_entity").filter(legal_entity=key))
    with django_assert_num_queries(1):
        assert asked.first(entity.pk).legal_entity.name == entity.name


def test_columns_come_as_tuples():
    row = value("a", date(2026, 1, 1))
    asked = Compiled(lambda code: ParameterValue.objects.filter(code=code).values_list("pk", "value"))
    assert asked.rows("a") == [(row.pk, {"of": "a"})]


def test_a_query_that_depends_on_its_values_is_refused():
    def odd(key):
        return ParameterValue.objects.filter(pk=key) if key % 24 < 12 else ParameterValue.objects.filter(pk__gt=key)

    with pytest.raises(TypeError):
        Compiled(odd).rows(1)


def test_a_value_of_another_kind_is_refused():
    with pytest.raises(TypeError):
        Compiled(lambda on: ParameterValue.objects.filter(effective_from=on)).rows(None)
    with pytest.raises(FieldError):
        Compiled(lambda key: ParameterValue.objects.filter(nothing=key)).rows(1)
