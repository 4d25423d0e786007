"""The contract: made and sent by the clerk, read and signed by the customer on the phone."""

import re

from playwright.sync_api import expect

from axle.integrations.testing import SandboxProcess
from tests.browser.people import Person
from tests.browser.phone import Phone
from tests.browser.standing import eventually
from tests.browser.tour import Tour
from tests.journeys.car_loan import BUYER, PHONE

_BETWEEN_PRESSES_MS = 5_000
_STROKES = ((40, 150), (90, 40), (130, 160), (180, 50), (210, 150), (270, 70), (320, 140))


def contract_made(clerk: Person, application_no: str) -> None:
    """Make the contract of the approved case."""
    words = clerk.words
    clerk.open("intake", words.listing("applications"))
    clerk.search(application_no)
    clerk.open_row(application_no)
    clerk.see_state(words.enum("ApplicationState", "approved"))
    with clerk.form("contract_create"):
        pass


def contract_sent(clerk: Person, tour: Tour) -> None:
    """Look at the contract's paper, then send it."""
    words = clerk.words
    clerk.open("contract", words.listing("contracts"))
    clerk.search(BUYER.name)
    clerk.open_row(BUYER.name)
    clerk.tab(words.say("paper.title"))
    expect(clerk.page.locator("canvas").first).to_be_visible()
    tour.take(clerk.page, "contract")
    with clerk.form("contract_send_for_signing"):
        pass


def _texts(sandbox: SandboxProcess, pattern: str) -> list[str]:
    return re.findall(pattern, str(sandbox.look("sms/outbox", phone=PHONE)))


def codes_texted(sandbox: SandboxProcess) -> list[str]:
    """Every code that the buyer's phone was sent, oldest first."""
    return _texts(sandbox, r"验证码是(\d{6})")[::-1]


def contract_signed(phone: Phone, sandbox: SandboxProcess, tour: Tour) -> None:
    """Open the link of the text message, read, confirm the cost, draw a name, type the code that was texted."""
    words, page = phone.words, phone.page
    _paper_signed(phone, sandbox, tour, ("phone.sign", "phone.confirm_cost"), "customer")
    phone.press(words.say("phone.to_overview"))
    expect(page.get_by_label(words.say("phone.phone_no"))).to_be_visible()


def consent_signed(phone: Phone, sandbox: SandboxProcess, tour: Tour) -> None:
    """Open the link, read the consent letter, agree, sign: the letter is the customer's to take back."""
    _paper_signed(phone, sandbox, tour, ("phone.sign_letter", "phone.confirm_letter"), "applicant")
    expect(phone.page.get_by_role("button", name=phone.words.say("phone.letter_withdraw"))).to_be_visible()


def _paper_signed(phone: Phone, sandbox: SandboxProcess, tour: Tour, said: tuple[str, str], whose: str) -> None:
    """Open the newest link, read, state, draw a name, type the code that was texted."""
    words, page = phone.words, phone.page
    links = eventually(lambda: _texts(sandbox, r"https?://[^\s'\"]+sign/[A-Za-z0-9_-]{20,}"), "the link")
    button = words.say(said[0])
    page.goto(links[0])
    expect(page.locator("canvas").first).to_be_visible()
    tour.take(page, f"{whose}-reads")
    page.get_by_role("button", name=button, exact=True).click()
    page.get_by_text(words.say(said[1])).click()
    _name_drawn(phone)
    code = _code_texted(phone, sandbox)
    page.locator(".adm-popup input[autocomplete=one-time-code]").fill(code)
    tour.take(page, f"{whose}-signs")
    page.locator(".adm-popup").get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_text(words.say("phone.signed"), exact=True)).to_be_visible(timeout=60_000)


def _code_texted(phone: Phone, sandbox: SandboxProcess) -> str:
    """Ask for the code; again while a phone has to wait a minute between two codes."""
    before = len(codes_texted(sandbox))

    def texted() -> list[str]:
        codes = codes_texted(sandbox)[before:]
        button = phone.page.get_by_role("button", name=phone.words.say("phone.code_send"))
        if not codes and button.count() and button.first.is_enabled():
            button.first.click()
            phone.page.wait_for_timeout(_BETWEEN_PRESSES_MS)
        return codes

    return eventually(texted, "the code")[0]


def _name_drawn(phone: Phone) -> None:
    pad = phone.page.get_by_label(phone.words.say("phone.signature"))
    box = pad.bounding_box()
    assert box
    (x, y), *rest = _STROKES
    phone.page.mouse.move(box["x"] + x, box["y"] + y)
    phone.page.mouse.down()
    for x, y in rest:
        phone.page.mouse.move(box["x"] + x, box["y"] + y, steps=6)
    phone.page.mouse.up()
