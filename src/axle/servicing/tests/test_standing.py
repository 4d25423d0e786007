"""Class and stage: the rules as tables, the end of day over loans, proposals and decisions."""

from datetime import date, timedelta

import pytest

from axle.platform.models import ParameterValue
from axle.platform.public import business_date_set
from axle.servicing.domain.standing import Computed, Standing, collateral_ranks, standing_step
from axle.servicing.errors import (
    ClassProposalOpen,
    ClassUnchanged,
    HoldDateRefused,
    ProposalStateRefused,
    ReviewerIsRequester,
)
from axle.servicing.models import ClassProposal, Inspection, LoanStanding, StandingChange, scope_of
from axle.servicing.services.class_propose import class_propose
from axle.servicing.services.class_review import class_approve, class_reject
from axle.servicing.services.loans_classify import (
    Rules,
    _Asking,
    class_computed,
    loans_classify,
    standing_row,
    standings_store,
)
from axle.servicing.tests.acts import INSTALMENT, pay
from axle.servicing.tests.factories import CASHIER, FINANCE, make_loan

RULES = Rules((7, 90, 270, 360), 30, 6, 12, is_by_customer=True, by_collateral={})
DUE_1 = date(2026, 2, 15)


@pytest.mark.parametrize(
    ("days", "customer_days", "restructured", "carrying", "expected"),
    [
        (0, 0, 0, "performing", Computed(0, 1, "recovered")),
        (7, 7, 0, "performing", Computed(0, 1, "recovered")),
        (8, 8, 0, "performing", Computed(1, 2, "days_past_due")),
        (90, 90, 0, "performing", Computed(1, 2, "days_past_due")),
        (91, 91, 0, "performing", Computed(2, 3, "days_past_due")),
        (271, 271, 0, "non_accrual", Computed(3, 3, "days_past_due")),
        (361, 361, 0, "non_accrual", Computed(4, 3, "days_past_due")),
        (0, 100, 0, "performing", Computed(2, 3, "customer_past_due")),
        (0, 0, 1, "performing", Computed(1, 2, "restructured")),
        (0, 0, 2, "performing", Computed(3, 3, "restructured_again")),
        (10, 10, 0, "non_accrual", Computed(2, 3, "non_accrual")),
        (100, 100, 0, "written_off", Computed(4, 3, "written_off")),
    ],
)
def test_the_rules(days, customer_days, restructured, carrying, expected):
    found = class_computed(RULES, days=days, customer_days=customer_days, restructured=restructured, carrying=carrying)
    assert found == expected


def test_each_entity_may_class_each_loan_by_itself():
    alone = Rules((7, 90, 270, 360), 30, 6, 12, is_by_customer=False, by_collateral={})
    assert class_computed(alone, days=0, customer_days=500, restructured=0, carrying="performing").rank == 0


DAY = date(2026, 6, 1)
GOOD, BAD = Computed(0, 1, "recovered"), Computed(2, 3, "days_past_due")


def step(before, computed, on=DAY):
    return standing_step(before, computed, on, cure_months=6)


class TestSteps:
    def test_worse_counts_at_once(self):
        assert step(Standing(), BAD).standing == Standing(2, 3, "days_past_due")

    def test_better_waits_for_the_cure_period_and_for_a_person(self):
        bad = Standing(2, 3, "days_past_due")
        first = step(bad, GOOD)
        assert (first.standing.rank, first.standing.stage, first.standing.better_since) == (2, 3, DAY)
        assert first.proposed is None
        early = step(first.standing, GOOD, date(2026, 11, 30))
        assert early == first
        cured = step(first.standing, GOOD, date(2026, 12, 1))
        assert (cured.standing.rank, cured.standing.stage, cured.proposed) == (2, 2, 0)

    def test_a_stage_gets_better_by_one_at_a_time(self):
        standing = step(Standing(0, 3), GOOD).standing
        standing = step(standing, GOOD, date(2026, 12, 1)).standing
        assert (standing.stage, standing.better_since) == (2, date(2026, 12, 1))
        assert step(standing, GOOD, date(2027, 5, 31)).standing.stage == 2
        assert step(standing, GOOD, date(2027, 6, 1)).standing == Standing(0, 1)

    def test_new_arrears_begin_the_cure_anew(self):
        standing = step(Standing(2, 3), GOOD).standing
        assert step(standing, BAD, date(2026, 8, 1)).standing.better_since is None

    def test_special_mention_is_proposed_for_normal_without_a_cure(self):
        assert step(Standing(1, 2, "days_past_due"), GOOD).proposed == 0

    def test_a_persons_word_holds_until_its_date_or_until_the_rules_get_worse(self):
        held = Standing(1, 3, "person", held_until=date(2026, 7, 1), held_rank=2)
        assert step(held, BAD).standing.rank == 1
        assert step(held, Computed(3, 3, "days_past_due")).standing == Standing(3, 3, "days_past_due")
        assert step(held, BAD, date(2026, 7, 2)).standing == Standing(2, 3, "days_past_due")


