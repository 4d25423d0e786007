"""System pages in Chromium: organisation, roles, parameters, dictionaries, review, log, jobs, one's own account."""

import pyotp
import pytest
from django.db import connection
from playwright.sync_api import Browser, expect

from axle.platform.models import ApprovalPolicy, Department, DictionaryItem, Employee, PendingCommand, Role, User
from axle.platform.public import parameter_value
from tests.browser.conftest import shot, signed_in
from tests.browser.desk import SLOW, choose, done, fill, pick_day, press, window

pytestmark = pytest.mark.browser


def test_departments_grow_to_any_depth_and_move(console: str, browser: Browser) -> None:
    page = signed_in(browser, console, "admin", page="/#/system/departments")
    page.locator(".ant-tree").get_by_text("华东区").click(timeout=SLOW)
    expect(page.get_by_text("总部 / 零售业务部 / 华东区")).to_be_visible()
    press(page, "新增下级部门")
    fill(page, "名称", "苏州组")
    press(page, "新增部门")
    done(page, "新增部门")
    page.locator(".ant-tree").get_by_text("苏州组").click()
    press(page, "修改部门")
    fill(page, "名称", "苏南组")
    choose(page, "上级部门", "华南区")
    press(page, "修改部门")
    expect(page.get_by_text("总部 / 零售业务部 / 华南区 / 苏南组")).to_be_visible(timeout=SLOW)
    assert Department.objects.get(name="苏南组").parent == Department.objects.get(name="华南区")
    shot(page, "system-departments")
    page.context.close()


def test_an_employee_leaves_and_can_no_longer_sign_in(console: str, browser: Browser) -> None:
    leaver = Employee.objects.get(user__username="appraiser")
    page = signed_in(browser, console, "admin", page=f"/#/system/employees/{leaver.pk}")
    expect(page.get_by_role("heading", name=leaver.name)).to_be_visible(timeout=SLOW)
    press(page, "办理离职")
    pick_day(page, "日期")
    press(page, "办理离职")
    expect(page.get_by_text("离职", exact=True).first).to_be_visible(timeout=SLOW)
    assert not User.objects.get(username="appraiser").is_active
    page.context.close()


def test_a_user_is_locked_and_unlocked(console: str, browser: Browser) -> None:
    user = User.objects.get(username="cashier")
    page = signed_in(browser, console, "admin", page=f"/#/system/users/{user.pk}")
    press(page, "锁定账户")
    fill(page, "原因", "查询异常")
    press(page, "锁定账户")
    done(page, "锁定账户")
    assert not User.objects.get(username="cashier").is_active
    press(page, "解锁账户")
    press(page, "解锁账户")
    done(page, "解锁账户")
    assert User.objects.get(username="cashier").is_active
    page.context.close()


def test_a_role_is_made_like_another_and_given_a_permission(console: str, browser: Browser) -> None:
    page = signed_in(browser, console, "admin", page="/#/system/roles")
    press(page, "新增角色")
    fill(page, "编码", "night_cashier")
    fill(page, "名称", "夜班出纳")
    choose(page, "参照角色", "cashier")
    press(page, "新增角色")
    done(page, "新增角色")
    page.goto("/#/system/roles/night_cashier")
    scope = page.get_by_label("管理部门、员工与职务", exact=True).or_(page.get_by_label("管理组织", exact=True)).first
    scope.click(timeout=SLOW)
    page.locator(".ant-select-item-option").filter(has_text="本部门及下级").last.click()
    expect(page.get_by_text("1 处未保存")).to_be_visible()
    press(page, "保存角色")
    done(page, "保存角色")
    grants = dict(Role.objects.get(code="night_cashier").grants.values_list("permission", "scope"))
    assert grants["platform.organisation.manage"] == "department_tree"
    assert grants["servicing.receipt.register"] == "all"
    shot(page, "system-role")
    page.context.close()


def test_a_parameter_is_set_within_its_bounds_only(console: str, browser: Browser) -> None:
    page = signed_in(browser, console, "admin", page="/#/system/parameters")
    page.get_by_placeholder("名称或编码").fill("automatic_approval", timeout=SLOW)
    page.get_by_role("button", name="设置", exact=True).or_(
        page.get_by_role("button", name="设 置", exact=True)
    ).click()
    value = window(page).get_by_label("取值", exact=True)
    expect(value).to_have_value("300000.00", timeout=SLOW)
    value.fill("-1")
    press(page, "设置参数")
    expect(window(page).locator(".ant-form-item-explain-error")).to_be_visible(timeout=SLOW)
    assert parameter_value("origination.automatic_approval_max_fen") == 30_000_000
    value.fill("80000")
    press(page, "设置参数")
    done(page, "设置参数")
    assert parameter_value("origination.automatic_approval_max_fen") == 8_000_000
    expect(page.get_by_text("80,000.00")).to_be_visible()
    shot(page, "system-parameters")
    page.context.close()


