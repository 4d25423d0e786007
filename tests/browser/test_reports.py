"""Reports as people see them: the catalogue, a ledger with its checks, a statement, the close of a month."""

import re

from playwright.sync_api import Browser, expect

from tests.browser.conftest import shot, signed_in
from tests.browser.desk import SLOW


def test_a_ledger_is_found_in_the_catalogue_and_ties_to_the_books(address: str, browser: Browser) -> None:
    page = signed_in(browser, address, "finance_manager", page="/#/report/catalogue")
    page.get_by_role("link", name="余额台账").click()
    expect(page.get_by_text("台账期末本金 = 总账贷款本金科目余额")).to_be_visible(timeout=SLOW)
    expect(page.locator(".ant-alert-error")).to_have_count(0)
    expect(page.locator(".ant-table-row").first).to_be_visible(timeout=SLOW)
    with page.expect_download() as saving:
        page.get_by_role("button", name=re.compile("导出")).click()
        page.get_by_text("导出 CSV").click()
    lines = saving.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "余额台账"
    assert "导出人" in lines[1]
    shot(page, "balance-ledger")
    page.context.close()


def test_the_statements_tie_out_and_a_month_shows_what_stands_in_its_way(address: str, browser: Browser) -> None:
    page = signed_in(browser, address, "finance_manager", page="/#/report/reports/balance_sheet")
    expect(page.get_by_text("资产 = 负债 + 所有者权益")).to_be_visible(timeout=SLOW)
    expect(page.locator(".ant-alert-success")).to_have_count(4)
    expect(page.get_by_text("负债和所有者权益总计")).to_be_visible(timeout=SLOW)
    shot(page, "balance-sheet")
    page.goto(f"{address}/#/finance/periods")
    expect(page.get_by_role("button", name="结转损益")).to_be_visible(timeout=SLOW)
    expect(page.get_by_text("损益已结转")).to_be_visible(timeout=SLOW)
    page.context.close()
