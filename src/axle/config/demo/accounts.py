"""The demo institution's roles and the account of each."""

import hashlib
import hmac
from dataclasses import dataclass

from django.conf import settings

Grants = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Account:
    """A role with one account: its name, its department and what each permission reaches."""

    username: str
    title: str
    person: str
    department: str
    grants: Grants


def demo_password(username: str) -> str:
    """A password that only this installation has, derived from its own secret: a letter, then hexadecimal digits.

    Of letters alone, one in some thousand installations would have got one too similar to its username.
    """
    digest = hmac.new(settings.SECRET_KEY.encode(), f"demo:{username}".encode(), hashlib.sha256).hexdigest()
    return f"x{digest[:13]}"


def _all(*permissions: str, scope: str = "all") -> Grants:
    return tuple((permission, scope) for permission in permissions)


_SEE_CASE = (
    "origination.application.view",
    "origination.contract.view",
    "party.customer.view",
    "vehicle.vehicle.view",
    "channel.dealer.view",
    "documents.captured.view",
    "documents.document.view",
    "decisioning.decision.view",
    "sources.call.view",
    "product.product.view",
    "product.product.quote",
    "workflow.process.view",
    "platform.file.upload",
    "platform.pending_command.view",
)
_TASKS = ("workflow.task.work",)
_SEE_LOAN = (
    "servicing.loan.view",
    "servicing.receipt.view",
    "servicing.portfolio.view",
    "servicing.payoff.quote",
    "servicing.change.view",
    "servicing.refund.view",
    "servicing.lien.view",
    "servicing.archive.view",
    "servicing.pool.view",
    "servicing.class.view",
    "servicing.inspection.view",
)
_REPORTS = ("reporting.delivery.view", "reporting.schedule.view", "reporting.schedule.manage")
_SEE_BOOKS = (
    "accounting.voucher.view",
    "servicing.provision.view",
    "accounting.trial_balance.view",
    "accounting.posting_rule.view",
    "ledger.account.view",
    "ledger.entry.view",
    "ledger.period.view",
)
_PLATFORM_VIEW = (
    "platform.organisation.view",
    "platform.user.view",
    "platform.role.view",
    "platform.parameter.view",
    "platform.dictionary.view",
    "platform.operation_log.view",
    "platform.job.view",
    "platform.eod.view",
)
_PLATFORM_MANAGE = (
    "platform.organisation.manage",
    "platform.user.manage",
    "platform.role.manage",
    "platform.parameter.set",
    "platform.dictionary.manage",
    "platform.job.manage",
    "platform.eod.run",
    "platform.approval_policy.manage",
    "platform.pending_command.view",
    "messaging.template.view",
    "messaging.template.manage",
    "messaging.message.view",
    "workflow.definition.view",
    "workflow.definition.manage",
    "workflow.process.view",
    "payments.bank_account.view",
    "payments.bank_account.manage",
)
_INTAKE = (
    "origination.application.edit",
    "origination.application.withdraw",
    "party.customer.manage",
    "party.bank_card.manage",
    "vehicle.vehicle.manage",
    "documents.captured.add",
)

