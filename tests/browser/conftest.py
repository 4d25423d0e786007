"""A real Chromium against a real server with the demo institution."""

import os
import shutil
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from axle.config.demo import institution
from axle.config.demo.accounts import demo_password
from axle.config.demo.institution import Place
from axle.platform.public import acting, system_actor
from tests.browser.kept import kept
from tests.journeys.book import Book, book_load

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop runs in the thread of the test
SHOTS = Path(os.environ.get("AXLE_SHOTS", "var/shots"))
expect.set_options(timeout=30_000)
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run")


def chromium() -> str:
    """The browser to drive."""
    found = os.environ.get("AXLE_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    assert found, "no Chromium: set AXLE_CHROMIUM"
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        yield opened
        opened.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Keep what every window shows when a test fails."""
    report = yield
    opened: Browser | None = getattr(item, "funcargs", {}).get("browser")
    if call.when == "call" and report.failed and opened:
        pages = [page for context in opened.contexts for page in context.pages]
        for number, page in enumerate(pages, 1):
            shot(page, f"failed-{item.name}-{number}")
    return report


def institution_load() -> Place:
    """The demo institution without a book."""
    actor = system_actor("demo")
    with acting(actor, "demo_load"):
        return institution.load(actor)


@pytest.fixture
def console(transactional_db: None, live_server: object) -> str:
    """The address of a server with the demo institution."""
    kept(institution_load)
    return str(getattr(live_server, "url"))  # noqa: B009 — the fixture has no type


@pytest.fixture
def book(transactional_db: None) -> Book:
    """The demo institution with a small book."""
    return kept(book_load)


@pytest.fixture
def address(book: Book, live_server: object) -> str:
    """The address of a server with that book."""
    return str(getattr(live_server, "url"))  # noqa: B009 — the fixture has no type


def signed_in(browser: Browser, address: str, username: str, *, page: str = "/", phone: bool = False) -> Page:
    """A new window in which a demo account has signed in through the API and opened the console."""
    size = {"width": 390, "height": 844} if phone else {"width": 1440, "height": 900}
    context = browser.new_context(viewport=size, locale="zh-CN", base_url=address, reduced_motion="reduce")
    answer = context.request.post("/api/v1/session", data={"username": username, "password": demo_password(username)})
    assert answer.ok, answer.text()
    window = context.new_page()
    window.goto(page)
    return window


def shot(page: Page, name: str) -> None:
    """Keep a picture of what the person sees."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(SHOTS / f"{name}.png"))
