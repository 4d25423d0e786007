"""Many events at once leave exactly what the same events leave one by one."""

from datetime import date
from typing import Any

import pytest
from django.db import transaction

from axle.accounting.errors import AmountUnknown
from axle.accounting.handlers import money_event_post
from axle.accounting.models import Voucher
from axle.accounting.public import events_import
from axle.accounting.tests.factories import money_event
from axle.ledger.errors import EventNoReused
from axle.ledger.events import MoneyEvent
from axle.ledger.models import EntryLine, JournalEntry
from axle.platform.testing import make_entity

pytestmark = pytest.mark.usefixtures("verified")
APRIL = date(2026, 4, 12)
LINE = ("entry__event_no", "entry__kind", "entry__booked_on", "line_no", "account__code", "debit", "credit", "loan_no")
VOUCHER = ("entry__event_no", "entry__kind", "period", "flow", "rule__kind", "amounts")


def _events(entity_id: int, prefix: str = "") -> list[MoneyEvent]:
    parts = {"cash": "3179.97", "principal": "2429.97", "interest": "750.00"}
    return [
        money_event(entity_id, event_no=f"{prefix}E1"),
        money_event(entity_id, "interest_accrued", f"{prefix}E1", amounts={"interest": "750.00"}),
        money_event(entity_id, "receipt_posted", f"{prefix}E2", on=APRIL, amounts=parts),
        money_event(entity_id, "receipt_posted", f"{prefix}E2-R", on=APRIL, amounts=parts, reverses=f"{prefix}E2"),
        money_event(entity_id, "receipt_posted", f"{prefix}E3", on=APRIL, amounts=parts),
        money_event(entity_id, "fee_charged", f"{prefix}E4", amounts={"fee": "0.00"}),
        money_event(entity_id, event_no=f"{prefix}E1"),
    ]


def _rows(entity_id: int) -> tuple[list[Any], list[Any]]:
    lines = EntryLine.objects.filter(legal_entity_id=entity_id).order_by("entry__event_no", "entry__kind", "line_no")
    vouchers = Voucher.objects.filter(legal_entity_id=entity_id).order_by("entry__event_no", "entry__kind")
    return list(lines.values_list(*LINE)), list(vouchers.values_list(*VOUCHER))


def test_an_import_is_the_same_as_one_by_one(entity_id):
    assert events_import(_events(entity_id)) == 5
    imported = _rows(entity_id)
    other = make_entity("AXG", "车轴融资担保有限公司", "guarantee").pk
    for event in _events(other, "X"):
        money_event_post(event)
    one_by_one = [[(row[0].removeprefix("X"), *row[1:]) for row in rows] for rows in _rows(other)]
    assert list(imported) == one_by_one


def test_an_import_may_be_repeated(entity_id):
    events_import(_events(entity_id))
    before = _rows(entity_id)
    assert events_import(_events(entity_id)) == 0
    assert _rows(entity_id) == before


def test_entities_may_be_mixed(entity_id):
    other = make_entity("AXG", "车轴融资担保有限公司", "guarantee").pk
    events = [money_event(id_, event_no=f"E{id_}-{number}") for number in range(3) for id_ in (entity_id, other)]
    assert events_import(events) == 6
    entities = JournalEntry.objects.order_by("pk").values_list("legal_entity_id", flat=True)
    assert list(entities) == [entity_id, other] * 3


@pytest.mark.parametrize(
    ("last", "condition"),
    [({"amounts": {"gift": "1.00"}}, AmountUnknown), ({"amounts": {"principal": "1.00"}}, EventNoReused)],
)
def test_a_refused_import_leaves_nothing(entity_id, last, condition):
    with pytest.raises(condition), transaction.atomic():
        events_import([*_events(entity_id), money_event(entity_id, **last)])
    assert not JournalEntry.objects.exists()
    assert not Voucher.objects.exists()
