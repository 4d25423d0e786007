"""After the money has left, in Chromium: another class, a write-off, an inspection on the phone."""

import io

import pytest
from django.db import transaction
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from axle.config.demo.institution import BOOKS_FROM, BUSINESS_ON
from axle.documents.models import CapturedDocument
from axle.platform.models import ParameterValue
from axle.platform.public import actor_named, file_save, system_actor
from axle.servicing.models import ClassProposal, Inspection, InspectorKind, Loan, LoanChange, LoanStanding
from axle.servicing.public import write_offs_to_ask
from axle.servicing.services.inspection_plan import inspection_plan
from tests.browser.conftest import shot, signed_in
from tests.browser.desk import SLOW, choose, done, fill, opened, pick_day, press, window
from tests.journeys.book import Book

pytestmark = pytest.mark.browser


@pytest.fixture
def loan(book: Book) -> Loan:
    """A late loan of the demo's book that the company may write off."""
    rules = [{"ground": "long_overdue", "least_days_past_due": 1, "evidence": ["collection_record"]}]
    ParameterValue.objects.create(
        code="servicing.write_off_rules", value=rules, effective_from=BOOKS_FROM, set_by="x", note=""
    )
    [(loan_no, _id)] = write_offs_to_ask(system_actor(), 1)
    Loan.objects.filter(loan_no=loan_no).update(department=book.place.departments["华东区"])
    return Loan.objects.get(loan_no=loan_no)


def picture() -> bytes:
    """Something that can be looked at."""
    target = io.BytesIO()
    Image.effect_noise((320, 200), 60).save(target, "JPEG")
    return target.getvalue()


def row_act(page: Page, row: str, act: str) -> None:
    """Open the window of a row's act: until it is there, a button of its name is still the row's."""
    page.get_by_role("row").filter(has_text=row).get_by_text(act, exact=True).first.click(timeout=SLOW)
    opened(page)


def test_a_late_loan_is_classed_inspected_and_written_off(address: str, browser: Browser, loan: Loan) -> None:
    ClassProposal.objects.all().delete()
    worse = "可疑"

    manager = signed_in(browser, address, "account_manager", page="/#/loan/standings")
    press(manager, "提出分类调整")
    choose(manager, "借据号", loan.loan_no)
    choose(manager, "五级分类", worse)
    fill(manager, "备注", "借款人失联，车辆下落不明")
    pick_day(manager, "有效期至", "2027-02-20")
    press(manager, "提出分类调整")
    done(manager, "提出分类调整")
    proposal = ClassProposal.objects.get(loan=loan)

    checker = signed_in(browser, address, "checker", page="/#/loan/class-proposals")
    row_act(checker, proposal.proposal_no, "认定分类")
    press(checker, "认定分类")
    done(checker, "认定分类")
    assert LoanStanding.objects.get(loan=loan).risk_class == "doubtful"
    shot(checker, "class-approved")

    _inspected(browser, address, loan)
    _written_off(browser, address, loan, manager)
    manager.context.close()
    checker.context.close()


def _inspected(browser: Browser, address: str, loan: Loan) -> None:
    Inspection.objects.filter(loan=loan).delete()
    with transaction.atomic():
        task = inspection_plan(
            actor=actor_named("second_reviewer"), loan_no=loan.loan_no, reason="客户失联", due_on=BUSINESS_ON,
            inspector_kind=InspectorKind.FIELD,
        )  # fmt: skip
    phone = signed_in(browser, address, "appraiser", page=f"/field#/inspections/{task.inspection_no}", phone=True)
    expect(phone.get_by_text(loan.customer.name)).to_be_visible(timeout=SLOW)
    for kind in ("vehicle_photo", "inspection_photo"):
        phone.locator(f'input[data-kind="{kind}"]').set_input_files(
            {"name": "car.jpg", "mimeType": "image/jpeg", "buffer": picture()}
        )
        expect(phone.locator(".phone-photo").filter(has=phone.locator(f'[data-kind="{kind}"]'))).to_contain_text(
            "重拍", timeout=SLOW
        )
    phone.get_by_text("受损", exact=True).click()
    phone.get_by_label("里程").fill("88000")
    phone.get_by_label("检查地点").fill("演示市云栖路 18 号")
    phone.get_by_text("疑似二押", exact=True).click()
    phone.get_by_label("检查意见").fill("车辆停在典当行院内，建议下调分类")
    shot(phone, "inspection-phone")
    phone.get_by_role("button", name="提交").click()
    phone.locator(".adm-dialog-footer").get_by_text("提交").click()
    expect(phone.get_by_text("待我检查")).to_be_visible(timeout=SLOW)
    task.refresh_from_db()
    assert (task.state, task.mileage_km, task.signals) == ("submitted", 88_000, ["car_pledged"])
    phone.context.close()

    reviewer = signed_in(browser, address, "second_reviewer", page=f"/#/loan/inspections/{task.inspection_no}")
    press(reviewer, "复核通过")
    press(reviewer, "复核通过")
    done(reviewer, "复核通过")
    task.refresh_from_db()
    assert task.state == "done"
    shot(reviewer, "inspection-done")
    reviewer.context.close()


def _written_off(browser: Browser, address: str, loan: Loan, manager: Page) -> None:
    CapturedDocument.objects.filter(subject_type="loan", subject_id=loan.pk).delete()
    manager.goto("/#/loan/write-offs")
    _ask_for_write_off(manager, loan)
    expect(window(manager).get_by_text("催收记录")).to_be_visible(timeout=SLOW)
    assert not LoanChange.objects.filter(loan=loan, kind="write_off").exists()
    stored = file_save(content=picture(), name="calls.jpg", actor=actor_named("account_manager"))
    CapturedDocument.objects.create(
        subject_type="loan", subject_id=loan.pk, kind="collection_record", version=1, file=stored, captured_by="x"
    )
    press(manager, "申请核销")
    done(manager, "申请核销")
    change = LoanChange.objects.get(loan=loan, kind="write_off")

    chief = signed_in(browser, address, "finance_manager", page=f"/#/loan/changes/{change.change_no}")
    press(chief, "审核通过变更")
    press(chief, "审核通过变更")
    done(chief, "审核通过变更")
    loan.refresh_from_db()
    assert loan.carrying == "written_off"
    shot(chief, "written-off")
    chief.context.close()


def _ask_for_write_off(page: Page, loan: Loan) -> None:
    row_act(page, loan.loan_no, "申请核销")
    fill(page, "原因", "逾期催收未果")
    opened(page).locator('input[type="file"]').set_input_files(
        {"name": "apply.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    )
    expect(window(page).locator(".ant-upload-list-item-done")).to_be_visible(timeout=SLOW)
    press(page, "申请核销")
