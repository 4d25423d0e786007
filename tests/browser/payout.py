"""The disbursement: the checklist, its registration, the review by another person, the bank."""

import re
from datetime import date

from playwright.sync_api import expect

from tests.browser.people import Person, spaced
from tests.browser.tour import Tour
from tests.browser.words import shown
from tests.journeys import papers
from tests.journeys.car_loan import AMOUNT, BUYER, PAYEE_ACCOUNT, PAYER_ACCOUNT


def disbursement_opened(person: Person) -> None:
    """Find the buyer's disbursement."""
    person.open("disbursement", person.words.listing("disbursements"))
    person.search(BUYER.name)
    person.open_row(BUYER.name)
    person.see(person.words.field("conditions"))


def conditions_confirmed(clerk: Person, tour: Tour) -> None:
    """Give one's word on every condition that a person has to look at."""
    words = clerk.words
    manual = words.enum("ConditionKind", "manual")
    open_ = (
        clerk.page.locator(".ant-table-row")
        .filter(has_text=manual)
        .filter(has_text=words.enum("ConditionState", "pending"))
    )
    expect(open_.first).to_be_visible()
    while left := open_.count():
        with clerk.form("condition_confirm", within=open_.first) as form:
            if form.box.locator("input[type=file]").count():
                form.upload(papers.id_back(BUYER), "paper.jpg")
            form.fill("note", words.typed("original_seen"))
        expect(open_).to_have_count(left - 1)
    tour.take(clerk.page, "conditions")


def disbursement_registered(cashier: Person) -> None:
    """Check once more, then register; who registers is not offered the review."""
    words = cashier.words
    with cashier.form("disbursement_check"):
        pass
    with cashier.form("disbursement_register"):
        pass
    approve = words.command("disbursement_approve")
    expect(cashier.page.get_by_role("button", name=spaced(approve))).to_have_count(0)


def disbursement_rejected(checker: Person) -> None:
    """Send the registration back with a reason, which stands on its page."""
    words = checker.words
    with checker.form("disbursement_reject") as form:
        form.fill("opinion", words.typed("call_the_dealer"))
    checker.see_state(words.enum("DisbursementState", "preparing"))
    assert checker.fact(words.field("review_opinion")) == words.typed("call_the_dealer")


def disbursement_approved(checker: Person, tour: Tour) -> None:
    """Key the end of the payee's account anew and approve: a wrong one is refused beside its field."""
    words = checker.words
    with checker.form("disbursement_approve") as form:
        form.fill("account_tail", "0000")
        form.send(words.command("disbursement_approve"))
        expect(form.box.locator(".ant-form-item-explain-error, .ant-alert-error").first).to_be_visible()
        tour.take(checker.page, "disbursement-approve")
        form.fill("account_tail", PAYEE_ACCOUNT[-4:])
        expect(form.box.locator(".ant-form-item-explain-error")).to_have_count(0)


def bank_reconciled(checker: Person, on: date, tour: Tour) -> None:
    """The bank's statement of the day says the same as our payment order."""
    words = checker.words
    checker.open("finance", words.listing("reconciliations"))
    with checker.form("reconciliation_run") as form:
        form.choose("bank_account_id", PAYER_ACCOUNT)
        form.fill_day("on", on.isoformat())
    paid = checker.row(on.isoformat())
    expect(paid).to_contain_text(shown(AMOUNT))
    tour.take(checker.page, "reconciliation")
    checker.open("finance", words.listing("bank_statement_lines"))
    expect(checker.row(shown(AMOUNT))).to_contain_text(words.enum("MoneyDirection", "out"))
    checker.open("finance", words.listing("reconciliation_breaks"))
    expect(checker.page.locator(".ant-empty")).to_be_visible()


def loan_opened(person: Person) -> str:
    """Find the buyer's loan; gives its number."""
    person.open("loan", person.words.listing("loans"))
    person.search(BUYER.name)
    link = person.row(BUYER.name).get_by_role("link").first
    loan_no = link.inner_text()
    link.click()
    person.see_title(loan_no)
    found = re.search(r"\w+", loan_no)
    assert found
    return found.group()
