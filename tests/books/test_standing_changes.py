"""Accrual stopped by the end of day and resumed, loans called due and written off: asked, decided, taken back."""

from datetime import date
from decimal import Decimal

import pytest

from axle.accounting.standard import account_of
from axle.amortization.errors import NotNonAccrual
from axle.kernel.money import Fen
from axle.platform.errors import NotFound, PermissionMissing
from axle.platform.models import ParameterValue, StoredFile
from axle.platform.testing import make_actor
from axle.servicing import permissions as may
from axle.servicing.errors import (
    AccelerationTooEarly,
    ArrearsOpen,
    EvidenceMissing,
    ReviewerIsRequester,
    WriteOffOverAuthority,
    WriteOffTooEarly,
    WrittenOffAlready,
)
from axle.servicing.models import GroupFigure, LoanChange, Posting
from axle.servicing.services.change_request import ChangeTerms, change_request
from axle.servicing.services.change_review import change_approve, change_reverse
from axle.servicing.services.fee_charge import fee_charge
from axle.servicing.tests.acts import INSTALMENT, days_to, pay
from axle.servicing.tests.factories import CASHIER, FINANCE, make_loan
from tests.books.acts import tie_out, told, used

pytestmark = pytest.mark.usefixtures("only_servicing_steps")
CHIEF = make_actor(may.CHANGE_REVIEW, may.WRITE_OFF_APPROVE_LARGE, name="总监", user_id=4)


@pytest.fixture(autouse=True)
def soon(books):
    """Accrual stops after 30 days and a loan may be written off after 60, so that the tests are short."""
    rules = [{"ground": "long_overdue", "least_days_past_due": 60}]
    for code, value in (("servicing.non_accrual_days", 30), ("servicing.write_off_rules", rules)):
        ParameterValue.objects.create(code=code, value=value, effective_from=date(2026, 1, 1), set_by="x")


def proof():
    """A scan that the cashier uploaded."""
    facts = {"sha256": "0" * 64, "name": "判决书.pdf", "content_type": "application/pdf", "size": 1}
    return StoredFile.objects.create(uploaded_by=CASHIER.key, **facts).pk


def ask(loan, kind, file_id=None):
    terms = ChangeTerms(file_id=file_id)
    return change_request(actor=CASHIER, loan_no=loan.loan_no, kind=kind, asked={}, reason="逾期", terms=terms)


def decide(loan, change, actor=FINANCE):
    change_approve(actor=actor, change_no=change.change_no)
    loan.refresh_from_db()


def test_the_day_after_the_last_allowed_one_the_end_of_day_stops_the_accrual(books):
    loan = make_loan()
    days_to(date(2026, 3, 17))  # 30 days late
    loan.refresh_from_db()
    assert loan.carrying == "performing"
    held = tie_out(books, loan)
    assert held[account_of("overdue_principal")] == 799_515 + 805_511
    days_to(date(2026, 3, 18))
    loan.refresh_from_db()
    assert loan.carrying == "non_accrual"
    held = tie_out(books, loan)
    assert held[account_of("overdue_principal")] == 0
    days_to(date(2026, 3, 20))
    assert len(told(books, "accrual_stopped")) == 1


def test_a_company_that_accrues_on_the_net_amount_stops_nothing(books):
    loan = make_loan()
    ParameterValue.objects.create(
        code="servicing.accrual_policy", value="stage_3_net", effective_from=date(2026, 1, 1), set_by="x"
    )
    days_to(date(2026, 3, 20))
    loan.refresh_from_db()
    assert loan.carrying == "performing"
    tie_out(books, loan)


def test_overdue_principal_follows_what_is_paid(books):
    loan = make_loan()
    days_to(date(2026, 2, 17))
    assert tie_out(books, loan)[account_of("overdue_principal")] == 799_515
    pay(loan, INSTALMENT + 5_000)
    days_to(date(2026, 2, 18))
    assert tie_out(books, loan)[account_of("overdue_principal")] == 0
    assert list(
        GroupFigure.objects.filter(figure="overdue_principal").order_by("business_on").values_list("amount", flat=True)
    ) == [799_515, 0]


