"""A car loan from the dealer's phone to the payoff letter, by ten people in a browser, and the accountant who looks.

Everything is real: web, worker and sandbox are processes, papers are read by recognition, the bank calls back.
It is played in both languages; in the second one it ends when the money has left, unless pictures are taken.
``AXLE_TOUR=docs/images/tour ./axle test tests/browser/test_car_loan.py`` writes those of ``docs/tour.md``.
"""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.test import override_settings
from playwright.sync_api import Browser

from axle.config import demo
from axle.kernel.money import yuan
from axle.platform.public import business_date
from tests.browser import books, borrower, intake, payout, repayments, reviews, signing, standing
from tests.browser.installation import Installation, installation_running
from tests.browser.phone import Phone
from tests.browser.town import Town
from tests.browser.words import LANGUAGES, Words
from tests.journeys import car_loan
from tests.journeys.car_loan import AMOUNT

pytestmark = pytest.mark.browser
_ARGON2 = "django.contrib.auth.hashers.Argon2PasswordHasher"


@pytest.fixture
def installation(transactional_db: None) -> Iterator[Installation]:
    """The demo institution with its processes."""
    with override_settings(PASSWORD_HASHERS=[_ARGON2]):  # the tests' own is not one of a real web process
        demo.load(lambda _step: None, loans=0)
    _few_reports()
    with installation_running() as running:
        yield running


def _few_reports() -> None:
    """One report a day is made while months pass, not all of the demo's."""
    schedules = apps.get_model("reporting.ReportSchedule").objects
    schedules.exclude(pk=schedules.filter(rhythm="daily").earliest("pk").pk).update(is_active=False)


@pytest.fixture
def town(browser: Browser, installation: Installation, request: pytest.FixtureRequest) -> Iterator[Town]:
    """The people of one language."""
    people = Town(browser, installation, Words(request.param))
    yield people
    people.close()


@pytest.mark.parametrize("town", LANGUAGES, indirect=True)
def test_a_car_loan_by_clicking_and_typing(town: Town) -> None:
    application_no = _applied(town)
    _reviewed(town, application_no)
    _signed(town, application_no)
    loan_no = _disbursed(town)
    if town.words.language == LANGUAGES[0] or town.tour.is_taken:
        _paid_on_time(town, loan_no)
        home = _at_home(town, application_no)
        _paid_late(town, loan_no)
        letter_no = _paid_off(town, loan_no)
        borrower.letter_read(home, letter_no, town.tour)
        _booked(town, loan_no)
    books.decision_read(town.person("risk_analyst"), application_no, town.tour)
    standing.jobs_done()
    standing.books_clean()


def _applied(town: Town) -> str:
    counter = town.phone()

    def consent() -> None:
        """On the customer's own phone, whose browser a machine drives: that alone sends the case to people."""
        intake.consent_asked(counter)
        signing.consent_signed(town.phone(), town.installation.sandbox, town.tour)
        intake.consent_given(counter)

    application_no = intake.application_sent(counter, town.tour, consent)
    standing.application_is(application_no, "in_review")
    application = standing.row("origination.Application", application_no=application_no)
    assert (application.decision, yuan(application.amount), application.vehicle.vin) == (
        "refer",
        AMOUNT,
        car_loan.BUYER.vin,
    )
    standing.books_clean()
    return application_no


def _reviewed(town: Town, application_no: str) -> None:
    reviews.reviewed(town.person("first_reviewer"), application_no, town.tour, "first-review")
    credit, appraiser = town.person("credit_reviewer"), town.person("appraiser")
    for reviewer in (credit, appraiser):
        reviews.case_opened(reviewer, application_no)
        reviews.task_claimed(reviewer)
    town.tour.take(credit.page, "credit-review")
    reviews.task_approved(appraiser)
    standing.application_is(application_no, "in_review")
    reviews.task_approved(credit)
    standing.application_is(application_no, "in_review")
    reviews.reviewed(town.person("second_reviewer"), application_no, town.tour)
    standing.application_is(application_no, "approved")
    standing.books_clean()
    town.leave("first_reviewer", "credit_reviewer", "appraiser", "second_reviewer")


def _signed(town: Town, application_no: str) -> None:
    signing.contract_made(town.person("contract_clerk"), application_no)
    signing.contract_sent(town.person("contract_clerk"), town.tour)
    signing.contract_signed(town.phone(), town.installation.sandbox, town.tour)
    standing.contract_is(application_no, "signed")
    contract = standing.row("origination.Contract", application__application_no=application_no)
    assert (yuan(contract.principal), contract.periods) == (AMOUNT, car_loan.PERIODS)
    standing.books_clean()


