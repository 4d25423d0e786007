"""Servicing in Chromium: a receipt taken back, a fee, a payoff quote, the end of day."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from playwright.sync_api import Browser, Page, expect

from axle.kernel.money import Fen, yuan
from axle.payments.errors import BankUnavailable
from axle.platform.models import PendingCommand, User
from axle.platform.public import actor_named, business_date, legal_entities, parameter_set
from axle.platform.testing import client_for, forget_jobs, run_jobs
from axle.servicing.models import Loan, LoanChange, PayoffQuote, Receipt
from axle.servicing.public import loans_paid_up
from axle.servicing.selectors.loan_page import loan_page
from axle.servicing.services.payoff_quote_create import payoff_amounts
from axle.servicing.services.prepayment_effect import prepayment_effect
from tests.browser.conftest import shot, signed_in
from tests.browser.desk import SLOW, choose, done, fill, press, window
from tests.journeys.book import Book

pytestmark = pytest.mark.browser


@pytest.fixture
def loan(book: Book) -> Loan:
    """A loan of the demo's book that owes nothing today."""
    return next(loan for loan in Loan.objects.filter(state="in_force").order_by("pk") if owed(loan) == ("0.00", "0.00"))


def owed(loan: Loan) -> tuple[str, str]:
    """What is owed today, and what waits unapplied."""
    position = loan_page(Loan.objects.get(pk=loan.pk)).position
    return yuan(position.outstanding.total), yuan(position.unapplied)


def fill_day(page: Page, label: str) -> None:
    """The business date, typed."""
    fill(page, label, business_date().isoformat())
    window(page).get_by_label(label, exact=True).press("Tab")


def loan_at(browser: Browser, address: str, username: str, loan: Loan) -> Page:
    page = signed_in(browser, address, username, page=f"/#/loan/loans/{loan.loan_no}")
    expect(page.get_by_role("heading", name=loan.loan_no)).to_be_visible(timeout=SLOW)
    return page


def test_a_receipt_is_registered_confirmed_and_taken_back(address: str, browser: Browser, loan: Loan) -> None:
    before = owed(loan)
    cashier = loan_at(browser, address, "cashier", loan)
    press(cashier, "还款登记")
    fill(cashier, "金额", "123.45")
    fill_day(cashier, "到账日")
    fill(cashier, "付款人", loan.customer.name)
    press(cashier, "还款登记")
    done(cashier, "还款登记")
    receipt = Receipt.objects.filter(loan=loan, state="registered").latest("pk")
    assert (receipt.amount, receipt.value_on) == (123_45, business_date())
    assert owed(loan) == before, "nothing is paid before finance has seen the money"
    cashier.goto(f"/#/loan/receipts/{receipt.receipt_no}")
    expect(cashier.get_by_text("待确认").first).to_be_visible(timeout=SLOW)
    expect(cashier.get_by_role("button", name="财务确认")).to_have_count(0)
    cashier.context.close()

    accountant = signed_in(browser, address, "accountant", page=f"/#/loan/receipts/{receipt.receipt_no}")
    press(accountant, "财务确认")
    press(accountant, "财务确认")
    done(accountant, "财务确认")
    expect(accountant.get_by_text("已入账").first).to_be_visible(timeout=SLOW)
    expect(accountant.get_by_role("button", name="还款冲正")).to_have_count(0)
    assert owed(loan) == ("0.00", "123.45")
    accountant.context.close()

    manager = signed_in(browser, address, "finance_manager", page=f"/#/loan/receipts/{receipt.receipt_no}")
    press(manager, "还款冲正")
    fill(manager, "原因", "登记错借据")
    press(manager, "还款冲正")
    done(manager, "还款冲正")
    expect(manager.get_by_text("登记错借据").first).to_be_visible(timeout=SLOW)
    shot(manager, "receipt-reversed")
    receipt.refresh_from_db()
    assert (receipt.state, owed(loan)) == ("reversed", before)
    manager.context.close()


def test_a_fee_is_charged_and_a_payoff_quoted(address: str, browser: Browser, loan: Loan) -> None:
    page = loan_at(browser, address, "cashier", loan)
    press(page, "收取费用")
    fill(page, "金额", "300")
    fill(page, "编码", "late_notice")
    press(page, "收取费用")
    done(page, "收取费用")
    assert owed(loan) == ("300.00", "0.00")
    fee = page.get_by_role("row").filter(has_text="费用").filter(has_text="300.00")
    expect(fee.first).to_be_visible(timeout=SLOW)

    total = payoff_amounts(Loan.objects.get(pk=loan.pk), business_date()).total
    press(page, "结清试算")
    fill_day(page, "日期")
    press(page, "结清试算")
    expect(window(page).get_by_text(f"{Fen(total) / 100:,.2f}").first).to_be_visible(timeout=SLOW)
    shot(page, "payoff-quote")
    quote = PayoffQuote.objects.get(loan=loan)
    assert (quote.total, quote.items["fee_due"], quote.on) == (total, 300_00, business_date())
    page.context.close()


