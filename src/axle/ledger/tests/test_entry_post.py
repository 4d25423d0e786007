"""Posting entries: rows written once, exactly, and refusals that leave nothing."""

from datetime import date

import pytest

from axle.kernel.errors import AxleError
from axle.ledger.errors import (
    AccountNotPostable,
    AccountUnknown,
    EntryAlreadyReversed,
    EntryUnbalanced,
    EntryUnknown,
    EventNoReused,
)
from axle.ledger.models import AccountMovement, EntryLine, JournalEntry
from axle.ledger.public import entries_about, entry_get, entry_of_event, entry_post, entry_reverse
from axle.ledger.services.account_save import AccountDraft, account_create, account_update
from axle.ledger.tests.factories import credit, debit, draft, fen, loan_draft
from axle.platform.public import Subject
from axle.platform.testing import make_entity

pytestmark = pytest.mark.usefixtures("verified")


def _reverse(entry_no: str, event_no: str = "E1-R", on: date = date(2026, 3, 20)):
    return entry_reverse(
        entry_no=entry_no,
        event_no=event_no,
        value_on=on,
        summary="红冲",
        source=Subject("loan", 7),
    )


def test_an_entry_and_its_lines_are_written(entity_id):
    posted = entry_post(loan_draft(entity_id))
    view = entry_get(posted.entry_no)
    assert posted.is_new
    assert posted.entry_no.startswith("JE")
    assert (view.amount, view.period, view.kind, view.event_no) == (fen("100000.00"), 202603, "loan_disbursed", "E1")
    assert [(line.account, line.debit, line.credit) for line in view.lines] == [
        ("1303.01", fen("100000.00"), 0),
        ("1002", 0, fen("100000.00")),
    ]
    assert view.lines[0].dimensions == {"loan_no": "L1"}
    assert EntryLine.objects.filter(loan_no="L1").count() == 2
    assert [entry.entry_no for entry in entries_about(Subject("loan", 7))] == [posted.entry_no]


def test_the_same_fact_is_posted_once(entity_id):
    first, second = entry_post(loan_draft(entity_id)), entry_post(loan_draft(entity_id))
    assert (first.entry_no, second.is_new) == (second.entry_no, False)
    assert JournalEntry.objects.count() == 1
    assert EntryLine.objects.count() == 2


def test_one_fact_may_have_entries_of_several_kinds(entity_id):
    entry_post(loan_draft(entity_id))
    lines = debit("1002", "1.00"), credit("6011", "1.00")
    assert entry_post(draft(entity_id, *lines, kind="fee_charged")).is_new


def test_a_fact_with_other_amounts_is_refused(entity_id):
    entry_post(loan_draft(entity_id))
    with pytest.raises(EventNoReused):
        entry_post(loan_draft(entity_id, "99999.99"))
    assert EntryLine.objects.count() == 2


@pytest.mark.parametrize(
    ("account", "condition"), [("1303", AccountNotPostable), ("9999", AccountUnknown), ("", AccountUnknown)]
)
def test_only_known_leaves_take_lines(entity_id, account, condition):
    with pytest.raises(condition):
        entry_post(draft(entity_id, debit(account, "1.00"), credit("1002", "1.00")))
    assert not JournalEntry.objects.exists()
    assert not AccountMovement.objects.exists()


def test_a_retired_account_takes_no_lines(entity_id):
    posted = entry_post(loan_draft(entity_id))
    account = EntryLine.objects.filter(entry__entry_no=posted.entry_no, account__code="1303.01").get().account
    account_update(account_id=account.pk, name_zh="本金", name_en="Principal", is_active=False)
    with pytest.raises(AccountNotPostable):
        entry_post(loan_draft(entity_id, event_no="E2"))
    assert JournalEntry.objects.count() == 1


def test_an_unbalanced_entry_is_refused(entity_id):
    with pytest.raises(EntryUnbalanced):
        entry_post(draft(entity_id, debit("1303.01", "1.00"), credit("1002", "0.99")))
    assert not JournalEntry.objects.exists()


def test_an_account_of_the_entity_stands_before_the_shared_one(entity_id):
    other = make_entity("AXG", "车轴融资担保有限公司", "guarantee").pk
    own = AccountDraft("1002", "银行存款（担保）", "Bank deposits (guarantee)", "asset", "debit")
    account_create(draft=own, legal_entity_id=other)
    entry_post(loan_draft(entity_id))
    posted = entry_post(loan_draft(other, event_no="E2"))
    assert entry_get(posted.entry_no).lines[1].name_zh == "银行存款（担保）"
    assert EntryLine.objects.filter(account__legal_entity_id=other).count() == 1


def test_a_reversal_is_the_red_mirror(entity_id):
    posted = entry_post(loan_draft(entity_id))
    red = entry_get(_reverse(posted.entry_no).entry_no)
    assert red.is_red
    assert (red.kind, red.event_no, red.reversal_of) == ("loan_disbursed", "E1-R", posted.entry_no)
    assert [(line.account, line.debit, line.credit) for line in red.lines] == [
        ("1303.01", fen("-100000.00"), 0),
        ("1002", 0, fen("-100000.00")),
    ]
    assert entry_get(posted.entry_no).reversed_by == red.entry_no


def test_a_reversal_happens_once(entity_id):
    posted = entry_post(loan_draft(entity_id))
    red = _reverse(posted.entry_no)
    again = _reverse(posted.entry_no)
    assert (again.entry_no, again.is_new) == (red.entry_no, False)
    for entry_no, event_no in [(posted.entry_no, "E1-R2"), (red.entry_no, "E1-R3")]:
        with pytest.raises(EntryAlreadyReversed):
            _reverse(entry_no, event_no)
    assert JournalEntry.objects.count() == 2


def test_the_reversal_of_a_red_entry_is_an_ordinary_one(entity_id):
    lines = debit("1002", "-3.00"), credit("6011", "-3.00")
    posted = entry_post(draft(entity_id, *lines, is_red=True))
    back = entry_get(_reverse(posted.entry_no).entry_no)
    assert not back.is_red
    assert [(line.account, line.debit, line.credit) for line in back.lines] == [
        ("1002", fen("3.00"), 0),
        ("6011", 0, fen("3.00")),
    ]


def test_what_was_never_posted_cannot_be_found_or_reversed(entity_id):
    assert entry_of_event(event_no="E1", kind="loan_disbursed") is None
    for refused in (entry_get, _reverse):
        with pytest.raises(EntryUnknown) as caught:
            refused("JE0")
        assert isinstance(caught.value, AxleError)
