"""Money events: posted once, by the rule of their date, in an open month; refusals leave nothing."""

from datetime import date

import pytest

from axle.accounting.checks import accounting_entries_follow_their_rules
from axle.accounting.errors import AmountUnknown, OriginalDiffers, OriginalNotPosted, PostingRuleMissing
from axle.accounting.models import PostingRule, Voucher
from axle.accounting.services.posting_rule_activate import posting_rule_activate
from axle.accounting.services.posting_rule_create import posting_rule_create
from axle.accounting.standard import rule_bodies
from axle.accounting.tests.factories import post
from axle.kernel.money import yuan
from axle.ledger.errors import AccountUnknown, EntryAlreadyReversed, EventNoReused
from axle.ledger.public import EntryView, books_close, entry_get, entry_of_event
from axle.platform.public import parameter_set
from axle.platform.testing import make_actor, make_entity

pytestmark = pytest.mark.usefixtures("verified")


def _entry(event_no: str = "E1", kind: str = "loan_disbursed") -> EntryView:
    posted = entry_of_event(event_no=event_no, kind=kind)
    assert posted is not None
    return entry_get(posted.entry_no)


def test_an_event_leaves_an_entry_and_its_voucher(entity_id):
    post(entity_id)
    entry, voucher = _entry(), Voucher.objects.get()
    assert (entry.summary, entry.source.type, entry.source.id) == ("发放贷款 HT1", "loan", 7)
    assert entry.lines[0].dimensions == {"loan_no": "LN1", "contract_no": "HT1", "product_code": "NEW36"}
    assert (voucher.entry_id, voucher.flow, voucher.number, voucher.period) == (entry.entry_id, "out", None, 202603)
    assert voucher.amounts == {"principal": 10_000_000}
    assert voucher.rule is not None
    assert voucher.rule.kind == "loan_disbursed"


def test_posting_takes_few_queries(entity_id, django_assert_max_num_queries):
    post(entity_id)
    amounts = {"cash": "3.00", "principal": "2.00", "penalty": "1.00"}
    with django_assert_max_num_queries(9):
        post(entity_id, "receipt_posted", "E2", amounts=amounts)


def test_the_same_event_is_posted_once(entity_id):
    post(entity_id)
    post(entity_id)
    assert Voucher.objects.count() == 1
    with pytest.raises(EventNoReused):
        post(entity_id, amounts={"principal": "1.00"})
    assert Voucher.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "amounts"),
    [
        ("loan_disbursed", {}),
        ("loan_disbursed", {"principal": "0.00"}),
        ("interest_due", {"interest": "0.08"}),  # its tax is less than half a fen
        ("interest_due_reduced", {"interest": "0.08"}),
    ],
)
def test_an_event_that_moves_nothing_leaves_nothing(entity_id, kind, amounts):
    post(entity_id, kind, amounts=amounts)
    assert not Voucher.objects.exists()


@pytest.mark.parametrize(
    ("event", "condition"),
    [
        ({"kind": "loan_given_away"}, PostingRuleMissing),
        ({"on": date(2019, 12, 31)}, PostingRuleMissing),
        ({"amounts": {"principal": "1.00", "gift": "1.00"}}, AmountUnknown),
        ({"reverses": "E0"}, OriginalNotPosted),
    ],
)
def test_a_refused_event_leaves_nothing(entity_id, event, condition):
    with pytest.raises(condition):
        post(entity_id, **event)
    assert not Voucher.objects.exists()


def _new_rule(entity_id: int | None, account: str, effective_from: date) -> PostingRule:
    body = rule_bodies()["loan_disbursed"].model_dump(mode="json")
    body["lines"][1]["account"] = account
    standard = type(rule_bodies()["loan_disbursed"])
    actor = make_actor(name="会计")
    rule = posting_rule_create(
        actor=actor, kind="loan_disbursed", body=standard.model_validate(body), legal_entity_id=entity_id
    )
    return posting_rule_activate(actor=actor, rule_id=rule.pk, effective_from=effective_from)


def test_the_version_of_the_value_date_counts(entity_id):
    _new_rule(None, "1012.01", date(2026, 4, 1))
    for event_no, value_on in [("E1", date(2026, 3, 31)), ("E2", date(2026, 4, 1))]:
        post(entity_id, event_no=event_no, on=value_on)
    assert [_entry(no).lines[1].account for no in ("E1", "E2")] == ["1002", "1012.01"]


