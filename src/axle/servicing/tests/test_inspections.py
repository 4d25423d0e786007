"""Inspections: rules as tables, a day's plan over loans, the way from the plan to another class."""

from datetime import date

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from axle.documents.models import CapturedDocument
from axle.platform.errors import ParameterValueInvalid
from axle.platform.models import ParameterValue
from axle.platform.public import PARAMETERS, business_date_set, file_save
from axle.platform.testing import client_for, make_actor, make_employee, make_user
from axle.servicing.domain.inspections import InspectionRule, anniversaries, inspection_rules, is_turn, rule_of
from axle.servicing.errors import (
    InspectionDateRefused,
    InspectionDueRefused,
    InspectionOpen,
    InspectionPhotosMissing,
    InspectionPlaceMissing,
    InspectionStateRefused,
    InspectorIsAnother,
    InspectorMissing,
    MileageMissing,
    ReviewerIsInspector,
)
from axle.servicing.models import ClassProposal, Inspection, Loan
from axle.servicing.parameters import INSPECTION_RULES
from axle.servicing.services.inspection_plan import (
    inspection_assign,
    inspection_cancel,
    inspection_plan,
    inspections_call_off,
)
from axle.servicing.services.inspection_review import inspection_approve, inspection_return
from axle.servicing.services.inspection_submit import InspectionReport, inspection_submit
from axle.servicing.services.inspections_plan import inspections_plan
from axle.servicing.services.loans_classify import loans_classify
from axle.servicing.tests.factories import CASHIER, FINANCE, START, make_loan

EVE, TURN = date(2026, 7, 14), date(2026, 7, 15)
RULES = inspection_rules(INSPECTION_RULES.default)


@pytest.mark.parametrize(
    ("loan", "months", "inspector"),
    [
        ({}, 6, "dealer"),
        ({"risk_class": "special_mention"}, 3, "manager"),
        ({"risk_class": "loss"}, 1, "field"),
        ({"dealer_grade": "D"}, 3, "manager"),
        ({"dealer_grade": "D", "risk_class": "doubtful"}, 1, "field"),
        ({"principal": 300_000_00}, 3, "manager"),
        ({"principal": 299_999_99}, 6, "dealer"),
    ],
)
def test_the_first_rule_that_fits_counts(loan, months, inspector):
    asked = {"risk_class": "normal", "product": "new_car", "dealer_grade": "A", "principal": 100} | loan
    found = rule_of(RULES, **asked)
    assert found
    assert (found.every_months, found.inspector) == (months, inspector)


@pytest.mark.parametrize(
    "wrong",
    [{"every_months": -1}, {"inspector": "nobody"}, {"within_days": 0}, {"classes": ["fine"]}, {"colour": "red"},
     {"every_months": "6"}],
)  # fmt: skip
def test_a_rule_that_means_nothing_is_no_parameter(wrong):
    rule = {"every_months": 6, "inspector": "field", "within_days": 10} | wrong
    with pytest.raises(ParameterValueInvalid):
        PARAMETERS[INSPECTION_RULES.code].read([rule])


@pytest.mark.parametrize(
    ("on", "among", "not_among"),
    [
        (date(2026, 7, 15), [date(2026, 6, 15), date(2026, 1, 15), date(2016, 7, 15)], [date(2026, 7, 15)]),
        (date(2026, 9, 30), [date(2026, 8, 30), date(2026, 8, 31)], [date(2026, 8, 29)]),
        (date(2026, 3, 31), [date(2026, 1, 31)], [date(2026, 2, 28)]),
        (date(2026, 2, 28), [date(2026, 1, 28), date(2026, 1, 31)], [date(2026, 1, 27)]),
    ],
)
def test_the_anniversaries_of_a_day(on, among, not_among):
    found = anniversaries(on)
    assert set(among) <= set(found)
    assert not set(not_among) & set(found)
    assert len(found) == len(set(found))


def test_a_turn_is_a_multiple_of_the_months():
    rule = InspectionRule((), (), (), 0, 6, "field", 10)
    assert [is_turn(rule, START, date(2026, month, 15)) for month in (1, 2, 7, 8)] == [False, False, True, False]


@pytest.fixture
def turn() -> Inspection:
    make_loan()
    business_date_set(TURN)
    assert inspections_plan(EVE, 0, 1) == 1
    return Inspection.objects.get()


INSPECTOR = make_actor(name="外勤", user_id=7)
SEEN = {"inspected_on": TURN, "condition": "good", "opinion": "车况良好，与借款人见面", "mileage_km": 12_000}
HERE = {"position": ("31.230416", "121.473701")}


