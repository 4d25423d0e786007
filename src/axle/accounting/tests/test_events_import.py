"""Many events at once leave exactly what the same events leave one by one."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from axle.accounting.errors import AmountUnknown, OriginalNotPosted
from axle.accounting.handlers import money_event_post, money_events_post
from axle.accounting.models import Voucher
from axle.accounting.public import events_import
from axle.accounting.tests.factories import money_event
from axle.ledger.errors import EntryAlreadyReversed, EventNoReused
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


def _reversals(entity_id: int, prefix: str = "") -> list[MoneyEvent]:
    """Some facts, then all of them taken back and told anew, one of them as a part of a sum."""
    parts = {"cash": "3179.97", "principal": "2429.97", "interest": "750.00"}
    told = [money_event(entity_id, "receipt_posted", f"{prefix}T{n}", on=APRIL, amounts=parts) for n in range(4)]
    back = [replace(event, event_no=f"{event.event_no}-R", reverses=event.event_no) for event in told]
    back[1] = replace(back[1], reverses=None, part_of=told[1].event_no)
    back[2] = replace(back[2], amounts={})
    return [*told, *back, *(replace(event, event_no=f"{event.event_no}/2") for event in told)]


def _rows(entity_id: int) -> tuple[list[Any], list[Any]]:
    lines = EntryLine.objects.filter(legal_entity_id=entity_id).order_by("entry__event_no", "entry__kind", "line_no")
    vouchers = Voucher.objects.filter(legal_entity_id=entity_id).order_by("entry__event_no", "entry__kind")
    return list(lines.values_list(*LINE)), list(vouchers.values_list(*VOUCHER))


@pytest.mark.parametrize(("events", "new"), [(_events, 5), (_reversals, 12)])
def test_an_import_is_the_same_as_one_by_one(entity_id, events, new):
    assert events_import(events(entity_id)) == new
    imported = _rows(entity_id)
    other = make_entity("AXG", "车轴融资担保有限公司", "guarantee").pk
    for event in events(other, "X"):
        money_event_post(event)
    one_by_one = [[(row[0].removeprefix("X"), *row[1:]) for row in rows] for rows in _rows(other)]
    assert list(imported) == one_by_one


def test_an_import_may_be_repeated(entity_id):
    events_import(_events(entity_id))
    before = _rows(entity_id)
    assert events_import(_events(entity_id)) == 0
    assert _rows(entity_id) == before


def test_many_reversals_ask_as_much_as_one(entity_id):
    told = _reversals(entity_id)
    events_import(told[:4])
    money_events_post([replace(told[4], event_no="warm", reverses="T0"), told[8]])
    counts = []
    for events in (
        [told[7]],
        [replace(told[6], amounts=told[7].amounts), replace(told[6], event_no="T9", reverses="T0/2")],
    ):
        with CaptureQueriesContext(connection) as queries:
            money_events_post(events)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_second_reversal_is_refused_and_nothing_of_its_batch_stays(entity_id):
    told = _reversals(entity_id)
    events_import(told[:4])
    money_events_post([told[4]])
    before = _rows(entity_id)
    with pytest.raises(EntryAlreadyReversed), transaction.atomic():
        money_events_post([told[7], replace(told[4], event_no="again")])
    with pytest.raises(OriginalNotPosted), transaction.atomic():
        money_events_post([told[7], replace(told[4], reverses="nobody")])
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
