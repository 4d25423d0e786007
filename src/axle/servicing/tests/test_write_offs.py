"""Who may be written off: the rules as a table, the list of candidates, and evidence that is filed or missing."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from axle.documents.models import CapturedDocument
from axle.platform.errors import ParameterValueInvalid
from axle.platform.models import ParameterValue
from axle.platform.public import PARAMETERS, business_date_set, file_save, system_actor
from axle.platform.testing import make_actor
from axle.servicing import permissions as may
from axle.servicing.domain.write_offs import write_off_rule, write_off_rules
from axle.servicing.errors import EvidenceMissing, WriteOffClassTooGood, WriteOffGroundUnknown, WriteOffTooEarly
from axle.servicing.models import LoanChange
from axle.servicing.parameters import WRITE_OFF_RULES
from axle.servicing.selectors.write_offs import write_off_candidates
from axle.servicing.services.change_request import ChangeTerms, change_request
from axle.servicing.services.change_review import change_approve
from axle.servicing.services.loans_classify import loans_classify
from axle.servicing.tests.factories import CASHIER, START, make_loan

LATE = date(2026, 8, 14)
"""180 days after the first instalment was due."""
CHIEF = make_actor(may.CHANGE_REVIEW, may.WRITE_OFF_APPROVE_LARGE, name="总监", user_id=4)


def test_the_rule_of_a_ground_is_the_first_for_the_product():
    rules = write_off_rules(
        [{"ground": "death", "products": ["used_car"], "evidence": []}, {"ground": "death", "evidence": ["other"]}]
    )
    assert write_off_rule(rules, "death", "used_car") == rules[0]
    assert write_off_rule(rules, "death", "new_car") == rules[1]
    assert write_off_rule(rules, "bankruptcy", "new_car") is None


@pytest.mark.parametrize(
    "wrong", [{"ground": "whim"}, {"least_days_past_due": -1}, {"classes": ["bad"]}, {"days": 1}, {}]
)
def test_a_rule_that_means_nothing_is_no_parameter(wrong):
    rule = ({"ground": "death"} if wrong else {}) | wrong
    with pytest.raises(ParameterValueInvalid):
        PARAMETERS[WRITE_OFF_RULES.code].read([rule])


def rules_are(*rules):
    ParameterValue.objects.create(code=WRITE_OFF_RULES.code, value=list(rules), effective_from=START, set_by="x")


def filed(loan, kind):
    kept = file_save(content=b"\xff\xd8\xff%d" % loan.pk, name="a.jpg", actor=CASHIER)
    CapturedDocument.objects.create(
        subject_type="loan", subject_id=loan.pk, kind=kind, version=1, file=kept, captured_by="客户经理"
    )


def ask(loan, **asked):
    file_id = file_save(content=b"\xff\xd8\xff", name="a.jpg", actor=CASHIER).pk
    return change_request(
        actor=CASHIER, loan_no=loan.loan_no, kind="write_off", asked=asked, reason="催收未果",
        terms=ChangeTerms(file_id=file_id),
    )  # fmt: skip


def refused(error, act):
    with pytest.raises(error) as caught, transaction.atomic():
        act()
    assert not LoanChange.objects.exists()
    return caught.value.params


@pytest.fixture
def late():
    loan = make_loan()
    business_date_set(LATE)
    return loan


def test_class_days_and_evidence_have_to_fit_and_are_seen_again_when_it_is_agreed(late):
    rules_are({"ground": "long_overdue", "classes": ["substandard"], "least_days_past_due": 180,
               "evidence": ["collection_record"]})  # fmt: skip
    assert refused(WriteOffClassTooGood, lambda: ask(late))["risk_class"] == "正常"
    loans_classify(date(2026, 8, 13), 0, 1)
    assert refused(EvidenceMissing, lambda: ask(late))["missing"] == "催收记录"
    filed(late, "collection_record")
    refused(WriteOffGroundUnknown, lambda: ask(late, ground="death"))
    change = ask(late, ground="long_overdue")
    CapturedDocument.objects.update(is_current=False)
    with pytest.raises(EvidenceMissing), transaction.atomic():
        change_approve(actor=CHIEF, change_no=change.change_no)
    late.refresh_from_db()
    assert late.carrying == "performing"
    CapturedDocument.objects.update(is_current=True)
    change_approve(actor=CHIEF, change_no=change.change_no)
    late.refresh_from_db()
    assert late.carrying == "written_off"


def test_a_day_too_early_is_refused(late):
    rules_are({"ground": "long_overdue", "least_days_past_due": 181})
    assert refused(WriteOffTooEarly, lambda: ask(late)) == {"days": 180, "least": 181}
    assert not write_off_candidates(system_actor()).exists()


def test_candidates_tell_ground_and_evidence_in_one_query(late):
    rules_are({"ground": "death"}, {"ground": "long_overdue", "least_days_past_due": 180, "evidence": ["court_ruling"]})
    make_loan(2)
    actor = system_actor()
    filed(late, "court_ruling")
    rows = write_off_candidates(actor).order_by("pk")
    with CaptureQueriesContext(connection) as seen:
        found = list(rows.values_list("loan_no", "days_past_due", "ground", "is_evidenced"))
    assert len(seen) == 1
    assert [(days, ground, done) for _no, days, ground, done in found] == [
        (180, "long_overdue", True),
        (180, "long_overdue", False),
    ]
    ask(late)
    assert [row.pk != late.pk for row in write_off_candidates(actor)] == [True]