def night(on):
    business_date_set(on + timedelta(days=1))
    return sum(loans_classify(on, shard, 2) for shard in range(2))


def test_the_end_of_day_writes_where_something_changes():
    loan, _other = make_loan(1), make_loan(2)
    assert night(DUE_1 + timedelta(days=6)) == 0  # 7 days late
    assert night(DUE_1 + timedelta(days=7)) == 2
    standing = LoanStanding.objects.get(loan=loan)
    assert (standing.risk_class, standing.stage, standing.reason) == ("special_mention", 2, "days_past_due")
    assert night(DUE_1 + timedelta(days=8)) == 0
    assert night(DUE_1 + timedelta(days=90)) == 2
    history = (
        StandingChange.objects.filter(loan=loan).order_by("pk").values_list("class_after", "stage_after", "reason")
    )
    assert list(history) == [("special_mention", 2, "days_past_due"), ("substandard", 3, "days_past_due")]


def test_all_loans_of_a_customer_are_classed_by_the_worst():
    late, good = make_loan(1), make_loan(2, start_on=date(2026, 2, 1), business_on=date(2026, 2, 1))
    type(good).objects.filter(pk=good.pk).update(customer=late.customer, next_unpaid_due_on=date(2026, 12, 1))
    night(DUE_1 + timedelta(days=90))
    assert LoanStanding.objects.get(loan=good).reason == "customer_past_due"
    assert LoanStanding.objects.get(loan=good).risk_class == "substandard"


def test_rules_are_dated_and_of_a_company():
    loan = make_loan()
    ParameterValue.objects.create(
        code="servicing.class_days", value=[0, 30, 60, 90], effective_from=date(2026, 3, 1), set_by="x",
        legal_entity_id=loan.legal_entity_id,
    )  # fmt: skip
    night(date(2026, 2, 17))
    assert not LoanStanding.objects.exists()
    night(date(2026, 3, 1))
    assert LoanStanding.objects.get().risk_class == "special_mention"


def test_what_the_last_inspection_saw_of_the_car_counts():
    loan = make_loan()

    def seen(on, condition, *signals):
        Inspection.objects.create(
            **scope_of(loan), inspection_no=f"IN{on:%Y%m%d}", loan=loan, state="done", cause="person",
            risk_class="normal", inspector_kind="manager", planned_on=on, due_on=on, inspected_on=on,
            condition=condition, signals=list(signals), opinion="见记录",
        )  # fmt: skip

    seen(date(2026, 1, 20), "good", "income_worse", "car_pledged")
    night(date(2026, 1, 21))
    standing = LoanStanding.objects.get()
    assert (standing.risk_class, standing.stage, standing.reason) == ("substandard", 3, "collateral")
    seen(date(2026, 1, 25), "good")
    night(date(2026, 1, 25))
    assert LoanStanding.objects.get().better_since == date(2026, 1, 26)
    LoanStanding.objects.all().delete()
    seen(date(2026, 1, 28), "not_seen")
    night(date(2026, 1, 28))
    assert LoanStanding.objects.get().risk_class == "special_mention"


def test_classes_by_collateral_are_of_what_inspections_tell():
    assert collateral_ranks({"not_seen": "doubtful"}) == {"not_seen": 3}
    for wrong in ({"sold": "loss"}, {"not_seen": "bad"}):
        with pytest.raises(ValueError, match=r"sold|not in tuple"):
            collateral_ranks(wrong)