def _disbursed(town: Town) -> str:
    clerk, cashier, checker = (town.person(name) for name in ("contract_clerk", "cashier", "checker"))
    payout.disbursement_opened(clerk)
    payout.conditions_confirmed(clerk, town.tour)
    payout.disbursement_opened(cashier)
    payout.disbursement_registered(cashier)
    payout.disbursement_opened(checker)
    payout.disbursement_rejected(checker)
    payout.disbursement_opened(cashier)
    payout.disbursement_registered(cashier)
    payout.disbursement_opened(checker)
    payout.disbursement_approved(checker, town.tour)
    standing.eventually(lambda: standing.loans_of(car_loan.BUYER.vin), "the bank's word")
    loan_no = payout.loan_opened(cashier)
    town.tour.take(cashier.page, "loan")
    loan = standing.row("servicing.Loan", loan_no=loan_no)
    assert (loan.state, yuan(loan.principal_balance), loan.disbursed_on) == ("in_force", AMOUNT, business_date())
    assert standing.account_sums(loan_no, "loan_disbursed") == [car_loan.ENTRIES["disbursement"]]
    payout.bank_reconciled(checker, business_date(), town.tour)
    reconciled = standing.row("payments.Reconciliation")
    assert (reconciled.matched, reconciled.breaks, yuan(reconciled.paid_fen)) == (1, 0, AMOUNT)
    standing.books_clean()
    town.leave("checker")
    return loan_no


def _at_home(town: Town, application_no: str) -> Phone:
    """The borrower looks at the loan on a phone of their own."""
    phone = town.phone()
    contract = standing.row("origination.Contract", application__application_no=application_no)
    borrower.signed_in(phone, town.installation.sandbox)
    borrower.loan_read(phone, contract.contract_no, town.tour)
    return phone


def _days_to(town: Town, on: date) -> None:
    town.installation.days_closed(on - timedelta(days=1))
    assert business_date() == on


def _settled_entry(town: Town, loan_no: str, act: str, amount: str, *, on: date, quote_no: str | None = None) -> None:
    """A receipt by two people; the loan and its entry are what the figures say."""
    repayments.receipt_registered(town.person("cashier"), loan_no, amount, on, quote_no)
    before = standing.account_sums(loan_no, "receipt_posted")
    repayments.receipt_confirmed(town.person("accountant"), loan_no, amount)
    assert standing.account_sums(loan_no, "receipt_posted") == [*before, car_loan.ENTRIES[act]]
    loan = standing.row("servicing.Loan", loan_no=loan_no)
    assert yuan(loan.principal_balance) == car_loan.BALANCES[act]
    standing.books_clean()


def _paid_on_time(town: Town, loan_no: str) -> None:
    for due_on, act in zip(car_loan.DUES, ("first", "second"), strict=False):
        _days_to(town, due_on)
        _settled_entry(town, loan_no, act, car_loan.INSTALMENT, on=business_date())


def _paid_late(town: Town, loan_no: str) -> None:
    _days_to(town, car_loan.DUES[2] + timedelta(days=car_loan.LATE_DAYS))
    cashier = town.person("cashier")
    repayments.loan_shown(cashier, loan_no)
    cashier.see_figure(town.words.field("days_past_due"), str(car_loan.LATE_DAYS))
    town.tour.take(cashier.page, "overdue")
    _settled_entry(town, loan_no, "late", car_loan.LATE_TOTAL, on=business_date())
    repayments.loan_shown(cashier, loan_no)
    cashier.see_figure(town.words.field("days_past_due"), "0")


def _paid_off(town: Town, loan_no: str) -> str:
    _days_to(town, car_loan.DUES[2] + timedelta(days=15))
    quote_no, total = repayments.payoff_quoted(town.person("cashier"), loan_no, business_date(), town.tour)
    assert total == car_loan.PAYOFF["total"]
    _settled_entry(town, loan_no, "payoff", total, on=business_date(), quote_no=quote_no)
    assert standing.row("servicing.Loan", loan_no=loan_no).state == "settled"
    letter_no = repayments.letter_issued(town.person("contract_clerk"), loan_no, town.tour)
    _days_to(town, car_loan.DUES[3] + timedelta(days=1))
    assert standing.claims_open() == {}
    standing.books_clean()
    return letter_no


def _booked(town: Town, loan_no: str) -> None:
    accountant = town.person("accountant")
    books.vouchers_read(accountant, loan_no, town.tour)
    books.trial_balance_read(accountant, loan_no, town.tour)
