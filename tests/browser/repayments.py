"""Servicing: receipts registered and confirmed by two people, the payoff and its letter."""

from datetime import date

from playwright.sync_api import expect

from tests.browser.people import Person
from tests.browser.tour import Tour
from tests.browser.words import shown
from tests.journeys.car_loan import BUYER


def loan_shown(person: Person, loan_no: str) -> None:
    """Open the loan's page anew: days may have passed."""
    person.page.reload()
    person.open("loan", person.words.listing("loans"))
    person.search(loan_no)
    person.open_row(loan_no)
    person.see_title(loan_no)


def receipt_registered(cashier: Person, loan_no: str, amount: str, on: date, quote_no: str | None = None) -> None:
    """What came in, typed on the loan's page."""
    loan_shown(cashier, loan_no)
    with cashier.form("receipt_register") as form:
        form.fill("amount", amount)
        expect(form.field("ReceiptRegisterIn/value_on")).to_have_value(on.isoformat())
        form.fill("payer_name", BUYER.name)
        if quote_no:
            form.choose("payoff_quote_no", quote_no)


def receipt_confirmed(accountant: Person, loan_no: str, amount: str) -> None:
    """Finance finds the money on the statement and confirms."""
    words = accountant.words
    accountant.page.reload()
    accountant.open("loan", words.listing("receipts"))
    accountant.search(loan_no)
    waiting = accountant.page.locator(".ant-table-row").filter(has_text=words.enum("ReceiptState", "registered"))
    expect(waiting).to_have_count(1)
    expect(waiting).to_contain_text(shown(amount))
    waiting.get_by_role("link").first.click()
    accountant.see_state(words.enum("ReceiptState", "registered"))
    with accountant.form("receipt_confirm"):
        pass
    accountant.see_state(words.enum("ReceiptState", "confirmed"))


def payoff_quoted(cashier: Person, loan_no: str, on: date, tour: Tour) -> tuple[str, str]:
    """Ask what settles the loan; gives the quote's number and total."""
    words = cashier.words
    loan_shown(cashier, loan_no)
    title = words.command("payoff_quote_create")
    cashier.press(title)
    box = cashier.page.get_by_role("dialog").filter(has_text=title)
    expect(box.get_by_label(words.field("on"), exact=True)).to_have_value(on.isoformat())
    box.locator(".ant-modal-footer").get_by_role("button", name=title).click()
    number = cashier.fact(words.field("quote_no"), box)
    total = cashier.fact(words.field("total"), box)
    tour.take(cashier.page, "payoff-quote")
    box.locator(".ant-modal-footer").get_by_role("button").click()
    return number, total.replace(",", "").lstrip("¥")


def letter_issued(clerk: Person, loan_no: str, tour: Tour) -> str:
    """The letter that says that nothing is owed any more, and its paper; gives its number."""
    words = clerk.words
    loan_shown(clerk, loan_no)
    title = words.command("payoff_letter_issue")
    clerk.press(title)
    box = clerk.page.get_by_role("dialog").filter(has_text=title)
    box.locator(".ant-modal-footer").get_by_role("button", name=title).click()
    number = clerk.fact(words.field("document_no", "servicing"), box)
    box.locator(".ant-modal-footer").get_by_role("button").click()
    clerk.open("contract", words.listing("documents"))
    clerk.open_row(number)
    clerk.see_title(number)
    clerk.tab(words.say("paper.title"))
    expect(clerk.page.locator("canvas").first).to_be_visible()
    tour.take(clerk.page, "payoff-letter")
    return number