def photos(inspection: Inspection, count: int = 2) -> None:
    if CapturedDocument.objects.filter(subject_type="inspection", subject_id=inspection.pk).exists():
        return
    for number in range(count):
        kept = file_save(content=b"\xff\xd8\xff%d/%d" % (inspection.pk, number), name="a.jpg", actor=INSPECTOR)
        CapturedDocument.objects.create(
            subject_type="inspection", subject_id=inspection.pk, kind="inspection_photo", version=number + 1,
            file=kept, captured_by="外勤",
        )  # fmt: skip


def handed_in(inspection: Inspection, **more) -> Inspection:
    photos(inspection)
    report = InspectionReport(**(SEEN | HERE | more))
    return inspection_submit(actor=INSPECTOR, inspection_no=inspection.inspection_no, report=report)


def refused(error, act):
    before = list(Inspection.objects.values())
    with pytest.raises(error) as caught, transaction.atomic():
        act()
    assert list(Inspection.objects.values()) == before
    assert not ClassProposal.objects.exists()
    return {"field": caught.value.field} | caught.value.params


class TestPlan:
    def test_a_loan_has_its_turn_once(self, turn):
        assert (turn.cause, turn.inspector_kind, turn.due_on) == ("periodic", "field", date(2026, 8, 14))
        assert inspections_plan(EVE, 0, 1) == 0
        assert Inspection.objects.count() == 1

    def test_a_worse_class_has_its_turn_at_once(self):
        make_loan()
        business_date_set(date(2026, 5, 20))
        loans_classify(date(2026, 5, 19), 0, 1)
        assert inspections_plan(date(2026, 5, 19), 0, 1) == 1
        found = Inspection.objects.get()
        assert (found.cause, found.risk_class, found.inspector_kind) == ("class_worse", "substandard", "field")
        assert found.due_on == date(2026, 5, 30)

    def test_the_queries_of_a_day_do_not_grow_with_its_loans(self):
        def queries() -> int:
            Inspection.objects.all().delete()
            with CaptureQueriesContext(
                connection,
            ) as seen:
                inspections_plan(EVE, 0, 1)
            return len(seen)

        make_loan(1)
        queries()
        one = queries()
        for number in range(2, 6):
            make_loan(number)
        assert queries() == one
        assert Inspection.objects.count() == 5

    def test_a_company_may_go_without(self):
        make_loan()
        ParameterValue.objects.create(code=INSPECTION_RULES.code, value=[], effective_from=START, set_by="x", note="")
        assert inspections_plan(EVE, 0, 1) == 0

    def test_by_hand_one_at_a_time(self, turn):
        def plan(due_on=TURN, kind="field"):
            return inspection_plan(
                actor=FINANCE, loan_no=turn.loan.loan_no, reason="客户失联", due_on=due_on, inspector_kind=kind
            )

        assert refused(InspectionOpen, plan)["inspection_no"] == turn.inspection_no
        inspection_cancel(inspection_no=turn.inspection_no, reason="客户已联系上")
        refused(InspectionOpen, plan)
        business_date_set(date(2026, 7, 16))
        assert refused(InspectionDueRefused, plan)["field"] == "due_on"
        assert refused(InspectorMissing, lambda: plan(date(2026, 7, 20), "dealer"))["field"] == "inspector_kind"
        assert refused(InspectorMissing, lambda: plan(date(2026, 7, 20), "manager"))["field"] == "inspector_id"
        assert plan(date(2026, 7, 20)).cause == "person"

    def test_it_is_called_off_when_the_loan_is_settled(self, turn):
        inspections_call_off(loan_id=turn.loan_id, reason="loan_settled")
        turn.refresh_from_db()
        assert (turn.state, turn.closing_reason) == ("cancelled", "loan_settled")


class TestReport:
    def test_what_was_seen_is_handed_in(self, turn):
        done = handed_in(turn, signals=("used_by_another",))
        done.refresh_from_db()
        assert (done.state, done.position, done.signals) == ("submitted", "31.230416,121.473701", ["used_by_another"])
        refused(InspectionStateRefused, lambda: handed_in(turn))

    def test_a_car_that_was_seen_has_photos_a_place_and_a_reading(self, turn):
        def submit(**more):
            report = InspectionReport(**(SEEN | more))
            return inspection_submit(actor=INSPECTOR, inspection_no=turn.inspection_no, report=report)

        assert refused(InspectionPhotosMissing, lambda: submit(**HERE))["least"] == 2
        photos(turn)
        assert refused(InspectionPlaceMissing, submit)["field"] == "place"
        assert refused(MileageMissing, lambda: submit(**HERE, mileage_km=None))["field"] == "mileage_km"
        late = {"inspected_on": date(2026, 7, 16)}
        assert refused(InspectionDateRefused, lambda: submit(**HERE, **late))["field"] == "inspected_on"
        assert submit(place="上海市浦东新区").state == "submitted"

    def test_a_car_that_was_not_found_has_none_of_them(self, turn):
        report = InspectionReport(inspected_on=TURN, condition="not_seen", opinion="地址无车，电话停机")
        assert inspection_submit(
            actor=INSPECTOR, inspection_no=turn.inspection_no, report=report
        ).state == "submitted"  # fmt: skip

    def test_only_who_was_sent_tells(self, turn):
        colleague = make_employee("同事")
        inspection_assign(
            inspection_no=turn.inspection_no, inspector_kind="field", inspector_id=colleague.pk, due_on=TURN
        )
        refused(InspectorIsAnother, lambda: handed_in(turn))

    def test_an_odometer_that_ran_back_is_found(self, turn):
        inspection_approve(actor=FINANCE, inspection_no=handed_in(turn).inspection_no)
        business_date_set(date(2026, 8, 1))
        again = inspection_plan(
            actor=FINANCE, loan_no=turn.loan.loan_no, reason="复查", due_on=date(2026, 8, 1), inspector_kind="field"
        )
        found = handed_in(again, inspected_on=date(2026, 8, 1), mileage_km=11_999).found
        assert found == ["mileage_back"]