ACCOUNTS = (
    Account("admin", "系统管理员", "安怀瑾", "科技部", _all(*_PLATFORM_VIEW, *_PLATFORM_MANAGE)),
    Account(
        "auditor",
        "审计员",
        "沈知白",
        "总部",
        _all(
            *_PLATFORM_VIEW,
            *_SEE_CASE[:-2],
            *_SEE_LOAN,
            *_SEE_BOOKS,
            "payments.payment_order.view",
            "sources.source.view",
            "sources.consent.view",
            "monitoring.figure.view",
        ),
    ),
    Account(
        "risk_analyst",
        "策略管理",
        "陆青野",
        "风险管理部",
        _all(
            *_SEE_CASE,
            "decisioning.strategy.view",
            "decisioning.strategy.edit",
            "decisioning.strategy.activate",
            "origination.relation.view",
            "decisioning.decision.try",
            "scoring.scorecard.view",
            "scoring.scorecard.sign",
            "scoring.scorecard.activate",
            "scoring.score.try",
            "sources.source.view",
            "sources.source.switch",
            "sources.consent.view",
            "monitoring.figure.view",
            "monitoring.figure.refill",
            "monitoring.alert.acknowledge",
            "decisioning.policy.view",
            "decisioning.policy.edit",
            "decisioning.policy.activate",
            "vehicle.residual.activate",
            "party.watch_list.view",
            "party.watch_list.manage",
            "product.product.edit",
            "product.product.activate",
            "platform.parameter.view",
        ),
    ),
    Account(
        "product_manager",
        "产品经理",
        "苏映雪",
        "总部",
        _all(
            "product.product.view",
            "product.product.quote",
            "product.product.edit",
            "product.product.activate",
            "decisioning.strategy.view",
            "vehicle.vehicle.view",
            "vehicle.catalogue.manage",
            "workflow.process.view",
            "platform.organisation.view",
            "platform.parameter.view",
        ),
    ),
    Account(
        "account_manager",
        "客户经理",
        "顾长川",
        "华东区",
        _all(
            *_REPORTS,
            *_SEE_CASE,
            *_INTAKE,
            *_SEE_LOAN,
            *_TASKS,
            "channel.dealer.manage",
            "sources.consent.view",
            "sources.consent.manage",
            "servicing.change.request",
            "servicing.class.propose",
            "servicing.inspection.work",
            scope="department_tree",
        ),
    ),
    Account(
        "first_reviewer",
        "初审",
        "白若溪",
        "风险管理部",
        _all(
            *_SEE_CASE, *_TASKS, "origination.review.first", "origination.relation.view", "documents.captured.confirm"
        ),
    ),
    Account(
        "credit_reviewer",
        "信审",
        "裴远山",
        "风险管理部",
        _all(
            *_SEE_CASE,
            *_TASKS,
            "origination.review.credit",
            "origination.relation.view",
            "party.customer.reveal",
            "documents.captured.private",
            "party.watch_list.view",
        ),
    ),
    Account(
        "appraiser",
        "评估师",
        "温如玉",
        "风险管理部",
        _all(
            *_SEE_CASE,
            *_SEE_LOAN,
            *_TASKS,
            "origination.review.appraisal",
            "vehicle.appraisal.record",
            "vehicle.catalogue.manage",
            "vehicle.residual.manage",
            "documents.captured.add",
            "servicing.inspection.work",
        ),
    ),
    Account(
        "second_reviewer",
        "复审",
        "闻人杰",
        "风险管理部",
        _all(
            *_SEE_CASE,
            *_SEE_LOAN,
            *_TASKS,
            "origination.review.second",
            "origination.relation.view",
            "party.watch_list.view",
            "party.watch_list.check",
            "scoring.scorecard.view",
            "scoring.scorecard.sign",
            "scoring.score.try",
            "decisioning.policy.view",
            "decisioning.policy.check",
            "workflow.task.reassign",
            "party.customer.reveal",
            "documents.captured.private",
            "servicing.inspection.plan",
            "servicing.inspection.review",
        ),
    ),
    Account(
        "contract_clerk",
        "合同岗",
        "江晚舟",
        "运营部",
        _all(
            *_SEE_CASE,
            "origination.contract.manage",
            "origination.condition.confirm",
            "origination.disbursement.view",
            "documents.captured.add",
            "documents.document.void",
            "messaging.message.view",
            *_SEE_LOAN,
            "servicing.letter.issue",
            "servicing.lien.release",
            "servicing.archive.keep",
        ),
    ),
    Account(
        "cashier",
        "出纳",
        "程素心",
        "财务部",
        _all(
            *_SEE_CASE,
            *_SEE_LOAN,
            "origination.disbursement.view",
            "origination.disbursement.register",
            "origination.condition.confirm",
            "payments.payment_order.view",
            "payments.payment_order.manage",
            "servicing.receipt.register",
            "servicing.refund.request",
            "servicing.fee.charge",
        ),
    ),
    Account(
        "checker",
        "复核",
        "严慎之",
        "财务部",
        _all(
            *_REPORTS,
            *_SEE_CASE,
            *_SEE_LOAN,
            "origination.disbursement.view",
            "origination.disbursement.review",
            "payments.payment_order.view",
            "payments.bank_account.view",
            "payments.reconciliation.view",
            "payments.reconciliation.run",
            "channel.dealer_account.check",
            "accounting.period.check",
            "servicing.change.review",
            "servicing.write_off.approve",
            "servicing.class.review",
            "servicing.refund.review",
        ),
    ),
    Account(
        "accountant",
        "会计",
        "钱守正",
        "财务部",
        _all(
            *_REPORTS,
            "product.product.view",
            *_SEE_BOOKS,
            *_SEE_LOAN,
            "servicing.receipt.confirm",
            "servicing.pool.manage",
            "accounting.voucher.manage",
            "accounting.posting_rule.manage",
            "accounting.bank_clearing.manage",
            "platform.pending_command.view",
            "payments.payment_order.view",
            "payments.reconciliation.view",
        ),
    ),
    Account(
        "finance_manager",
        "财务经理",
        "金怀远",
        "财务部",
        _all(
            *_REPORTS,
            "product.product.view",
            *_SEE_BOOKS,
            *_SEE_LOAN,
            "servicing.receipt.confirm",
            "servicing.receipt.reverse",
            "servicing.change.review",
            "servicing.change.reverse",
            "servicing.write_off.approve",
            "servicing.write_off.approve_large",
            "servicing.class.review",
            "servicing.refund.review",
            "servicing.pool.review",
            "accounting.voucher.check",
            "accounting.posting_rule.manage",
            "accounting.bank_clearing.manage",
            "accounting.statement.manage",
            "accounting.period.close",
            "accounting.period.reopen",
            "ledger.account.manage",
            "channel.dealer_account.change",
            "channel.dealer.view",
            "platform.pending_command.view",
            "platform.parameter.view",
            "payments.payment_order.view",
            "payments.bank_account.view",
            "payments.reconciliation.view",
        ),
    ),
    Account(
        "dealer",
        "经销商",
        "申海车行·王琳",
        "",
        _all(
            *_SEE_CASE,
            *_INTAKE,
            *_TASKS,
            "documents.captured.private",
            "servicing.loan.view",
            "servicing.inspection.view",
            "servicing.inspection.work",
            scope="channel",
        ),
    ),
)

