"""The last fen is let go, and the car's mortgage is to be released.

2,000.00 at 9 % over 2 months from 15 January: 1,011.26 due on 15 February, the rest on 15 March.
"""

from contextlib import suppress
from datetime import date

import pytest
from django.db import transaction

from axle.documents.public import documents_of
from axle.kernel.money import Fen
from axle.platform.public import Subject, business_date, business_date_set, parameter_set
from axle.platform.testing import run_jobs
from axle.servicing.domain.credit_loss import accrual_policy
from axle.servicing.domain.papers import PAPERS, papers
from axle.servicing.errors import (
    ArchiveDateRefused,
    ArchiveIncomplete,
    ArchiveKnown,
    ArchiveLoanOwes,
    ArchiveStateRefused,
    LienReleaseDateRefused,
    LienReleaseStateRefused,
)
from axle.servicing.jobs import issue_payoff_letter
from axle.servicing.models import ArchiveMove, LienRelease, Loan, LoanArchive, PaperKind
from axle.servicing.selectors import controls
from axle.servicing.services.archive_keep import (
    archive_file,
    archive_hand_over,
    archive_lend,
    archive_place,
    archive_return,
)
from axle.servicing.services.lien_release import lien_release_complete, lien_release_reopen
from axle.servicing.services.payoff_letter_issue import payoff_letter_issue
from axle.servicing.services.receipt_confirm import receipt_reverse
from axle.servicing.services.receipts_confirm import Registered, receipts_confirm
from axle.servicing.tests.acts import INSTALMENT, assert_clean, days_to, kept_loan, pay, totals
from axle.servicing.tests.factories import FINANCE, make_loan

pytestmark = pytest.mark.usefixtures("only_servicing_steps")
DUE_1, DUE_2 = date(2026, 2, 15), date(2026, 3, 15)


@pytest.fixture
def last(books) -> Loan:
    """A loan on its last due date, with the instalment of that day owed."""

    def two_months():
        loan = make_loan(principal=Fen(2_000_00), periods=2)
        days_to(DUE_1)
        pay(loan, owed(loan, DUE_1))
        days_to(DUE_2)
        return loan

    return kept_loan(books, "the last day of two months", two_months)


def owed(loan, on):
    row = loan.instalments.get(due_on=on)
    return row.principal + row.interest


def refused(error, act):
    tables = (LienRelease, LoanArchive, ArchiveMove)
    before = [list(table.objects.order_by("pk").values()) for table in tables]
    with pytest.raises(error) as caught, transaction.atomic():
        act()
    assert [list(table.objects.order_by("pk").values()) for table in tables] == before
    return caught.value.params


def test_a_residue_of_a_yuan_is_waived_and_booked(last, books):
    pay(last, owed(last, DUE_2) - 100)
    assert (last.state, last.settled_on, last.principal_balance) == ("settled", DUE_2, 0)
    assert totals(books)["residue_waived.principal"] == 100
    told = totals(books)
    assert told["loan_disbursed.principal"] == told["receipt_posted.principal"] + told["residue_waived.principal"]
    assert controls.interest_receivable(last.legal_entity_id) == 0
    assert_clean()


def test_more_than_the_residue_is_owed_on(last):
    pay(last, owed(last, DUE_2) - 101)
    assert (last.state, last.principal_balance) == ("in_force", 101)
    pay(last, 101)
    assert last.state == "settled"


def test_a_residue_within_the_tolerance_is_no_arrears(books):
    parameter_set(
        actor=FINANCE, code="servicing.arrears_tolerance_fen", value=100, effective_from=DUE_1, legal_entity_id=None,
        note="test",
    )  # fmt: skip
    loan, other = make_loan(), make_loan(2)
    business_date_set(DUE_1)
    single = pay(loan, INSTALMENT - 100)
    together = pay(other, INSTALMENT - 100, confirm=False)
    assert (
        receipts_confirm(actor=FINANCE, receipts=[Registered(together.pk, together.receipt_no, together.loan_id)]) == {}
    )
    for one in (loan, other):
        one.refresh_from_db()
        assert (one.next_unpaid_due_on, one.instalments.get(due_on=DUE_1).settled_on) == (DUE_2, DUE_1)
    assert totals(books)["residue_waived.principal"] == 200
    receipt_reverse(actor=FINANCE, receipt_no=single.receipt_no, reason="退票")
    loan.refresh_from_db()
    assert (loan.next_unpaid_due_on, loan.principal_balance) == (DUE_1, loan.principal)
    assert totals(books)["residue_waived.principal"] == 100
    pay(loan, INSTALMENT - 101, serial="again")
    loan.refresh_from_db()
    assert loan.next_unpaid_due_on == DUE_1
    assert_clean()


def test_nothing_is_waived_where_the_parameter_says_so(last):
    parameter_set(
        actor=FINANCE, code="servicing.settling_residue_fen", value=0, effective_from=DUE_1, legal_entity_id=None,
        note="test",
    )  # fmt: skip
    pay(last, owed(last, DUE_2) - 1)
    assert (last.state, last.principal_balance) == ("in_force", 1)


def test_a_reversed_receipt_makes_the_residue_owed_again(last, books):
    receipt = pay(last, owed(last, DUE_2) - 50)
    receipt_reverse(actor=FINANCE, receipt_no=receipt.receipt_no, reason="退票")
    last.refresh_from_db()
    assert (last.state, last.principal_balance + 0) == ("in_force", owed_principal(last))
    assert totals(books)["residue_waived.principal"] == 0
    assert LienRelease.objects.get().state == "cancelled"
    pay(last, owed(last, DUE_2))
    assert last.state == "settled"
    assert [row.state for row in LienRelease.objects.order_by("pk")] == ["cancelled", "open"]
    assert_clean()