class TestReview:
    def test_an_opinion_on_the_class_is_proposed(self, turn):
        handed_in(turn, suggested_class="special_mention")
        refused(ReviewerIsInspector, lambda: inspection_approve(actor=INSPECTOR, inspection_no=turn.inspection_no))
        done = inspection_approve(actor=FINANCE, inspection_no=turn.inspection_no, opinion="同意")
        proposal = ClassProposal.objects.get()
        assert (done.state, done.proposal) == ("done", proposal)
        assert (proposal.class_before, proposal.class_after, proposal.state) == (
            "normal",
            "special_mention",
            "proposed",
        )
        assert proposal.holds_until == date(2027, 1, 15)
        assert proposal.proposed_by_id == FINANCE.user_id

    def test_the_class_that_it_has_is_not_proposed(self, turn):
        handed_in(turn, suggested_class="normal")
        assert inspection_approve(actor=FINANCE, inspection_no=turn.inspection_no).proposal is None
        assert not ClassProposal.objects.exists()

    def test_what_is_sent_back_is_handed_in_again(self, turn):
        handed_in(turn)
        inspection_return(actor=FINANCE, inspection_no=turn.inspection_no, opinion="照片模糊")
        refused(InspectionStateRefused, lambda: inspection_approve(actor=CASHIER, inspection_no=turn.inspection_no))
        photos_before = CapturedDocument.objects.count()
        report = InspectionReport(**(SEEN | HERE))
        again = inspection_submit(actor=INSPECTOR, inspection_no=turn.inspection_no, report=report)
        assert (again.state, CapturedDocument.objects.count()) == ("submitted", photos_before)


def test_a_sold_or_settled_loan_has_no_turn():
    make_loan()
    Loan.objects.update(carrying="sold")
    assert inspections_plan(EVE, 0, 1) == 0


class TestHttp:
    @pytest.fixture
    def dealers(self, turn):
        """The inspection as the loan's dealer is to make it; gives the dealer and another one."""
        own, other = (
            apps.get_model("channel.Dealer").objects.create(
                dealer_no=f"D{number}", name=f"车行{number}", uscc=f"9{number}", department=turn.loan.department
            )
            for number in (1, 2)
        )
        Inspection.objects.update(inspector_kind="dealer", dealer=own)
        return [self.user(f"dealer{dealer.pk}", dealer.pk) for dealer in (own, other)]

    @staticmethod
    def user(name, dealer_id):
        names = ["servicing.inspection.view", "servicing.inspection.work"]
        return client_for(make_user(name, permissions=names, scope="channel", kind="dealer", channel_ids=[dealer_id]))

    def test_a_dealer_makes_those_of_its_own_loans(self, turn, dealers):
        own, other = dealers
        number = turn.inspection_no
        assert other.get(f"/inspections/{number}")[0] == 404
        assert other.get("/lists/inspections")[1]["total"] == 0
        report = {
            "inspection_no": number, "inspected_on": "2026-07-15", "car_condition": "not_seen",
            "inspection_opinion": "登记地址无车，电话停机", "signals": ["debtor_unreachable"],
        }  # fmt: skip
        assert other.command("inspection_submit", report)[0] == 404
        assert own.get("/lists/inspections", is_mine="true")[1]["total"] == 1
        assert own.get(f"/inspections/{number}")[1]["actions"] == ["inspection_submit"]
        assert own.command("inspection_approve", {"inspection_no": number})[0] == 403
        assert own.command("inspection_submit", report)[1]["state"] == "submitted"
        assert own.command("inspection_submit", report | {"signals": ["bored"]}, key="2")[0] == 422
