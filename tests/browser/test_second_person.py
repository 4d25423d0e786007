"""What one person enters and another checks, or one alone may do: a payee, a voucher, an appraisal."""

import pytest
from playwright.sync_api import Browser, Page, expect

from axle.channel.models import Dealer
from axle.ledger.models import Account, EntryLine, JournalEntry
from axle.platform.models import Department, PendingCommand
from axle.platform.public import business_date, legal_entities
from axle.vehicle.models import Appraisal, Trim, Vehicle
from tests.browser.conftest import shot, signed_in
from tests.browser.desk import SLOW, choose, done, fill, pick_day, press, window

pytestmark = pytest.mark.browser
NEW_ACCOUNT = "6222000000000009876"


def registered(page: Page) -> PendingCommand:
    """What was entered last waits for somebody else."""
    expect(page.get_by_text("待他人复核").last).to_be_visible(timeout=SLOW)
    expect(page.get_by_role("dialog")).to_have_count(0)
    return PendingCommand.objects.latest("pk")


def decided(browser: Browser, address: str, username: str, pending: PendingCommand, *seen: str) -> None:
    """The other person reads what was entered and lets it pass."""
    page = signed_in(browser, address, username, page=f"/#/review/pending/{pending.pending_no}")
    for text in seen:
        expect(page.get_by_text(text).first).to_be_visible(timeout=SLOW)
    press(page, "复核通过")
    press(page, "复核通过")
    done(page, "复核通过")
    page.context.close()


def test_a_dealer_is_paid_elsewhere_only_when_a_second_person_agrees(console: str, browser: Browser) -> None:
    dealer = Dealer.objects.order_by("pk").first()
    assert dealer is not None
    before = (dealer.account_name, dealer.account_no)
    maker = signed_in(browser, console, "finance_manager", page=f"/#/channel/dealers/{dealer.pk}")
    press(maker, "变更收款账户")
    fill(maker, "收款户名", "申海汽车销售服务有限公司")
    fill(maker, "开户行", "沙箱银行")
    fill(maker, "收款账号", "62-22")
    press(maker, "变更收款账户")
    expect(window(maker).locator(".ant-form-item-explain-error")).to_be_visible(timeout=SLOW)
    assert not PendingCommand.objects.exists()
    fill(maker, "收款账号", NEW_ACCOUNT)
    press(maker, "变更收款账户")
    pending = registered(maker)
    dealer.refresh_from_db()
    assert (dealer.account_name, dealer.account_no) == before
    maker.goto(f"/#/review/pending/{pending.pending_no}")
    expect(maker.get_by_role("button", name="撤回登记")).to_be_visible(timeout=SLOW)
    expect(maker.get_by_role("button", name="复核通过")).to_have_count(0)
    shot(maker, "dealer-account-pending")
    maker.context.close()

    decided(browser, console, "checker", pending, NEW_ACCOUNT[-4:])
    dealer.refresh_from_db()
    assert (dealer.account_name, dealer.account_no) == ("申海汽车销售服务有限公司", NEW_ACCOUNT)
    reader = signed_in(browser, console, "finance_manager", page=f"/#/channel/dealers/{dealer.pk}")
    expect(reader.get_by_text("9876").first).to_be_visible(timeout=SLOW)
    expect(reader.get_by_text(NEW_ACCOUNT)).to_have_count(0)
    shot(reader, "dealer-account-changed")
    reader.context.close()


def voucher_typed(page: Page, debit: str, credit: str) -> None:
    """Two lines: cash from the bank."""
    press(page, "录入凭证")
    entity = legal_entities()[0]
    choose(page, "法人主体", entity.name)
    pick_day(page, "记账日期")
    window(page).get_by_label("摘要", exact=True).first.fill("提取备用金")
    for line, (account, side, amount) in enumerate((("1001", "借方", debit), ("1002", "贷方", credit)), 1):
        box = window(page).get_by_role("group", name=f"分录 {line}")
        box.get_by_label("科目", exact=True).fill(account)
        page.locator(".ant-select-item-option").filter(has_text=account).last.click(timeout=SLOW)
        box.get_by_label(side, exact=True).fill(amount)


def moved(code: str) -> int:
    lines = EntryLine.objects.filter(account=Account.objects.get(code=code))
    return sum(line.debit - line.credit for line in lines)


def test_a_voucher_is_entered_checked_and_taken_back(console: str, browser: Browser) -> None:
    maker = signed_in(browser, console, "accountant", page="/#/finance/vouchers")
    voucher_typed(maker, "100.00", "90.00")
    press(maker, "录入凭证")
    expect(window(maker).locator(".ant-alert-error, .ant-form-item-explain-error").first).to_be_visible(timeout=SLOW)
    assert not PendingCommand.objects.exists()
    shot(maker, "voucher-not-balanced")
    window(maker).get_by_role("group", name="分录 2").get_by_label("贷方", exact=True).fill("100")
    press(maker, "录入凭证")
    pending = registered(maker)
    assert not JournalEntry.objects.exists(), "nothing is booked before the second person has agreed"

    decided(browser, console, "finance_manager", pending, "提取备用金", "1002")
    entry = JournalEntry.objects.get()
    assert (entry.summary, entry.booked_on, moved("1001"), moved("1002")) == (
        "提取备用金",
        business_date(),
        10_000,
        -10_000,
    )

    maker.goto(f"/#/finance/vouchers/{entry.entry_no}")
    expect(maker.get_by_role("cell", name="100.00").first).to_be_visible(timeout=SLOW)
    press(maker, "红冲凭证")
    fill(maker, "原因", "重复录入")
    press(maker, "红冲凭证")
    taken_back = registered(maker)
    assert (moved("1001"), moved("1002")) == (10_000, -10_000), "nothing is taken back before that either"
    decided(browser, console, "finance_manager", taken_back, "重复录入")
    maker.reload()
    red = JournalEntry.objects.exclude(pk=entry.pk).get()
    assert (red.is_red, moved("1001"), moved("1002")) == (True, 0, 0)
    expect(maker.get_by_text(red.entry_no).first).to_be_visible(timeout=SLOW)
    expect(maker.get_by_role("button", name="红冲凭证")).to_have_count(0)
    shot(maker, "voucher-reversed")
    maker.context.close()


def test_an_appraiser_says_what_a_car_is_worth(console: str, browser: Browser) -> None:
    vehicle = Vehicle.objects.create(
        vin="LXX000014X7000001",
        trim=Trim.objects.earliest("pk"),
        is_new=False,
        price=20_000_000,
        department=Department.objects.get(name="总部"),
    )
    page = signed_in(browser, console, "appraiser", page=f"/#/vehicle/vehicles/{vehicle.pk}")
    press(page, "登记评估")
    choose(page, "车况等级", "B（良）")
    fill(page, "评估价", "0")
    press(page, "登记评估")
    expect(window(page).locator(".ant-form-item-explain-error")).to_be_visible(timeout=SLOW)
    assert not Appraisal.objects.exists()
    fill(page, "评估价", "185000")
    press(page, "登记评估")
    done(page, "登记评估")
    made = Appraisal.objects.get()
    assert (made.vehicle_id, made.value, made.condition, made.appraised_on) == (
        vehicle.pk,
        18_500_000,
        "B",
        business_date(),
    )
    page.goto("/#/vehicle/appraisals")
    row = page.locator(".ant-table-row").filter(has_text=vehicle.vin)
    expect(row).to_contain_text("185,000.00", timeout=SLOW)
    shot(page, "appraisals")
    page.context.close()
