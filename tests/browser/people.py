"""People at the staff console: they read, click and type, and nothing else."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, FilePayload, Locator, Page, Response, expect

import axle.config.api  # noqa: F401 — declares the commands, whichever test comes first
from axle.config.demo.accounts import demo_password
from axle.platform.public import COMMANDS
from tests.browser.words import LANGUAGES, Words

DESK = {"width": 1360, "height": 850}


class Window:
    """One browser window of one person; whatever breaks in it is remembered."""

    def __init__(self, browser: Browser, url: str, words: Words, size: dict[str, int]) -> None:
        self.words = words
        self.troubles: list[str] = []
        self.context = browser.new_context(
            viewport={"width": size["width"], "height": size["height"]},
            locale=words.language,
            base_url=url,
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
        )
        self.page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.troubles.append(f"page error: {error}"))
        self.page.on("response", self._heard)

    def _heard(self, response: Response) -> None:
        if response.status >= 500:
            self.troubles.append(f"{response.status} {response.url}")

    def close(self) -> None:
        """Close the window; it must have worked all the time."""
        self.context.close()
        assert self.troubles == []


class Person(Window):
    """Somebody of the institution at a desk."""

    def __init__(self, browser: Browser, url: str, words: Words, username: str) -> None:
        super().__init__(browser, url, words, DESK)
        self.username = username

    def sign_in(self) -> None:
        """Type name and password and press Enter."""
        self.page.goto("/")
        self.page.get_by_label(self.words.say("session.username"), exact=True).fill(self.username)
        self.page.get_by_label(self.words.say("session.password"), exact=True).fill(demo_password(self.username))
        self.page.keyboard.press("Enter")
        expect(self.page.locator(".ant-pro-layout")).to_be_visible()
        self._choose_language()

    def _choose_language(self) -> None:
        """The accounts of the demo begin in Chinese, whatever the browser speaks."""
        shown = self.page.locator("html")
        expect(shown).to_have_attribute("lang", LANGUAGES[0])
        if self.words.language != LANGUAGES[0]:
            self.page.get_by_role("banner").get_by_text(Words(LANGUAGES[0]).say("language.other"), exact=True).click()
            expect(shown).to_have_attribute("lang", self.words.language)

    def open(self, menu: str, page: str | None = None) -> None:
        """Open a page by the menu: its group, then its name; a group of one page is that page."""
        side = self.page.locator(".ant-layout-sider")
        title = re.escape(self.words.say(f"menu.{menu}"))
        group = side.get_by_role("menuitem", name=re.compile(rf"(^|\s){title}$")).first
        group.wait_for()
        if page is None:
            group.click()
            return
        entry = side.get_by_role("menuitem", name=page, exact=True)
        if not entry.is_visible():
            group.click()
            entry.wait_for()
        entry.scroll_into_view_if_needed()
        entry.click()

    def open_row(self, text: str, link: str | None = None) -> None:
        """Open the thing that a row of the list shown is about."""
        row = self.row(text)
        (row.get_by_role("link", name=link) if link else row.get_by_role("link").first).click()

    def row(self, text: str) -> Locator:
        """The row of a table that holds this text."""
        return self.page.locator(".ant-table-row").filter(has_text=text).first

    def search(self, text: str) -> None:
        """Look for something in the list shown."""
        self.page.get_by_label(self.words.say("ledger.keyword"), exact=True).fill(text)
        self.page.keyboard.press("Enter")
        expect(self.page).to_have_url(re.compile(r"[?&]q="))
        expect(self.page.locator(".ant-spin-spinning")).to_have_count(0)

    def press(self, name: str, within: Locator | None = None) -> None:
        """Press the button of this name."""
        (within or self.page).get_by_role("button", name=spaced(name)).first.click()

    def tab(self, name: str) -> None:
        """Turn to a tab of the page."""
        self.page.get_by_role("tab", name=re.compile(f"^{re.escape(name)}")).click()

    def part(self, name: str) -> None:
        """Go to a part of the page by the bar of their names."""
        parts = self.page.get_by_role("navigation", name=self.words.say("detail.parts"))
        parts.get_by_role("button", name=spaced(name)).click()

    @contextmanager
    def form(self, command: str, within: Locator | None = None) -> Iterator["Form"]:
        """Open the form of a command, fill it in inside the block, send it and see that it was done."""
        title = self.words.command(command)
        self.press(title, within)
        box = self.page.get_by_role("dialog").filter(has_text=title)
        form = Form(self.page, box, self.words, COMMANDS[command].context)
        expect(form.box.locator(":focus")).to_have_count(1)
        yield form
        form.send(title)
        self.see_done(title)

    def see_done(self, title: str) -> None:
        """The page says that it was done, and the form is gone."""
        expect(self.page.get_by_text(self.words.say("form.done", what=title)).first).to_be_visible()
        expect(self.page.get_by_role("dialog")).to_have_count(0)

    def see_title(self, text: str) -> None:
        """The page of the thing with this number is open."""
        expect(self.page.locator("h4").filter(has_text=text)).to_be_visible()
        self.page.wait_for_load_state("networkidle")

    def see(self, *texts: str) -> None:
        """These texts are on the page."""
        for text in texts:
            expect(self.page.get_by_text(text).first).to_be_visible()

    def see_figure(self, label: str, value: str) -> None:
        """A figure at the head of the page shown."""
        title = self.page.locator(".ant-statistic-title", has_text=re.compile(f"^{re.escape(label)}$"))
        figure = self.page.locator(".ant-statistic").filter(has=title)
        expect(figure.locator(".ant-statistic-content")).to_have_text(value)

    def fact(self, label: str, within: Locator | None = None) -> str:
        """The value of a labelled fact."""
        content = self.fact_of(label, within)
        expect(content).to_be_visible()
        return content.inner_text().strip()

    def fact_of(self, label: str, within: Locator | None = None) -> Locator:
        """Where the value of a labelled fact stands."""
        title = self.page.locator(".ant-descriptions-item-label", has_text=re.compile(f"^{re.escape(label)}$"))
        item = (within or self.page).locator(".ant-descriptions-item").filter(has=title)
        return item.locator(".ant-descriptions-item-content").first

    def see_state(self, text: str) -> None:
        """The state beside the title."""
        head = self.page.locator(".ant-card").filter(has=self.page.locator("h4")).first
        expect(head.locator(".ant-tag").filter(has_text=re.compile(f"^{re.escape(text)}$")).first).to_be_visible()


class Form:
    """A command's form in its window."""

    def __init__(self, page: Page, box: Locator, words: Words, context: str) -> None:
        self.page, self.box, self.words, self.context = page, box, words, context

    def field(self, key: str) -> Locator:
        """The input of a field."""
        return self.box.get_by_label(self.words.field(key, self.context), exact=True)

    def fill(self, key: str, text: str) -> None:
        """Type a text into a field."""
        self.field(key).fill(text)

    def choose(self, key: str, option: str) -> None:
        """Choose an option of a list, once the list has come, and see that it is chosen."""
        self.field(key).click()
        self.page.wait_for_load_state("networkidle")
        self.page.locator(".ant-select-item-option").filter(has_text=option).first.click()
        expect(self.box).to_contain_text(option)

    def fill_day(self, key: str, day: str) -> None:
        """Type a day and leave the field."""
        self.field(key).fill(day)
        self.field(key).press("Tab")

    def upload(self, content: bytes, name: str) -> None:
        """Choose a file."""
        file: FilePayload = {"name": name, "mimeType": "image/jpeg", "buffer": content}
        self.box.locator("input[type=file]").set_input_files(file)
        expect(self.box.locator(".ant-upload-list-item-done")).to_be_visible()

    def send(self, title: str) -> None:
        """Press the button that carries the command out, once it is not busy with the last time."""
        button = self.box.locator(".ant-modal-footer").get_by_role("button", name=spaced(title))
        expect(button).not_to_contain_class("ant-btn-loading")
        button.click()


def spaced(name: str) -> re.Pattern[str]:
    """A button's name; Ant Design puts a space between two Chinese characters."""
    letters = r"\s?".join(map(re.escape, name))
    return re.compile(f"^{letters}$")
