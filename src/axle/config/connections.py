"""The connections themselves, read top to bottom: who answers whose port, who listens to whose facts."""

from functools import partial
from typing import Any

from django.conf import settings

from axle.accounting.handlers import bank_lines_clear_on_statement, money_event_post, money_events_post
from axle.accounting.public import EOD_STEPS as BOOK_STEPS
from axle.accounting.public import account_of, register_cash, register_control, register_totals_at_close
from axle.decisioning.events import CalibrationActivated, MarketFeedTaken, StrategyActivated
from axle.documents.events import DocumentRecognised
from axle.documents.public import subject_scope
from axle.integrations.public import bank_sandbox, data_sources_sandbox, sms_sandbox
from axle.ledger.events import MoneyEvent
from axle.messaging.ports import sms_gateway_install
from axle.monitoring.public import day_queue
from axle.origination import handlers as origination
from axle.origination.events import ContractDisbursed
from axle.origination.ports import loan_book_install
from axle.origination.public import (
    applications_visible_ids,
    approvals_expire,
    contracts_visible_ids,
    letters_visible_ids,
)
from axle.party.events import CustomerChanged
from axle.payments.events import PayoutFailed, PayoutSucceeded, StatementCompared
from axle.payments.jobs import queue_reconciliations
from axle.payments.ports import bank_gateway_install
from axle.payments.public import cash_paid
from axle.platform.events import EmployeeLeft
from axle.platform.public import EodStep, eod_steps, on
from axle.reporting.public import deliveries_queue
from axle.servicing import handlers as servicing
from axle.servicing.events import LoanReopened, LoanSettled, PaperConcluded
from axle.servicing.public import (
    EOD_STEPS,
    LoanBookAdapter,
    inspections_visible_ids,
    loans_visible_ids,
    pool_books,
    signed_changes_visible_ids,
)
from axle.servicing.public import controls as loan_controls
from axle.sources.events import ConsentWithdrawn
from axle.sources.ports import source_adapters_install
from axle.workflow.events import ProcessCompleted, TaskCompleted
from axle.workflow.handlers import tasks_hand_back_on_leave


def ports() -> None:
    """Outside parties and lower contexts' questions to higher ones."""
    where: dict[str, Any] = {
        "sandbox_url": settings.AXLE_SANDBOX_URL,
        "own_url": settings.AXLE_PUBLIC_URL,
        "keys": settings.AXLE_VAR / "keys",
    }
    bank_gateway_install("bank_sandbox", bank_sandbox(**where))
    sms_gateway_install(sms_sandbox(**where))
    source_adapters_install(data_sources_sandbox(**where))
    loan_book_install(LoanBookAdapter())


def events() -> None:
    """Facts and who acts on them: in the teller's transaction, or once it has committed."""
    on(MoneyEvent, money_event_post, when="same_tx", together=money_events_post)
    on(ContractDisbursed, servicing.loan_open_on_disbursement, when="same_tx")
    on(CalibrationActivated, origination.on_policy_changed, when="same_tx")
    on(StrategyActivated, origination.on_policy_changed, when="same_tx")
    on(TaskCompleted, origination.on_task_completed, when="same_tx")
    on(ProcessCompleted, origination.on_process_completed, when="same_tx")
    on(ConsentWithdrawn, origination.on_consent_withdrawn, when="same_tx")
    on(PayoutSucceeded, origination.on_payout_succeeded, when="same_tx")
    on(PayoutFailed, origination.on_payout_failed, when="same_tx")
    on(PayoutSucceeded, servicing.on_payout_succeeded, when="same_tx")
    on(PayoutFailed, servicing.on_payout_failed, when="same_tx")
    on(StatementCompared, bank_lines_clear_on_statement, when="same_tx")
    on(LoanSettled, servicing.lien_release_on_settlement, when="same_tx")
    on(LoanSettled, servicing.inspections_call_off_on_settlement, when="same_tx")
    on(LoanSettled, servicing.payoff_letter_on_settlement, when="same_tx")
    on(LoanSettled, servicing.warnings_close_on_settlement, when="same_tx")
    on(MarketFeedTaken, servicing.warn_on_prices, when="same_tx")
    on(CustomerChanged, servicing.warnings_settle_on_new_id, when="same_tx")
    on(LoanReopened, servicing.lien_release_cancel_on_reopening, when="same_tx")
    on(LoanReopened, servicing.payoff_letter_withdraw_on_reopening, when="same_tx")
    on(PaperConcluded, servicing.change_conclude_on_paper, when="same_tx")
    on(EmployeeLeft, tasks_hand_back_on_leave, when="same_tx")
    on(DocumentRecognised, origination.on_document_recognised, when="after_commit")


def scopes() -> None:
    """Whose documents a person may see: those of the subjects that they may see."""
    subject_scope("application", applications_visible_ids)
    subject_scope("contract", contracts_visible_ids)
    subject_scope("consent_letter", letters_visible_ids)
    subject_scope("loan", loans_visible_ids)
    subject_scope("loan_change", signed_changes_visible_ids)
    subject_scope("inspection", inspections_visible_ids)


def end_of_day() -> None:
    """The order of the end of day."""
    eod_steps(
        [
            *EOD_STEPS,
            EodStep("expire_approvals", approvals_expire),
            *BOOK_STEPS,
            EodStep("queue_reconciliations", queue_reconciliations),
            EodStep("queue_risk_figures", day_queue),
            EodStep("queue_report_deliveries", deliveries_queue),
        ]
    )


def controls() -> None:
    """Sub-ledger totals and the general-ledger accounts that must equal them, and what moves our bank accounts."""
    principal = tuple(account_of(name) for name in ("principal", "overdue_principal", "non_accrual_principal"))
    register_control("principal", principal, loan_controls.principal_outstanding)
    for stage in (1, 2, 3):
        name = f"allowance_{stage}"
        held = partial(loan_controls.allowance, stage=stage)
        register_control(name, (account_of(name),), held, normal_side="credit")
    register_control("overdue_principal", principal[1:2], loan_controls.principal_overdue)
    register_control("non_accrual_principal", principal[2:], loan_controls.principal_non_accrual)
    register_control("interest_receivable", (account_of("interest_receivable"),), loan_controls.interest_receivable)
    register_control("interest_off_balance", (account_of("memo_interest"),), loan_controls.interest_off_balance)
    register_control("claims_kept", (account_of("memo_claims"),), loan_controls.claims_kept)
    register_control("fees_receivable", (account_of("fees_receivable"),), loan_controls.fees_receivable)
    register_control("overpayments", (account_of("overpayments"),), loan_controls.overpayments, normal_side="credit")
    register_control("suspense", (account_of("suspense"),), loan_controls.suspense, normal_side="credit")
    register_control("refunds", (account_of("refunds_payable"),), loan_controls.refunds_owed, normal_side="credit")
    register_control("sale_price", (account_of("sale_price"),), pool_books.sale_price_open)
    register_control("pool_price", (account_of("pool_price"),), pool_books.pledge_price_open)
    collections = (account_of("sold_collections"),)
    register_control("sold_collections", collections, pool_books.collections_to_remit, normal_side="credit")
    register_totals_at_close(loan_controls.totals_at_close)
    register_cash("pool_prices", pool_books.prices_received)
    register_cash("receipts", loan_controls.cash_received)
    register_cash("payments", cash_paid)
