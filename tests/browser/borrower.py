"""The borrower at home: signs in by a texted code and looks after the loan on the phone."""

from playwright.sync_api import expect

from axle.integrations.testing import SandboxProcess
from tests.browser.phone import Phone
from tests.browser.signing import codes_texted
from tests.browser.standing import code_may_be_sent, eventually
from tests.browser.tour import Tour
from tests.browser.words import shown
from tests.journeys.car_loan import AMOUNT, BALANCES, BUYER, DUES, INSTALMENT, PAYOFF_EARLY, PERIODS, PHONE


def signed_in(phone: Phone, sandbox: SandboxProcess) -> None:
    """The code is the one that comes after it was asked for."""
    code_may_be_sent()
    before = len(codes_texted(sandbox))
    phone.sign_in_by_code(PHONE, lambda: eventually(lambda: codes_texted(sandbox)[before:], "the code")[0])
    expect(phone.page.get_by_text(phone.words.say("phone.hello", name=BUYER.name))).to_be_visible()


def loan_read(phone: Phone, contract_no: str, tour: Tour) -> None:
    """After two instalments: what comes next and what is left, every instalment, what the payoff would cost."""
    words, page = phone.words, phone.page
    page.get_by_text(words.say("phone.next_payment", date=DUES[2].isoformat())).click()
    expect(page.locator(".phone-amount")).to_have_text(f"¥{shown(INSTALMENT)}")
    expect(page.get_by_text(words.say("phone.balance", amount=shown(BALANCES["second"])))).to_be_visible()
    instalments = page.locator(".adm-list-item")
    expect(instalments).to_have_count(PERIODS)
    for no, due_on, state in zip((1, 2, 3), DUES, ("settled", "settled", "upcoming"), strict=False):
        instalment = instalments.filter(has_text=words.say("phone.instalment", no=no, date=due_on.isoformat()))
        expect(instalment).to_contain_text(f"¥{shown(INSTALMENT)}")
        expect(instalment.locator(".adm-tag")).to_have_text(words.enum("RowState", state))
    tour.take(page, "customer-loan")
    phone.press(words.say("phone.payoff"))
    expect(page.locator(".phone-amount")).to_have_text(f"¥{shown(PAYOFF_EARLY)}")
    phone.back()
    phone.back()
    _paper_read(phone, contract_no)
    phone.back()


def letter_read(phone: Phone, letter_no: str, tour: Tour) -> None:
    """The loan is repaid in full, and the letter that says so is there to be read and kept."""
    words, page = phone.words, phone.page
    page.reload()
    expect(page.get_by_text(words.say("phone.loan_settled", amount=shown(AMOUNT)))).to_be_visible()
    tour.take(page, "customer-settled")
    _paper_read(phone, words.say("phone.documents"))
    page.get_by_role("link", name=words.say("file.save")).scroll_into_view_if_needed()
    with page.expect_download() as saved:
        page.get_by_role("link", name=words.say("file.save")).click()
    assert saved.value.suggested_filename == f"{letter_no}.pdf"
    assert saved.value.path().read_bytes().startswith(b"%PDF-")


def _paper_read(phone: Phone, name: str) -> None:
    """Open the paper of a list: by its number, or the first below a heading."""
    paper = phone.page.locator(".adm-list").filter(has_text=name).locator(".adm-list-item").first
    paper.click()
    expect(phone.page.locator("canvas").first).to_be_visible()
