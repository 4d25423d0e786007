"""Reports that are delivered to people of the demo institution."""

from datetime import timedelta

from axle.config.demo.institution import BUSINESS_ON
from axle.platform.public import acting, actor_named
from axle.reporting.public import ScheduleDraft, deliveries_add, report_schedule_create

_SCHEDULES = (
    ("余额台账日报", "balance_ledger", "daily", "xlsx", ("finance_manager", "accountant")),
    ("逾期台账周报", "overdue_ledger", "weekly", "xlsx", ("finance_manager", "account_manager")),
    ("资金日记账", "cash_summary", "workdays", "pdf", ("accountant", "finance_manager")),
    ("资产负债表月报", "balance_sheet", "monthly", "pdf", ("finance_manager",)),
)


def report_schedules() -> None:
    """Keep some schedules, and have those of yesterday made by the workers."""
    manager = actor_named("finance_manager")
    kept = {}
    for name, report, rhythm, format, people in _SCHEDULES:
        draft = ScheduleDraft(name, report, rhythm, format, [actor_named(who).user_id or 0 for who in people], {})
        with acting(manager, "report_schedule_create"):
            kept[name] = report_schedule_create(actor=manager, draft=draft)
    daily = [schedule.pk for schedule in kept.values() if schedule.rhythm in {"daily", "workdays"}]
    deliveries_add(daily, BUSINESS_ON - timedelta(days=1))
