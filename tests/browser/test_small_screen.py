"""The console on a phone's screen and by keyboard alone: nothing lies outside, every action can be reached."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import shot, signed_in
from tests.browser.desk import SLOW

pytestmark = pytest.mark.browser

PAGES = (
    ("cashier", "/loan/loans"),
    ("cashier", "/loan/receipts"),
    ("cashier", "/loan/refunds"),
    ("account_manager", "/loan/changes"),
    ("account_manager", "/intake/applications"),
    ("account_manager", "/workbench"),
    ("accountant", "/finance/vouchers"),
    ("finance_manager", "/finance/periods"),
    ("finance_manager", "/finance/trial-balance"),
    ("first_reviewer", "/review/inbox"),
    ("admin", "/system/users"),
    ("admin", "/system/end-of-day"),
)
_TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
_OUTSIDE = """() => [...document.querySelectorAll('.ant-btn-primary')]
  .filter((button) => button.checkVisibility() && !button.closest('.ant-table-content, .ant-table-body'))
  .map((button) => [button.textContent, button.getBoundingClientRect()])
  .filter(([, box]) => box.width && (box.left < 0 || box.right > document.documentElement.clientWidth))
  .map(([text]) => text)"""
_FOCUSED = """() => {
  const at = document.activeElement, box = at.getBoundingClientRect()
  const text = at.textContent.trim().slice(0, 30)
  return [at.tagName, at.getAttribute('role') ?? '', text, box.width > 0 && box.height > 0]
}"""
TABS = 80


def opened(browser: Browser, address: str, username: str, path: str, *, phone: bool) -> Page:
    """A page that has shown what it has to show."""
    page = signed_in(browser, address, username, page=f"/#{path}", phone=phone)
    expect(page.locator("main")).to_be_visible(timeout=SLOW)
    page.wait_for_load_state("networkidle")
    expect(page.locator(".ant-spin-spinning")).to_have_count(0, timeout=SLOW)
    return page


def test_nothing_lies_beside_a_phones_screen(address: str, browser: Browser) -> None:
    found = {}
    for username, path in PAGES:
        page = opened(browser, address, username, path, phone=True)
        shot(page, f"small{path.replace('/', '-')}")
        wide, outside = page.evaluate(_TOO_WIDE), page.evaluate(_OUTSIDE)
        if wide > 0 or outside:
            found[path] = (wide, outside)
        page.context.close()
    assert found == {}


def test_every_primary_action_is_reached_by_keyboard(address: str, browser: Browser) -> None:
    missed = {}
    for username, path in PAGES:
        page = opened(browser, address, username, path, phone=False)
        wanted = set(page.locator("main .ant-btn-primary:visible:enabled").all_inner_texts())
        reached, hidden = set(), []
        for _press in range(TABS):
            page.keyboard.press("Tab")
            tag, role, text, is_seen = page.evaluate(_FOCUSED)
            reached.add(text)
            if not is_seen and tag != "BODY":
                hidden.append((tag, role, text))
        left = {text for text in wanted if text.strip()[:30] not in reached}
        if left or hidden:
            missed[path] = (left, hidden[:3])
        page.context.close()
    assert missed == {}
