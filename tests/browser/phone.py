"""People on a phone: the dealer at the counter, the customer with a text message."""

import re
from collections.abc import Callable

from playwright.sync_api import Browser, FilePayload, Locator, expect

from axle.config.demo.accounts import demo_password
from tests.browser.people import Window
from tests.browser.words import Words

READING_MS = 240_000
PHONE = {"width": 390, "height": 844}


class Phone(Window):
    """A window of phone size."""

    def __init__(self, browser: Browser, url: str, words: Words) -> None:
        super().__init__(browser, url, words, PHONE)

    def sign_in(self, username: str) -> None:
        """A dealer's employee types name and password and presses Enter."""
        self.page.goto("/dealer")
        self.page.get_by_label(self.words.say("phone.username")).fill(username)
        self.page.get_by_label(self.words.say("phone.password")).fill(demo_password(username))
        self.page.keyboard.press("Enter")
        expect(self.page.get_by_text(self.words.say("phone.my_applications"))).to_be_visible()

    def sign_in_by_code(self, number: str, code: Callable[[], str]) -> None:
        """A borrower types the phone number, asks for a code and types what was texted."""
        self.page.goto("/me")
        self.page.get_by_label(self.words.say("phone.phone_no")).fill(number)
        self.press(self.words.say("phone.code_send"))
        self.page.locator("input[autocomplete=one-time-code]").fill(code())
        self.press(self.words.say("session.sign_in"))
        expect(self.page.get_by_text(self.words.say("session.sign_out"))).to_be_visible()

    def back(self) -> None:
        """Tap the arrow at the top."""
        self.page.locator(".adm-nav-bar-back").click()

    def press(self, name: str) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def line(self, label: str, nth: int = 0) -> Locator:
        """The line of a form with this label."""
        title = self.page.locator("label", has_text=re.compile(f"^{re.escape(label)}\\W*$"))
        return self.page.locator(".adm-form-item").filter(has=title).nth(nth)

    def fill(self, label: str, text: str, nth: int = 0) -> None:
        """Type a text into a line."""
        self.line(label, nth).locator("input").fill(text)

    def pick(self, label: str, option: str, nth: int = 0) -> None:
        """Tap one of the options of a line."""
        self.line(label, nth).get_by_text(option, exact=True).click()

    def photograph(self, kind: str, content: bytes, word: str) -> None:
        """Take a photo of a paper and wait until it has been read."""
        photo: FilePayload = {"name": f"{kind}.jpg", "mimeType": "image/jpeg", "buffer": content}
        taken = self.page.locator(f"input[type=file][data-kind={kind}]")
        taken.set_input_files(photo)
        expect(self.page.locator(".phone-photo").filter(has=taken).locator(".adm-tag")).to_have_text(
            word, timeout=READING_MS
        )
