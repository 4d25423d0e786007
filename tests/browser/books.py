"""The accountant looks: vouchers, the trial balance, and from an amount down to the fact behind it."""

import re

from playwright.sync_api import expect

from tests.browser.people import Person
from tests.browser.tour import Tour
from tests.browser.words import shown
from tests.journeys.car_loan import LATE_TOTAL, PAYOFF


def vouchers_read(accountant: Person, loan_no: str, tour: Tour) -> None:
    """Find the voucher of the late receipt, read its lines and go to the receipt behind it."""
    words = accountant.words
    accountant.open("finance", words.listing("vouchers"))
    accountant.search(loan_no)
    voucher = accountant.page.locator(".ant-table-row").filter(has_text=shown(LATE_TOTAL))
    tour.take(accountant.page, "vouchers")
    voucher.get_by_role("link").first.click()
    for amount in ("19,477.84", "1,509.40", "68.83", "4.13"):
        expect(accountant.page.get_by_role("cell", name=amount, exact=True).first).to_be_visible()
    tour.take(accountant.page, "voucher")


def trial_balance_read(accountant: Person, loan_no: str, tour: Tour) -> None:
    """From this month's trial balance into the account of loans, to the entry of the payoff, and to the loan."""
    words, page = accountant.words, accountant.page
    accountant.open("finance", words.say("trial.title"))
    accountant.see(words.say("trial.balanced"))
    tour.take(page, "trial-balance")
    page.get_by_role("link", name=re.compile(r"^1303\.01 ")).click()
    expect(page.get_by_role("heading", name=re.compile("1303.01"))).to_be_visible()
    paid = page.locator(".ant-table-row").filter(has_text=loan_no).filter(has_text=shown(PAYOFF["principal"]))
    expect(paid.last).to_be_visible()
    tour.take(page, "account-ledger")
    paid.last.get_by_role("link").first.click()
    expect(page.get_by_role("cell", name=shown(PAYOFF["principal"]), exact=True).first).to_be_visible()
    accountant.press(words.say("voucher.business"))
    accountant.see_state(words.enum("LoanState", "settled"))


def decision_read(analyst: Person, application_no: str, tour: Tour) -> None:
    """Product, strategy and the record of the decision, each on its page."""
    words = analyst.words
    analyst.open("product", words.listing("product_versions"))
    analyst.open_row("NEW-CAR")
    analyst.see("NEW-CAR")
    tour.take(analyst.page, "product")
    analyst.open("risk", words.listing("strategy_versions"))
    analyst.open_row("auto_loan_standard")
    tour.take(analyst.page, "strategy")
    analyst.open("intake", words.listing("applications"))
    analyst.search(application_no)
    analyst.open_row(application_no)
    analyst.part(words.say("application.decision"))
    analyst.page.get_by_role("link", name=re.compile(r"^DR")).first.click()
    analyst.see(words.enum("DecisionOutcome", "refer"))
    tour.take(analyst.page, "decision-record")