def test_a_better_class_is_proposed_once_and_decided_by_a_person():
    loan = make_loan()
    night(DUE_1 + timedelta(days=10))
    pay(loan, INSTALMENT + 5_000)
    assert loan.worst_days == 11
    night(DUE_1 + timedelta(days=11))
    night(DUE_1 + timedelta(days=12))
    proposal = ClassProposal.objects.get()
    assert (proposal.class_before, proposal.class_after, proposal.reason) == ("special_mention", "normal", "recovered")
    class_approve(actor=FINANCE, proposal_no=proposal.proposal_no, opinion="已还清")
    standing = LoanStanding.objects.get()
    assert (standing.risk_class, standing.stage) == ("normal", 2)
    with pytest.raises(ProposalStateRefused):
        class_reject(actor=FINANCE, proposal_no=proposal.proposal_no, opinion="再看")


def test_a_person_proposes_another_class_and_another_person_decides():
    loan = make_loan()
    later = business_date_plus(60)
    with pytest.raises(ClassUnchanged):
        class_propose(actor=CASHIER, loan_no=loan.loan_no, risk_class="normal", note="正常", holds_until=later)
    with pytest.raises(HoldDateRefused):
        class_propose(
            actor=CASHIER, loan_no=loan.loan_no, risk_class="doubtful", note="失联", holds_until=loan.disbursed_on
        )
    asked = class_propose(actor=CASHIER, loan_no=loan.loan_no, risk_class="doubtful", note="失联", holds_until=later)
    with pytest.raises(ClassProposalOpen):
        class_propose(actor=CASHIER, loan_no=loan.loan_no, risk_class="loss", note="失联", holds_until=later)
    with pytest.raises(ReviewerIsRequester):
        class_approve(actor=CASHIER, proposal_no=asked.proposal_no)
    assert not LoanStanding.objects.exists()
    class_approve(actor=FINANCE, proposal_no=asked.proposal_no)
    assert LoanStanding.objects.get().risk_class == "doubtful"
    assert StandingChange.objects.get().entered_by == FINANCE.name
    night(loan.disbursed_on)
    assert LoanStanding.objects.get().risk_class == "doubtful"


def business_date_plus(days):
    return date(2026, 1, 15) + timedelta(days=days)


def test_a_person_who_decides_while_the_batch_looks_is_not_overwritten(monkeypatch):
    """Between the first look and the lock somebody agrees to a class: the rules start from it."""
    loan, on = make_loan(), DUE_1 + timedelta(days=7)
    held = {"note": "失联", "holds_until": on + timedelta(days=60)}
    asked = class_propose(actor=CASHIER, loan_no=loan.loan_no, risk_class="doubtful", **held)

    def locked(loan_ids):
        assert loan_ids == [loan.pk]
        class_approve(actor=FINANCE, proposal_no=asked.proposal_no)

    monkeypatch.setattr("axle.servicing.services.loans_classify.loans_lock", locked)
    night(on)
    standing = LoanStanding.objects.get()
    assert (standing.risk_class, standing.reason, standing.stage) == ("doubtful", "person", 2)
    history = StandingChange.objects.order_by("pk").values_list("class_before", "class_after")
    assert list(history) == [("normal", "doubtful"), ("doubtful", "doubtful")]


@pytest.mark.parametrize("is_by_customer", [True, False])
def test_the_statement_leaves_out_only_loans_that_stay_as_they_are(is_by_customer):
    """The database reckons the rules as Python does, whatever the days."""
    rules = Rules((7, 90, 270, 360), 30, 6, 12, is_by_customer=is_by_customer, by_collateral={})
    loan = make_loan()
    for days in (0, 1, 7, 8, 30, 31, 90, 91, 270, 271, 360, 361):
        for rank, stage in ((0, 1), (0, 2), (1, 2), (2, 3), (3, 3), (4, 3)):
            LoanStanding.objects.all().delete()
            before = Standing(rank, stage, "days_past_due")
            standings_store([standing_row(loan.pk, scope_of(loan), Standing(), before, DUE_1, None, None)])
            asking = _Asking(loan.legal_entity_id, rules, DUE_1 + timedelta(days=days))
            computed = class_computed(rules, days=days, customer_days=days, restructured=0, carrying="performing")
            stays = (computed.rank, computed.stage) == (rank, stage)
            assert [case.computed for case in asking.cases()] == ([] if stays else [computed]), (days, before)
