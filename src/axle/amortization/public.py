"""The front door of the calculation engine. Everything here is pure: no clock, no file, no database."""

from axle.amortization.allocation import Allocation, Due, Paid, allocate
from axle.amortization.cash_flows import (
    apr,
    borrower_flows,
    irr_annual,
    irr_lender,
    party_flows,
    received_at_start,
    xirr_of,
)
from axle.amortization.choices import COMPONENTS, AllocationMode, Component, Method, PartialMode
from axle.amortization.deposit import deposit_amount, deposit_offsets
from axle.amortization.disclosure import ContingentItem, CostItem, Disclosure, disclosure
from axle.amortization.events_json import event_from_json, event_to_json
from axle.amortization.fees import fee_amount, fees_at_start
from axle.amortization.irr import AnnualRates, annual_rates, irr, irr_at, xirr
from axle.amortization.kinds import KINDS
from axle.amortization.kinds.acceleration import Acceleration
from axle.amortization.kinds.accrual_resumption import AccrualResumption
from axle.amortization.kinds.agreed_plan import AgreedPlan
from axle.amortization.kinds.charge import Charge
from axle.amortization.kinds.charge_off import ChargeOff
from axle.amortization.kinds.chargeback import Chargeback
from axle.amortization.kinds.claim_transfer import ClaimTransfer
from axle.amortization.kinds.deferral import Deferral
from axle.amortization.kinds.deposit_offset import DepositOffset
from axle.amortization.kinds.disbursement import Disbursement
from axle.amortization.kinds.due_day_change import DueDayChange
from axle.amortization.kinds.extension import Extension
from axle.amortization.kinds.interest_pause import InterestPause
from axle.amortization.kinds.kind import Event, Kind
from axle.amortization.kinds.lease_termination import LeaseTermination
from axle.amortization.kinds.partial_prepayment import PartialPrepayment
from axle.amortization.kinds.payoff import Payoff
from axle.amortization.kinds.purchase_option import PurchaseOption
from axle.amortization.kinds.rate_change import RateChange
from axle.amortization.kinds.re_ageing import ReAgeing
from axle.amortization.kinds.re_amortisation import ReAmortisation
from axle.amortization.kinds.receipt import Receipt
from axle.amortization.kinds.recovery import Recovery
from axle.amortization.kinds.refund import Refund
from axle.amortization.kinds.reversal import Reversal
from axle.amortization.kinds.subvention_receipt import SubventionReceipt
from axle.amortization.kinds.waiver import Waiver
from axle.amortization.kinds.write_off import WriteOff
from axle.amortization.parse import parse_json
from axle.amortization.payoff import PayoffQuote
from axle.amortization.periods import periods_a_year
from axle.amortization.position import AllocationLine, Amounts, Declared, Position, RowPosition
from axle.amortization.published import PUBLISHED_SOURCES
from axle.amortization.published.source import Outcome, Source
from axle.amortization.quote import quote_json
from axle.amortization.rent import rate_of_rent
from axle.amortization.replay import payoff_quote, replay, replay_with_payoff
from axle.amortization.replay_json import payoff_json, position_json, replay_json
from axle.amortization.rules import FeeBand, Prepayment, Rules
from axle.amortization.rules_json import rules_from_json, rules_to_json
from axle.amortization.schedule import Instalment, Schedule, interest_accrued_to, row_accrued, schedule
from axle.amortization.subvention import subvention_payments
from axle.amortization.terms import Terms
from axle.amortization.terms_json import terms_from_json, terms_to_json
from axle.amortization.terms_parts import Deposit, Fee, Funder, Holidays, IrregularRow, Step, Subvention
from axle.amortization.transfers import Party, Transfer, transfers
from axle.amortization.vector.columns import RATE_UNIT, Loans, loans
from axle.amortization.vector.interest import interest_accrued
from axle.amortization.vector.level import level_instalments
from axle.amortization.vector.portfolio import Portfolio, portfolio
from axle.amortization.vector.position import Payoffs, Penalties, accrued_to, interest_to, payoffs, penalties
from axle.amortization.vector.rates import NO_RATE, RATES_UNIT, irrs
from axle.amortization.vector.schedules import LevelSchedules, Schedules, level_schedules, schedules
from axle.amortization.vector.standing import portfolio_interest_to, portfolio_payoffs, portfolio_rates

__all__ = [
    "COMPONENTS",
    "KINDS",
    "NO_RATE",
    "PUBLISHED_SOURCES",
    "RATES_UNIT",
    "RATE_UNIT",
    "Acceleration",
    "AccrualResumption",
    "AgreedPlan",
    "Allocation",
    "AllocationLine",
    "AllocationMode",
    "Amounts",
    "AnnualRates",
    "Charge",
    "ChargeOff",
    "Chargeback",
    "ClaimTransfer",
    "Component",
    "ContingentItem",
    "CostItem",
    "Declared",
    "Deferral",
    "Deposit",
    "DepositOffset",
    "Disbursement",
    "Disclosure",
    "Due",
    "DueDayChange",
    "Event",
    "Extension",
    "Fee",
    "FeeBand",
    "Funder",
    "Holidays",
    "Instalment",
    "InterestPause",
    "IrregularRow",
    "Kind",
    "LeaseTermination",
    "LevelSchedules",
    "Loans",
    "Method",
    "Outcome",
    "Paid",
    "PartialMode",
    "PartialPrepayment",
    "Party",
    "Payoff",
    "PayoffQuote",
    "Payoffs",
    "Penalties",
    "Portfolio",
    "Position",
    "Prepayment",
    "PurchaseOption",
    "RateChange",
    "ReAgeing",
    "ReAmortisation",
    "Receipt",
    "Recovery",
    "Refund",
    "Reversal",
    "RowPosition",
    "Rules",
    "Schedule",
    "Schedules",
    "Source",
    "Step",
    "Subvention",
    "SubventionReceipt",
    "Terms",
    "Transfer",
    "Waiver",
    "WriteOff",
    "accrued_to",
    "allocate",
    "annual_rates",
    "apr",
    "borrower_flows",
    "deposit_amount",
    "deposit_offsets",
    "disclosure",
    "event_from_json",
    "event_to_json",
    "fee_amount",
    "fees_at_start",
    "interest_accrued",
    "interest_accrued_to",
    "interest_to",
    "irr",
    "irr_annual",
    "irr_at",
    "irr_lender",
    "irrs",
    "level_instalments",
    "level_schedules",
    "loans",
    "parse_json",
    "party_flows",
    "payoff_json",
    "payoff_quote",
    "payoffs",
    "penalties",
    "periods_a_year",
    "portfolio",
    "portfolio_interest_to",
    "portfolio_payoffs",
    "portfolio_rates",
    "position_json",
    "quote_json",
    "rate_of_rent",
    "received_at_start",
    "replay",
    "replay_json",
    "replay_with_payoff",
    "row_accrued",
    "rules_from_json",
    "rules_to_json",
    "schedule",
    "schedules",
    "subvention_payments",
    "terms_from_json",
    "terms_to_json",
    "transfers",
    "xirr",
    "xirr_of",
]
