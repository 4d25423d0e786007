"""What people see: signing in by hand, their lists, a command through its form, the phone."""

import pytest
from playwright.sync_api import Browser, expect

from axle.config.demo.accounts import demo_password
from tests.browser.conftest import shot, signed_in

pytestmark = pytest.mark.browser

PAGES = {
    "account_manager": ("/intake/applications", "/customer/customers", "/channel/dealers", "/vehicle/vehicles"),
    "cashier": ("/disbursement/disbursements", "/loan/loans", "/loan/receipts"),
    "accountant": ("/finance/vouchers", "/finance/accounts"),
    "admin": ("/system/roles", "/system/operations", "/system/jobs"),
    "risk_analyst": ("/risk/strategies", "/product/products"),
}


def test_people_sign_in_and_find_their_pages(console: str, browser: Browser) -> None:
    page = browser.new_page(locale="zh-CN", base_url=console)
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.goto("/")
    page.locator("input[type=password]").wait_for()
    page.locator("input").first.fill("admin")
    page.locator("input[type=password]").fill("wrong password")
    page.keyboard.press("Enter")
    expect(page.get_by_text("登录名、密码或验证码不正确")).to_be_visible()
    page.locator("input[type=password]").fill(demo_password("admin"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("安怀瑾").first).to_be_visible()
    shot(page, "signed-in")
    for username, paths in PAGES.items():
        window = signed_in(browser, console, username)
        window.on("pageerror", lambda error: failures.append(str(error)))
        for path in paths:
            window.goto(f"/#{path}")
            expect(window.locator(".ant-table").first).to_be_visible(timeout=20_000)
            shot(window, f"{username}{path.replace('/', '-')}")
        window.context.close()
    assert failures == []


def test_the_dealer_meets_the_phone_pages(console: str, browser: Browser) -> None:
    phone = signed_in(browser, console, "dealer", page="/h5.html#/dealer", phone=True)
    expect(phone.locator("body")).to_contain_text("进件", timeout=20_000)
    shot(phone, "dealer-phone")
