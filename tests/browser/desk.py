"""Driving a page as a person does: buttons and fields by the words that they carry."""

import re

from playwright.sync_api import Locator, Page, expect

SLOW = 20_000


def press(page: Page, name: str) -> None:
    """The button of a window over the page when there is one, else of the page.

    Two-character words are spaced; a button that has just been busy may still carry the sign of it.
    """
    words = r"\s*".join(map(re.escape, name)) if len(name) == 2 else re.escape(name)
    page.get_by_role("button", name=re.compile(f"^(loading )?{words}$")).last.click(timeout=SLOW)


def window(page: Page) -> Locator:
    return page.get_by_role("dialog").last


def opened(page: Page) -> Locator:
    """The window once the cursor is in it."""
    box = window(page)
    expect(box.locator(":focus")).to_have_count(1, timeout=SLOW)
    return box


def fill(page: Page, label: str, value: str) -> None:
    opened(page).get_by_label(label, exact=True).fill(value, timeout=SLOW)


def choose(page: Page, label: str, text: str) -> None:
    """Type into a choice and take what is found."""
    box = opened(page).get_by_label(label, exact=True)
    box.click(timeout=SLOW)
    box.fill(text)
    page.locator(".ant-select-item-option").filter(has_text=text).last.click(timeout=SLOW)


def pick_day(page: Page, label: str, day: str = "2026-11-20") -> None:
    """A day in a date input, the demo's business date unless told otherwise, by its calendar."""
    field = opened(page).get_by_label(label, exact=True)
    if field.input_value(timeout=SLOW) == day:
        return
    field.fill(day)
    page.locator(f'.ant-picker-dropdown td[title="{day}"]').last.click(timeout=SLOW)


def done(page: Page, what: str) -> None:
    expect(page.get_by_text(f"{what}：已完成")).to_be_visible(timeout=SLOW)
