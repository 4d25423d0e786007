"""Customers kept up in the console, as an account manager does it."""

import pytest
from playwright.sync_api import Browser, expect

from axle.party.models import Customer
from tests.browser.conftest import shot, signed_in

pytestmark = pytest.mark.browser
SLOW = 20_000
WRONG_ID, RIGHT_ID = "110101199003070012", "11010119900307467X"


def test_a_customer_with_a_mistyped_id_is_refused_then_kept_and_changed(console: str, browser: Browser) -> None:
    before = Customer.objects.count()
    page = signed_in(browser, console, "account_manager", page="/#/customer/customers")
    page.get_by_role("button", name="新增客户").click(timeout=SLOW)
    window = page.get_by_role("dialog")
    for key, value in {"name": "林疏影", "id_no": WRONG_ID, "phone": "19912345678"}.items():
        window.locator(f"#{key}").fill(value, timeout=SLOW)
    window.get_by_role("button", name="新增客户").click()
    expect(window.locator(".ant-form-item").filter(has_text="证件号码").first).to_contain_text("校验码", timeout=SLOW)
    assert Customer.objects.count() == before
    shot(page, "customer-id-refused")

    window.locator("#id_no").fill(RIGHT_ID)
    window.get_by_role("button", name="新增客户").click()
    expect(window).to_be_hidden(timeout=SLOW)
    made = Customer.objects.get(name="林疏影")
    assert (made.id_no, made.phone) == (RIGHT_ID, "19912345678")

    page.goto(f"/#/customer/customers/{made.pk}")
    page.get_by_role("button", name="修改客户").click(timeout=SLOW)
    page.get_by_role("dialog").locator("#employer").fill("云帆科技有限公司")
    page.get_by_role("dialog").get_by_role("button", name="修改客户").click()
    expect(page.get_by_text("云帆科技有限公司")).to_be_visible(timeout=SLOW)
    made.refresh_from_db()
    assert (made.employer, made.id_no, made.phone) == ("云帆科技有限公司", RIGHT_ID, "19912345678")
    page.context.close()