def test_a_dictionary_is_begun_and_filled(console: str, browser: Browser) -> None:
    page = signed_in(browser, console, "admin", page="/#/system/dictionaries")
    press(page, "新增字典")
    fill(page, "编码", "visit_reason")
    fill(page, "名称", "上门事由")
    press(page, "新增字典")
    done(page, "新增字典")
    press(page, "新增字典项")
    choose(page, "字典", "上门事由")
    fill(page, "编码", "01")
    fill(page, "名称", "核实居住")
    pick_day(page, "有效期起")
    press(page, "新增字典项")
    done(page, "新增字典项")
    assert DictionaryItem.objects.get(dictionary__code="visit_reason").name == "核实居住"
    page.context.close()


def test_a_command_waits_for_the_second_person_who_sees_what_was_entered(console: str, browser: Browser) -> None:
    page = signed_in(browser, console, "admin", page="/#/system/approval-policies")
    press(page, "设置复核规则")
    choose(page, "业务操作", "新增职务")
    choose(page, "复核权限", "查看参数")
    press(page, "设置复核规则")
    done(page, "设置复核规则")
    assert ApprovalPolicy.objects.get(command="position_create").min_amount == 0

    page.goto("/#/system/positions")
    press(page, "新增职务")
    fill(page, "编码", "NIGHT")
    fill(page, "名称", "夜班主管")
    press(page, "新增职务")
    expect(page.get_by_text("待他人复核")).to_be_visible(timeout=SLOW)
    pending = PendingCommand.objects.get()
    page.goto(f"/#/review/pending/{pending.pending_no}")
    expect(page.get_by_text("夜班主管")).to_be_visible(timeout=SLOW)
    expect(page.get_by_role("button", name="撤回登记")).to_be_visible()
    expect(page.get_by_role("button", name="复核通过")).to_have_count(0)
    page.context.close()

    checker = signed_in(browser, console, "risk_analyst", page=f"/#/review/pending/{pending.pending_no}")
    press(checker, "复核通过")
    press(checker, "复核通过")
    done(checker, "复核通过")
    shot(checker, "system-second-person")
    pending.refresh_from_db()
    assert (pending.state, pending.checker_name) == ("approved", "陆青野")
    checker.context.close()

    log = signed_in(browser, console, "admin", page="/#/system/operations?operation=position_create")
    log.locator(".ant-table-tbody a").first.click(timeout=SLOW)
    expect(log.get_by_text("夜班主管")).to_be_visible(timeout=SLOW)
    expect(log.get_by_text("变更后")).to_be_visible()
    assert "{" not in log.locator(".ant-card").last.inner_text()
    shot(log, "system-operation")
    log.context.close()


def test_a_failed_job_is_put_back(console: str, browser: Browser) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status)"
            " VALUES ('default', 'deliver_event', '{\"key\": \"x\"}', 'failed') RETURNING id"
        )
        (job_id,) = cursor.fetchone()
    page = signed_in(browser, console, "admin", page=f"/#/system/jobs/{job_id}")
    expect(page.get_by_role("heading", name="投递业务事件")).to_be_visible(timeout=SLOW)
    press(page, "重新执行任务")
    press(page, "重新执行任务")
    done(page, "重新执行任务")
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM procrastinate_jobs WHERE id = %s", [job_id])
        assert cursor.fetchone() == ("todo",)
    page.context.close()


def test_a_person_binds_the_second_factor_and_sees_their_sessions(console: str, browser: Browser) -> None:
    page = signed_in(browser, console, "cashier", page="/#/profile")
    expect(page.get_by_text("至少 10 个字符")).to_be_visible(timeout=SLOW)
    expect(page.get_by_text("当前会话")).to_be_visible()
    press(page, "绑定双因素认证")
    secret = page.locator("code").first.inner_text(timeout=SLOW)
    shot(page, "profile-totp")
    press(page, "确认双因素认证")
    window(page).locator("input").first.fill(pyotp.TOTP(secret).now())
    press(page, "确认双因素认证")
    done(page, "确认双因素认证")
    assert User.objects.get(username="cashier").is_totp_on
    page.context.close()