def test_the_end_of_day_is_started_and_watched(address: str, browser: Browser) -> None:
    forget_jobs()
    closing = business_date()
    page = signed_in(browser, address, "admin", page="/#/system/end-of-day")
    expect(page.get_by_text(closing.isoformat()).first).to_be_visible(timeout=SLOW)
    press(page, "执行日终")
    press(page, "执行日终")
    done(page, "执行日终")
    expect(page.get_by_role("button", name="执行日终")).to_have_count(0, timeout=SLOW)
    assert business_date() == closing, "the page only asks for it; the worker closes the day"
    with ThreadPoolExecutor(1) as pool:  # the browser's loop runs in this thread
        pool.submit(worked).result()
    assert (business_date() - closing).days == 1
    expect(page.get_by_text(business_date().isoformat()).first).to_be_visible(timeout=SLOW)
    expect(page.get_by_text("计提利息")).to_be_visible(timeout=SLOW)
    shot(page, "end-of-day")
    page.context.close()


def worked() -> None:
    """The worker's part, up to asking a bank that is not there for its statement."""
    with pytest.raises(BankUnavailable):
        run_jobs()
    connection.close()


def test_the_checker_is_offered_the_accounts_to_reconcile(console: str, browser: Browser) -> None:
    page = signed_in(browser, console, "checker", page="/#/finance/reconciliations")
    press(page, "银行对账")
    window(page).get_by_label("银行账户", exact=True).click(timeout=SLOW)
    expect(page.locator(".ant-select-item-option").filter(has_text="车轴汽车金融基本户")).to_be_visible(timeout=SLOW)
    page.context.close()


def test_who_checks_a_voucher_reads_names_not_keys(console: str, browser: Browser) -> None:
    line = {"summary": "备用金"}
    lines = [line | {"account": "1002", "debit": "10.00"}, line | {"account": "1001", "credit": "10.00"}]
    entity = legal_entities()[0]
    status, body = client_for(User.objects.get(username="accountant")).command(
        "voucher_create",
        {"legal_entity_id": entity.id, "booked_on": business_date().isoformat(), "summary": "备用金", "lines": lines},
    )
    assert status == 202, body
    pending = PendingCommand.objects.get()
    page = signed_in(browser, console, "finance_manager", page=f"/#/review/pending/{pending.pending_no}")
    expect(page.get_by_text("备用金").first).to_be_visible(timeout=SLOW)
    expect(page.get_by_text(f"{entity.code} {entity.name}")).to_be_visible(timeout=SLOW)
    expect(page.get_by_role("row").filter(has_text="1002").filter(has_text="10.00")).to_have_count(1)
    shot(page, "pending-voucher")
    page.context.close()


def test_the_accountant_goes_from_the_trial_balance_to_a_loan_s_entries(address: str, browser: Browser) -> None:
    page = signed_in(browser, address, "accountant", page="/#/finance/trial-balance")
    expect(page.get_by_text("借贷平衡").first).to_be_visible(timeout=SLOW)
    page.get_by_role("link", name=re.compile(r"^1303\.01 ")).click()
    expect(page.get_by_role("heading", name=re.compile(r"1303\.01"))).to_be_visible(timeout=SLOW)
    expect(page.locator(".ant-table-row").filter(has_text="LN2026").first).to_be_visible(timeout=SLOW)
    shot(page, "account-ledger")
    page.context.close()


def nobody_signs() -> None:
    """Approved changes are carried out at once."""
    parameter_set(
        actor=actor_named("admin"), code="servicing.signed_changes", value=[], effective_from=business_date(),
        legal_entity_id=None, note="test",
    )  # fmt: skip