def test_an_entitys_own_rule_stands_before_the_common_one(entity_id):
    other = make_entity("AXG", "车轴融资担保有限公司", "guarantee").pk
    _new_rule(other, "1012.01", date(2026, 1, 1))
    post(entity_id)
    post(other, event_no="E2")
    assert [_entry(no).lines[1].account for no in ("E1", "E2")] == ["1002", "1012.01"]


def test_the_tax_rate_of_the_value_date_counts(entity_id):
    parameter_set(
        actor=make_actor(),
        code="accounting.vat_rate_loan_service",
        value="0.05",
        effective_from=date(2026, 4, 1),
        legal_entity_id=None,
        note="",
    )
    for event_no, value_on in [("E1", date(2026, 3, 31)), ("E2", date(2026, 4, 1))]:
        post(entity_id, "interest_accrued", event_no, on=value_on, amounts={"interest": "500.00"})
    taxes = [yuan(_entry(no, "interest_accrued").lines[2].credit) for no in ("E1", "E2")]
    assert taxes == ["28.30", "23.81"]


def test_an_event_of_a_closed_month_goes_into_the_open_one(entity_id):
    post(entity_id)
    books_close(actor=make_actor(), legal_entity_id=entity_id, period=202603)
    post(entity_id, event_no="E2", on=date(2026, 3, 31))
    late = _entry("E2")
    assert (late.value_on, late.booked_on, late.period) == (date(2026, 3, 31), date(2026, 4, 1), 202604)


def test_a_reversal_takes_the_original_back_in_red(entity_id):
    post(entity_id)
    _new_rule(None, "1012.01", date(2026, 3, 13))
    books_close(actor=make_actor(), legal_entity_id=entity_id, period=202603)
    post(entity_id, event_no="E1-R", on=date(2026, 3, 20), reverses="E1", amounts={})
    red = _entry("E1-R")
    assert (red.is_red, red.reversal_of, red.booked_on) == (True, _entry().entry_no, date(2026, 4, 1))
    assert [(line.account, yuan(line.debit), yuan(line.credit)) for line in red.lines] == [
        ("1303.01", "-100000.00", "0.00"),
        ("1002", "0.00", "-100000.00"),
    ]
    assert red.summary == "红冲 发放贷款 HT1"
    assert Voucher.objects.count() == 2


def test_a_reversal_happens_once_and_exactly(entity_id):
    post(entity_id)
    with pytest.raises(OriginalDiffers):
        post(entity_id, event_no="E1-R", reverses="E1", amounts={"principal": "1.00"})
    for _ in range(2):
        post(entity_id, event_no="E1-R", reverses="E1")
    with pytest.raises(EntryAlreadyReversed):
        post(entity_id, event_no="E1-R2", reverses="E1")
    assert Voucher.objects.count() == 2


def test_a_rule_on_accounts_that_an_entity_lacks_is_not_activated(entity_id):
    with pytest.raises(AccountUnknown):
        _new_rule(None, "1099", date(2026, 4, 1))
    assert not PostingRule.objects.filter(effective_from=date(2026, 4, 1)).exists()


def test_a_part_of_a_sum_is_taken_back_in_red_and_the_sum_stays(entity_id):
    amounts = {"cash": "300.00", "principal": "200.00", "penalty": "100.00"}
    post(entity_id, "receipt_posted", "SUM", amounts=amounts)
    part = {"cash": "3.00", "principal": "2.00", "penalty": "1.00"}
    for _twice in range(2):
        post(entity_id, "receipt_posted", "E1R", amounts=part, part_of="SUM")
    red = _entry("E1R", "receipt_posted")
    assert (red.is_red, red.summary) == (True, "红冲 收到还款 LN1")
    assert [(line.account, yuan(line.debit), yuan(line.credit)) for line in red.lines] == [
        ("1002", "-3.00", "0.00"),
        ("1303.01", "0.00", "-2.00"),
        ("6011.03", "0.00", "-0.94"),
        ("2221.01.02", "0.00", "-0.06"),
    ]
    assert Voucher.objects.count() == 2
    assert accounting_entries_follow_their_rules() == []


def test_a_part_of_a_sum_that_was_never_told_is_refused(entity_id):
    with pytest.raises(OriginalNotPosted):
        post(entity_id, "receipt_posted", "E1R", amounts={"cash": "3.00", "principal": "3.00"}, part_of="SUM")
    assert Voucher.objects.count() == 0