def owed_principal(loan):
    return loan.instalments.get(due_on=DUE_2).principal


class TestLienRelease:
    @pytest.fixture
    def release(self, last) -> LienRelease:
        """Opened by the settlement."""
        pay(last, owed(last, DUE_2))
        return LienRelease.objects.get(loan=last)

    def test_it_is_due_ten_working_days_after_the_settlement(self, release):
        # 15 March 2026 is a Sunday; the tenth working day after it is Friday, 27 March
        assert (release.state, release.settled_on, release.due_on) == ("open", DUE_2, date(2026, 3, 27))

    def test_done_with_evidence_and_undone(self, release):
        number = release.release_no
        early = {
            "actor": FINANCE,
            "release_no": number,
            "released_on": date(2026, 3, 14),
            "evidence_no": "登2026-1",
        }
        assert refused(LienReleaseDateRefused, lambda: lien_release_complete(**early)) == {"settled_on": "2026-03-15"}
        refused(LienReleaseStateRefused, lambda: lien_release_reopen(release_no=number, reason="有误"))
        done = lien_release_complete(**(early | {"released_on": business_date()}))
        assert (done.state, done.evidence_no, done.done_by) == ("done", "登2026-1", "会计")
        refused(LienReleaseStateRefused, lambda: lien_release_complete(**(early | {"released_on": business_date()})))
        again = lien_release_reopen(release_no=number, reason="凭证号有误")
        assert (again.state, again.evidence_no, again.closing_reason) == ("open", "", "凭证号有误")


class TestLetter:
    def letters(self, loan):
        return [(paper.state, paper.document_no) for paper in documents_of(Subject("loan", loan.pk))]

    PLACE = {"shelf_no": "A-03", "box_no": "117", "keeper": "档案员"}

    def archive(self, loan):
        """What names the file of a loan in which the certificate is still missing, and who acts."""
        file = archive_file(actor=FINANCE, loan_no=loan.loan_no, contents=["contract"], **self.PLACE)
        return {"actor": FINANCE, "archive_no": file.archive_no}

    def papers_go(self, paper):
        """The certificate joins the file; it is lent, comes back, and all goes to the owner of the car."""
        today, both = business_date(), ["registration_certificate", "contract"]
        archive_place(contents=both, **self.PLACE, **paper)
        refused(ArchiveDateRefused, lambda: archive_lend(person="法务", due_back_on=DUE_1, note="诉讼", **paper))
        archive_lend(person="法务", due_back_on=today, note="诉讼", **paper)
        refused(ArchiveStateRefused, lambda: archive_hand_over(person="张三", **paper))
        archive_return(**paper)
        refused(ArchiveStateRefused, lambda: archive_return(**paper))
        done = archive_hand_over(person="张三", note="办理解押", **paper)
        assert (done.state, done.holder, done.contents) == ("handed_over", "张三", sorted(both))
        moves = done.moves.order_by("pk").values_list("act", "person")
        assert list(moves) == [
            ("filed", "档案员"), ("placed", "档案员"), ("lent", "法务"), ("returned", "法务"), ("handed_over", "张三"),
        ]  # fmt: skip

    def test_a_settled_loan_has_one_letter_and_a_reversal_withdraws_it(self, last, signing):
        paper = self.archive(last)
        refused(ArchiveKnown, lambda: self.archive(last))
        refused(ArchiveLoanOwes, lambda: archive_hand_over(person="张三", **paper))
        receipt = pay(last, owed(last, DUE_2))
        missing = {"missing": "机动车登记证书、结清证明"}
        assert refused(ArchiveIncomplete, lambda: archive_hand_over(person="张三", **paper)) == missing
        assert self.letters(last) == []
        assert run_jobs().count("issue_payoff_letter") == 1
        [(state, number)] = self.letters(last)
        assert state == "sealed"
        self.papers_go(paper)
        issue_payoff_letter(loan_no=last.loan_no)
        assert payoff_letter_issue(actor=FINANCE, loan_no=last.loan_no).document_no == number
        assert self.letters(last) == [("sealed", number)]

        receipt_reverse(actor=FINANCE, receipt_no=receipt.receipt_no, reason="错账")
        assert self.letters(last) == [("void", number)]
        issue_payoff_letter(loan_no=last.loan_no)
        assert self.letters(last) == [("void", number)]

        pay(last, owed(last, DUE_2))
        run_jobs()
        (old, again) = self.letters(last)
        assert (old[0], again[0]) == ("void", "sealed")
        assert again[1] != number

    def test_what_is_taken_back_leaves_no_letter_behind(self, last):
        with suppress(RuntimeError), transaction.atomic():
            pay(last, owed(last, DUE_2))
            raise RuntimeError
        assert "issue_payoff_letter" not in run_jobs()


def test_what_a_file_must_hold_is_of_the_papers_that_there_are():
    assert tuple(PaperKind.values) == PAPERS
    for wrong in (["contract", "contract"], ["keys"], [1]):
        with pytest.raises(ValueError, match=r"keys|contract|1"):
            papers(wrong)
    assert papers(["spare_key"]) == ["spare_key"]
    with pytest.raises(ValueError, match="net"):
        accrual_policy("net")
