"""Lending pages that no journey passes: a product made by hand, an intake at the desk, a decision, a paper verified."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from playwright.sync_api import Browser, Page, expect

from axle.decisioning.models import StrategyContent
from axle.decisioning.public import decide
from axle.documents.public import document_content, document_render, document_seal
from axle.documents.tests.papers import contract_data
from axle.origination.models import Application
from axle.platform.public import Subject, acting, business_date, legal_entities, system_actor
from axle.product.models import ProductVersion
from axle.vehicle.models import Trim
from tests.browser.conftest import shot, signed_in

pytestmark = pytest.mark.browser
SLOW = 20_000


def fill(page: Page, label: str, value: str) -> None:
    page.get_by_label(label, exact=True).first.fill(value)


def test_a_product_manager_copies_edits_and_compares_a_version(console: str, browser: Browser) -> None:
    shipped = ProductVersion.objects.get(product__code="NEW-CAR")
    page = signed_in(browser, console, "product_manager", page=f"/#/product/versions/{shipped.pk}")
    page.get_by_role("button", name="复制为新版本").click(timeout=SLOW)
    expect(page.get_by_label("最高金额", exact=True)).to_have_value("500000.00", timeout=SLOW)
    fill(page, "最高金额", "400000")
    fill(page, "默认利率", "7.99")
    page.get_by_role("button", name="新建产品版本").click()
    expect(page.get_by_role("tab", name="与上一版比较")).to_be_visible(timeout=SLOW)
    draft = ProductVersion.objects.get(version_no=2)
    assert (draft.state, draft.terms["amount_max"], draft.terms["rate"]["default"]) == ("draft", "400000.00", "0.0799")

    page.get_by_role("tab", name="与上一版比较").click()
    changes = page.get_by_role("tabpanel", name="与上一版比较")
    expect(changes).to_contain_text("500,000.00", timeout=SLOW)
    expect(changes).to_contain_text("400,000.00")
    expect(changes).to_contain_text("8.99%")
    shot(page, "product-version-changes")

    page.get_by_role("tab", name="试算").click()
    expect(page.get_by_text("符合产品规定")).to_be_visible(timeout=SLOW)

    page.get_by_role("button", name="编辑草稿").click()
    expect(page.get_by_label("最高金额", exact=True)).to_have_value("400000.00", timeout=SLOW)
    fill(page, "最低金额", "900000")
    page.get_by_role("button", name="编辑草稿").last.click()
    expect(page.locator(".ant-alert-error")).to_be_visible(timeout=SLOW)
    fill(page, "最低金额", "20000")
    page.get_by_role("button", name="编辑草稿").last.click()
    expect(page.get_by_text("20,000.00")).to_be_visible(timeout=SLOW)
    draft.refresh_from_db()
    assert (draft.revision, draft.terms["amount_min"]) == (2, "20000.00")

    page.get_by_role("button", name="产品版本上架").click()
    window = page.get_by_role("dialog")
    window.get_by_label("生效日期").fill(business_date().isoformat())
    window.get_by_label("生效日期").press("Tab")
    window.get_by_role("button", name="产品版本上架").click()
    expect(page.get_by_role("button", name="产品版本停售")).to_be_visible(timeout=SLOW)
    draft.refresh_from_db()
    shipped.refresh_from_db()
    assert (draft.state, draft.effective_from, shipped.state) == ("active", business_date(), "retired")
    page.context.close()


def test_staff_quote_at_the_desk(console: str, browser: Browser) -> None:
    page = signed_in(browser, console, "product_manager", page="/#/product/quote")
    expect(page.get_by_text("符合产品规定").first).to_be_visible(timeout=SLOW)
    fill(page, "本金", "900000")
    expect(page.get_by_text("此方案不符合产品规定")).to_be_visible(timeout=SLOW)
    page.get_by_role("tab", name="期限对比").click()
    expect(page.get_by_role("tabpanel", name="期限对比").locator("tbody tr.ant-table-row")).to_have_count(
        6, timeout=SLOW
    )
    page.context.close()


def test_the_catalogue_of_cars_is_kept_up(console: str, browser: Browser) -> None:
    page = signed_in(browser, console, "product_manager", page="/#/vehicle/trims")
    page.get_by_role("button", name="新增车型").click(timeout=SLOW)
    window = page.get_by_role("dialog")
    for label, value in {"品牌": "试制", "车系": "验证", "年款": "2026", "名称": "标准版", "指导价": "123456"}.items():
        window.get_by_label(label, exact=True).fill(value)
    window.get_by_label("能源类型").click()
    page.get_by_title("纯电动").last.click()
    window.get_by_role("button", name="新增车型").click()
    expect(window).to_be_hidden(timeout=SLOW)
    trim = Trim.objects.get(make="试制")
    assert (trim.series, trim.guide_price, trim.energy, trim.is_on_sale) == ("验证", 12_345_600, "electric", True)
    page.context.close()


def test_staff_keep_an_intake_as_a_draft_and_learn_what_it_lacks(console: str, browser: Browser) -> None:
    page = signed_in(browser, console, "account_manager", page="/#/intake/new")
    page.locator("#form_customer_name").fill("林疏影", timeout=SLOW)
    page.locator("#form_customer_monthly_income").fill("12,000")
    page.get_by_role("button", name="保存申请").click()
    expect(page.get_by_role("heading", name="林疏影")).to_be_visible(timeout=SLOW)
    draft = Application.objects.get()
    assert (draft.state, draft.form["customer"]["monthly_income"]) == ("draft", "12000.00")
    page.get_by_role("button", name="提交申请").first.click()
    page.get_by_role("dialog").get_by_role("button", name="提交申请").click()
    expect(page.get_by_role("dialog").locator(".ant-alert-error")).to_contain_text("证件号码", timeout=SLOW)
    draft.refresh_from_db()
    assert draft.state == "draft"
    page.context.close()


def test_a_decision_is_read_and_replayed(console: str, browser: Browser) -> None:
    content = StrategyContent.objects.get(version__strategy__code="auto_loan_standard")
    case = next(case for case in content.cases if case["outcome"] == "decline")
    subject = Subject("application", 1)
    inputs = content.cases[0]["inputs"] | case["inputs"]
    made = decide(strategy="auto_loan_standard", subject=subject, inputs=inputs, on=business_date())
    page = signed_in(browser, console, "risk_analyst", page=f"/#/risk/decisions/{made.record_id}")
    expect(page.get_by_text(made.reasons[0].text_zh)).to_be_visible(timeout=SLOW)
    page.get_by_role("button", name="重 放").click()
    expect(page.get_by_text("完全一致")).to_be_visible(timeout=SLOW)
    shot(page, "decision-replayed")
    elsewhere: list[str] = []
    page.on(
        "request",
        lambda asked: None if asked.url.startswith((console, "data:", "blob:")) else elsewhere.append(asked.url),
    )
    graph_is_drawn(page, content.pk)
    assert elsewhere == []
    page.context.close()


def graph_is_drawn(page: Page, version_id: int) -> None:
    """The graph is edited with what the server brings, and a look at it is no change."""
    page.goto(f"/#/risk/strategy-editor?copy={version_id}")
    node = page.locator(".react-flow__node").filter(has_text="准入规则")
    node.get_by_text("Edit Table").click(timeout=SLOW)
    expect(page.locator(".axle-graph").get_by_text("'K01'").first).to_be_visible(timeout=SLOW)
    expect(page.get_by_text("有改动尚未保存")).to_have_count(0)
    shot(page, "strategy-edited")


def test_anyone_sees_that_a_paper_was_changed(console: str, browser: Browser) -> None:
    with ThreadPoolExecutor(1) as pool:  # signing runs a loop of its own, and the browser's runs in this thread
        paper = pool.submit(sealed_paper).result()
    page = browser.new_page(viewport={"width": 390, "height": 844}, locale="zh-CN", base_url=console)
    page.goto("/verify")
    picker = page.locator("input[type=file]")
    picker.wait_for(state="attached", timeout=SLOW)
    picker.set_input_files({"name": "contract.pdf", "mimeType": "application/pdf", "buffer": paper})
    expect(page.get_by_role("status")).to_have_text("文件完整，未被篡改", timeout=SLOW)
    changed = paper.replace(b"/MediaBox", b"/MediaBux", 1)
    picker.set_input_files({"name": "contract.pdf", "mimeType": "application/pdf", "buffer": changed})
    expect(page.get_by_role("status")).to_have_text("文件不可信", timeout=SLOW)
    shot(page, "verify-changed")
    page.close()


def sealed_paper() -> bytes:
    """A contract as the system issues it, sealed."""
    actor = system_actor("test")
    with acting(actor, "test"):
        lender = legal_entities()[0].id
        view = document_render(
            actor=actor,
            template="car_loan_contract",
            data=contract_data(),
            subject=Subject("contract", 1),
            legal_entity_id=lender,
            title="汽车贷款合同",
        )
        document_seal(document_id=view.document_id, legal_entity_id=lender)
    content = document_content(view.document_id)
    connection.close()
    return content
