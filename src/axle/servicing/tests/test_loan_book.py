"""What origination asks of our own loans: first instalments of a dealer, who defaulted, which cars are financed."""

from datetime import date, timedelta

from django.apps import apps

from axle.platform.public import business_date_set
from axle.servicing.models import Carrying, Instalment, Loan, LoanArchive, LoanState, scope_of
from axle.servicing.public import LoanBookAdapter
from axle.servicing.selectors.loan_book import DEALER_OVERDUE_DAYS, FIRST_DEFAULT_DAYS
from axle.servicing.tests.factories import START, make_loan

FIRST_DUE = date(2026, 2, 15)
YEAR = {"since": date(2025, 2, 1), "until": date(2027, 1, 1)}


def test_what_the_loan_book_tells_of_dealers_borrowers_and_cars():
    book = LoanBookAdapter()
    unpaid, late, paid = (make_loan(number) for number in (1, 2, 3))
    dealer = apps.get_model("channel.Dealer").objects.create(
        dealer_no="DL1", name="x", uscc="x", region="330100", contact_phone="1", department_id=unpaid.department_id
    )
    Loan.objects.update(dealer=dealer)
    for loan, days in ((late, FIRST_DEFAULT_DAYS + 1), (paid, FIRST_DEFAULT_DAYS)):
        Instalment.objects.filter(loan=loan, no=1).update(settled_on=FIRST_DUE + timedelta(days=days))

    business_date_set(FIRST_DUE + timedelta(days=FIRST_DEFAULT_DAYS))
    assert book.first_dues([dealer.pk], **YEAR) == {}
    Loan.objects.update(next_unpaid_due_on=FIRST_DUE)
    business_date_set(FIRST_DUE + timedelta(days=DEALER_OVERDUE_DAYS))
    assert book.dealer_overdue_rate(dealer.pk) == 0
    business_date_set(FIRST_DUE + timedelta(days=DEALER_OVERDUE_DAYS + 1))
    assert book.dealer_overdue_rate(dealer.pk) == 1
    business_date_set(FIRST_DUE + timedelta(days=60))
    assert book.first_dues([dealer.pk], **YEAR) == {(dealer.pk, date(2026, 2, 1)): (3, 2)}
    assert book.first_dues([dealer.pk], since=date(2026, 3, 1), until=date(2027, 1, 1)) == {}
    assert book.first_dues([dealer.pk + 1], **YEAR) == {}

    customers = [loan.customer_id for loan in (unpaid, late, paid)]
    Loan.objects.filter(pk=late.pk).update(next_unpaid_due_on=START + timedelta(days=365), worst_days=59)
    Loan.objects.filter(pk=paid.pk).update(next_unpaid_due_on=None, carrying=Carrying.WRITTEN_OFF)
    assert book.borrowers([*customers, 0], defaulted_from_days=60) == dict(
        zip(customers, (True, False, True), strict=True)
    )
    assert book.borrowers(customers[:2], defaulted_from_days=61) == {customers[0]: False, customers[1]: False}
    assert book.borrowers(customers[1:2], defaulted_from_days=59) == {customers[1]: True}

    application = unpaid.contract.application_id
    assert book.is_any_financed([application, 0])
    Loan.objects.filter(pk=unpaid.pk).update(state=LoanState.SETTLED, principal_balance=0, settled_on=START)
    assert not book.is_any_financed([application])

    told = book.loans_of(
        [unpaid.contract.application_id, late.contract.application_id, paid.contract.application_id, 0]
    )
    assert {loan.loan_no: (loan.days_overdue, loan.worst_days, loan.is_defaulted(60)) for loan in told.values()} == {
        unpaid.loan_no: (0, 0, False), late.loan_no: (0, 59, False), paid.loan_no: (0, 0, True),
    }  # fmt: skip

    for loan, papers in ((late, ["contract", "mortgage_papers"]), (paid, ["contract"]), (unpaid, ["contract"])):
        LoanArchive.objects.create(
            archive_no=f"DA{loan.pk}", loan=loan, contents=papers, filed_on=START, **scope_of(loan)
        )
    since = START + timedelta(days=1)
    assert book.dealer_pending_mortgages(dealer.pk, paid_out_before=since) == (2, 1)  # a settled loan counts no more
    assert book.dealer_pending_mortgages(dealer.pk, paid_out_before=START) == (0, 0)