def test_accrual_resumes_when_all_is_paid_and_another_person_agrees(books):
    loan = make_loan()
    with pytest.raises(NotNonAccrual):
        ask(loan, "accrual_resumption")
    days_to(date(2026, 3, 20))
    with pytest.raises(ArrearsOpen):
        ask(loan, "accrual_resumption")
    pay(loan, 2 * INSTALMENT + 200_000)
    change = ask(loan, "accrual_resumption")
    with pytest.raises(ReviewerIsRequester):
        decide(loan, change, CASHIER)
    assert told(books, "accrual_resumed") == []
    decide(loan, change)
    assert loan.carrying == "performing"
    tie_out(books, loan)
    days_to(date(2026, 3, 25))
    tie_out(books, loan)


def test_a_loan_is_called_due_after_two_unpaid_instalments(books):
    ParameterValue.objects.create(
        code="servicing.non_accrual_days", value=90, effective_from=date(2026, 1, 1), set_by="x"
    )
    loan = make_loan()
    days_to(date(2026, 3, 10))
    with pytest.raises(AccelerationTooEarly):
        ask(loan, "acceleration")
    days_to(date(2026, 3, 20))
    decide(loan, ask(loan, "acceleration"))
    assert loan.matures_on == date(2026, 3, 20)
    days_to(date(2026, 3, 22))
    assert tie_out(books, loan)[account_of("overdue_principal")] == 10_000_000
    change_reverse(actor=FINANCE, change_no=LoanChange.objects.get().change_no, reason="误操作")
    days_to(date(2026, 3, 23))
    assert tie_out(books, loan)[account_of("overdue_principal")] == 799_515 + 805_511


class TestWriteOff:
    @pytest.fixture
    def lost(self, books):
        loan = make_loan()
        days_to(date(2026, 4, 16))  # 60 days late
        return loan

    def test_it_needs_days_evidence_and_authority(self, books):
        loan = make_loan()
        days_to(date(2026, 4, 15))
        with pytest.raises(WriteOffTooEarly):
            ask(loan, "write_off", file_id=proof())
        days_to(date(2026, 4, 16))
        with pytest.raises(EvidenceMissing):
            ask(loan, "write_off")
        with pytest.raises(NotFound):
            ask(loan, "write_off", file_id=10**9)
        assert not LoanChange.objects.exists()
        change = ask(loan, "write_off", file_id=proof())
        before = Posting.objects.count(), len(books)
        with pytest.raises(PermissionMissing):
            decide(loan, change, make_actor(may.CHANGE_REVIEW, name="复核", user_id=3))
        ParameterValue.objects.create(
            code="servicing.write_off_authority_fen", value=9_999_999, effective_from=date(2026, 1, 1), set_by="x"
        )
        small = make_actor(may.CHANGE_REVIEW, may.WRITE_OFF_APPROVE, name="复核", user_id=3)
        with pytest.raises(WriteOffOverAuthority):
            decide(loan, change, small)
        loan.refresh_from_db()
        assert (Posting.objects.count(), len(books), loan.carrying) == (*before, "non_accrual")
        decide(loan, change, CHIEF)
        assert loan.carrying == "written_off"

    def test_the_claim_is_kept_and_what_comes_in_is_a_recovery(self, lost, books):
        change = ask(lost, "write_off", file_id=proof())
        decide(lost, change, CHIEF)
        held = tie_out(books, lost)
        assert used(held, lost) == 10_000_000
        assert held[account_of("memo_claims")] == lost.claim_kept > 10_000_000
        with pytest.raises(WrittenOffAlready):
            fee_charge(actor=CASHIER, loan_no=lost.loan_no, amount=Fen(100), code="x")
        with pytest.raises(WrittenOffAlready):
            change_request(
                actor=CASHIER, loan_no=lost.loan_no, kind="rate_change", asked={"annual_rate": str(Decimal("0.05"))},
                reason="减免",
            )  # fmt: skip
        days_to(date(2026, 4, 20))
        pay(lost, 3_000_000)
        assert told(books, "recovery_posted") == [{"cash": 3_000_000, "principal": 3_000_000}]
        assert used(tie_out(books, lost), lost) == 7_000_000
        change_reverse(actor=FINANCE, change_no=change.change_no, reason="责任人追偿")
        lost.refresh_from_db()
        assert lost.carrying == "non_accrual"
        held = tie_out(books, lost)
        assert (held[account_of("memo_claims")], used(held, lost)) == (0, 0)
