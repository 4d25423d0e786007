"""The last fen is let go, and the car's mortgage is to be released.

2,000.00 at 9 % over 2 months from 15 January: 1,011.26 due on 15 February, the rest on 15 March.
"""

from contextlib import suppress
from datetime import date

import pytest
from django.db import transaction

from axle.documents.public import documents_of
from axle.kernel.money import Fen
from axle.platform.public import Subject, business_date, parameter_set
from axle.platform.testing import run_jobs
from axle.servicing.errors import LienReleaseDateRefused, LienReleaseStateRefused
from axle.servicing.jobs import issue_payoff_letter
from axle.servicing.models import LienRelease, Loan
from axle.servicing.selectors import controls
from axle.servicing.services.lien_release import lien_release_complete, lien_release_reopen
from axle.servicing.services.payoff_letter_issue import payoff_letter_issue
from axle.servicing.services.receipt_confirm import receipt_reverse
from axle.servicing.tests.acts import assert_clean, days_to, pay, totals
from axle.servicing.tests.factories import FINANCE, make_loan

pytestmark = pytest.mark.usefixtures("only_servicing_steps")
DUE_1, DUE_2 = date(2026, 2, 15), date(2026, 3, 15)


@pytest.fixture
def last() -> Loan:
    """A loan on its last due date, with the instalment of that day owed."""
    loan = make_loan(principal=Fen(2_000_00), periods=2)
    days_to(DUE_1)
    pay(loan, owed(loan, DUE_1))
    days_to(DUE_2)
    return loan


def owed(loan, on):
    row = loan.instalments.get(due_on=on)
    return row.principal + row.interest


def refused(error, act):
    before = list(LienRelease.objects.values())
    with pytest.raises(error) as caught, transaction.atomic():
        act()
    assert list(LienRelease.objects.values()) == before
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

    def test_a_settled_loan_has_one_letter_and_a_reversal_withdraws_it(self, last, signing):
        receipt = pay(last, owed(last, DUE_2))
        assert self.letters(last) == []
        assert run_jobs().count("issue_payoff_letter") == 1
        [(state, number)] = self.letters(last)
        assert state == "sealed"
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
