"""Finance in Chromium: a posting rule written and tried, a bank day with a break, bank lines cleared, money matched."""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from axle.accounting.models import BankClearing, PostingRule
from axle.kernel.money import Fen
from axle.ledger.models import EntryLine
from axle.payments import ports
from axle.payments.models import BankAccount
from axle.payments.ports import StatementLine
from axle.payments.public import statement_lines_keep
from axle.payments.tests.scripted_bank import ScriptedBank
from axle.platform.public import business_date
from axle.servicing.models import Loan, Receipt
from tests.browser.conftest import shot, signed_in
from tests.browser.desk import SLOW, choose, done, pick_day, press

pytestmark = pytest.mark.browser


def test_what_an_accountant_does_with_rules_and_the_bank(
    address: str, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    accountant = signed_in(browser, address, "accountant", page="/#/finance/rule-editor")
    _rule_is_written(accountant)
    _lines_are_cleared(accountant)
    accountant.goto("/#/loan/suspense")
    _money_is_matched(accountant)
    accountant.context.close()
    checker = signed_in(browser, address, "checker", page="/#/finance/reconciliations")
    _a_break_is_seen(checker, monkeypatch)
    checker.context.close()


def _rule_is_written(page: Page) -> None:
    page.locator("#kind").fill("收到还款", timeout=SLOW)
    page.locator(".ant-select-item-option").filter(has_text="收到还款").first.click(timeout=SLOW)
    amount = page.get_by_role("group", name="分录 1", exact=True).get_by_label("金额表达式")
    amount.fill("gift", timeout=SLOW)
    press(page, "试算样例事件")
    expect(page.get_by_text("金额项 gift 未在规则中声明").first).to_be_visible(timeout=SLOW)
    amount.fill("cash")
    press(page, "试算样例事件")
    voucher = page.locator(".ant-card").filter(has_text="样例 1")
    expect(voucher.last.get_by_text("3,179.97").first).to_be_visible(timeout=SLOW)
    shot(page, "posting-rule-editor")
    press(page, "新建记账规则版本")
    done(page, "新建记账规则版本")
    expect(page.get_by_role("button", name="启用记账规则")).to_be_visible(timeout=SLOW)
    draft = PostingRule.objects.latest("pk")
    assert (draft.kind, draft.version, draft.state) == ("receipt_posted", 2, "draft")


def _lines_are_cleared(page: Page) -> None:
    """A line that came late is found on the statement, and both are chosen by hand."""
    account = BankAccount.objects.get()
    waiting = EntryLine.objects.filter(dimensions__bank_account=str(account.pk), cleared=None, debit__gt=0)
    line = waiting.filter(booked_on__range=(business_date().replace(day=1), business_date())).order_by("-pk")[0]
    late = StatementLine("LATE1", "in", Fen(line.debit), line.booked_on + timedelta(days=9), "", "", "", "迟到")
    statement_lines_keep(account.pk, [late])
    page.goto("/#/finance/bank-clearing")
    page.get_by_role("row").filter(has_text=line.entry.entry_no).get_by_role("checkbox").check(timeout=SLOW)
    expect(page.get_by_role("button", name="勾 对")).to_be_disabled()
    page.get_by_role("row").filter(has_text="LATE1").get_by_role("checkbox").check(timeout=SLOW)
    before = BankClearing.objects.count()
    press(page, "勾对")
    done(page, "勾对")
    assert BankClearing.objects.count() == before + 1
    shot(page, "bank-clearing")
    page.goto("/#/report/reports/bank_reconciliation")
    expect(page.get_by_text("调节后余额：企业 = 银行").first).to_be_visible(timeout=SLOW)
    expect(page.locator(".ant-alert-success, .anticon-check-circle").first).to_be_visible(timeout=SLOW)


def _a_break_is_seen(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bank paid something that we never ordered."""
    strange = StatementLine("STRANGE1", "out", Fen(88_00), business_date(), "", "不明收款人", "", "")
    monkeypatch.setitem(ports._gateways, "bank_sandbox", ScriptedBank(lines=[strange]))
    press(page, "银行对账")
    choose(page, "银行账户", "车轴")
    pick_day(page, "日期")
    press(page, "银行对账")
    done(page, "银行对账")
    page.goto("/#/finance/reconciliation-breaks")
    row = page.get_by_role("row").filter(has_text="STRANGE1")
    expect(row).to_contain_text("银行有我方无", timeout=SLOW)
    expect(row).to_contain_text("88.00")
    shot(page, "reconciliation-break")


def _money_is_matched(page: Page) -> None:
    """Whose money it is has been found out."""
    loan = Loan.objects.filter(state="in_force").order_by("pk")[0]
    receipt = Receipt.objects.filter(state="confirmed", loan=None, part_of=None).order_by("pk")[0]
    row = page.get_by_role("row").filter(has_text=receipt.receipt_no)
    row.get_by_role("button", name="认领还款").click(timeout=SLOW)
    choose(page, "借据号", loan.loan_no)
    press(page, "认领还款")
    done(page, "认领还款")
    receipt.refresh_from_db()
    assert receipt.loan_id == loan.pk
    shot(page, "receipt-matched")