CUSTOMER_GRANTS = _all(
    "origination.contract.view",
    "origination.contract.sign",
    "documents.document.view",
    "servicing.loan.view",
    "servicing.paper.sign",
    "servicing.prepayment.ask",
    scope="own",
)
"""What borrowers may do on the phone, each with their own things only."""

CHECKED_COMMANDS = (
    ("dealer_account_change", 0, "channel.dealer_account.check"),
    ("voucher_create", 0, "accounting.voucher.check"),
    ("voucher_reverse", 0, "accounting.voucher.check"),
    ("fee_charge", 1_000_00, "servicing.receipt.confirm"),
    ("period_reopen", 0, "accounting.period.check"),
    ("reserve_set_aside", 0, "accounting.period.check"),
    ("statement_version_activate", 0, "accounting.period.check"),
    ("posting_rule_activate", 0, "accounting.period.check"),
    ("claim_buy_back", 0, "servicing.pool.review"),
    ("pool_clean_up", 0, "servicing.pool.review"),
    ("strategy_version_activate", 0, "decisioning.policy.check"),
    ("strategy_trial_begin", 0, "decisioning.policy.check"),
    ("strategy_version_restore", 0, "decisioning.policy.check"),
    ("policy_calibration_activate", 0, "decisioning.policy.check"),
    ("watch_entry_add", 0, "party.watch_list.check"),
    ("watch_entry_lift", 0, "party.watch_list.check"),
    ("scorecard_version_activate", 0, "scoring.scorecard.sign"),
    ("scorecard_version_restore", 0, "scoring.scorecard.sign"),
)
"""Commands that need a second person from an amount of fen on, and the permission of that person."""