def test_an_extension_is_asked_for_decided_and_taken_back(address: str, browser: Browser) -> None:
    loan = Loan.objects.get(loan_no=loans_paid_up(actor_named("account_manager"), 9)[-1])
    matures_on, left = loan.matures_on, loan.instalments.filter(settled_on=None).count()
    nobody_signs()
    manager = loan_at(browser, address, "account_manager", loan)
    press(manager, "申请展期")
    fill(manager, "展期期数", "99")
    fill(manager, "原因", "收入下降，申请延长期限")
    press(manager, "申请展期")
    expect(window(manager).get_by_text("展期不能超过原期限的一半")).to_be_visible(timeout=SLOW)
    fill(manager, "展期期数", "2")
    press(manager, "申请展期")
    done(manager, "申请展期")
    change = LoanChange.objects.get(loan=loan)
    manager.goto(f"/#/loan/changes/{change.change_no}")
    expect(manager.get_by_text("待审核").first).to_be_visible(timeout=SLOW)
    expect(manager.get_by_role("button", name="审核通过变更")).to_have_count(0)
    manager.context.close()

    checker = signed_in(browser, address, "checker", page=f"/#/loan/changes/{change.change_no}")
    expect(checker.get_by_text("变更后", exact=True)).to_be_visible(timeout=SLOW)
    expect(checker.get_by_text(str(left + 2), exact=True).first).to_be_visible()
    shot(checker, "loan-change")
    press(checker, "审核通过变更")
    press(checker, "审核通过变更")
    done(checker, "审核通过变更")
    expect(checker.get_by_text("已执行").first).to_be_visible(timeout=SLOW)
    expect(checker.get_by_role("button", name="冲正变更")).to_have_count(0)
    loan.refresh_from_db()
    assert str(loan.matures_on) > str(matures_on)
    assert loan.instalments.filter(settled_on=None).count() == left + 2
    checker.context.close()

    clerk = signed_in(browser, address, "contract_clerk", page=f"/#/loan/changes/{change.change_no}")
    press(clerk, "开具变更通知书")
    press(clerk, "开具变更通知书")
    notice = window(clerk).get_by_role("link").first
    expect(notice).to_be_visible(timeout=SLOW)
    notice.click()
    expect(clerk.get_by_text("还款计划变更通知书").first).to_be_visible(timeout=SLOW)
    clerk.get_by_role("tab", name="文件").click()
    expect(clerk.locator("canvas").first).to_be_visible(timeout=SLOW)
    shot(clerk, "loan-change-notice")
    clerk.context.close()

    finance = signed_in(browser, address, "finance_manager", page=f"/#/loan/changes/{change.change_no}")
    press(finance, "冲正变更")
    fill(finance, "原因", "客户撤回申请")
    press(finance, "冲正变更")
    done(finance, "冲正变更")
    expect(finance.get_by_text("已冲正").first).to_be_visible(timeout=SLOW)
    loan.refresh_from_db()
    assert (loan.matures_on, loan.instalments.filter(settled_on=None).count()) == (matures_on, left)
    finance.context.close()


def test_a_part_is_repaid_early(address: str, browser: Browser, loan: Loan) -> None:
    balance, left = loan.principal_balance, loan.instalments.filter(settled_on=None).count()
    amount = balance // 2
    cashier = loan_at(browser, address, "cashier", loan)
    press(cashier, "部分提前还款试算")
    fill(cashier, "金额", "1")
    press(cashier, "部分提前还款试算")
    expect(window(cashier).get_by_text("不足以提前归还本金")).to_be_visible(timeout=SLOW)
    fill(cashier, "金额", yuan(amount))
    press(cashier, "部分提前还款试算")
    prepaid = prepayment_effect(loan, amount=Fen(amount), mode="keep_term", on=business_date())
    expect(window(cashier).get_by_text(f"{prepaid.principal / 100:,.2f}").first).to_be_visible(timeout=SLOW)
    shot(cashier, "prepayment-try")
    window(cashier).get_by_role("button", name=re.compile("^关 ?闭$")).first.click()

    press(cashier, "还款登记")
    fill(cashier, "金额", yuan(amount))
    fill_day(cashier, "到账日")
    fill(cashier, "付款人", loan.customer.name)
    choose(cashier, "部分提前还款方式", "期限不变，减少月供")
    press(cashier, "还款登记")
    done(cashier, "还款登记")
    receipt = Receipt.objects.filter(loan=loan, state="registered").latest("pk")
    cashier.context.close()

    accountant = signed_in(browser, address, "accountant", page=f"/#/loan/receipts/{receipt.receipt_no}")
    expect(accountant.get_by_text("期限不变，减少月供")).to_be_visible(timeout=SLOW)
    press(accountant, "财务确认")
    press(accountant, "财务确认")
    done(accountant, "财务确认")
    loan.refresh_from_db()
    assert loan.principal_balance == balance - prepaid.principal
    assert loan.instalments.filter(settled_on=None).count() == left
    accountant.context.close()
