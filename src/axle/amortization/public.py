"""The front door of the calculation engine. Everything here is pure: no clock, no file, no database."""

from axle.amortization.allocation import Allocation, Due, Paid, allocate
from axle.amortization.cash_flows import (
    apr,
    borrower_flows,
    irr_annual,
    periods_a_year,
    received_at_start,
    xirr_of,
)
from axle.amortization.choices import COMPONENTS, AllocationMode, Component, Method, PartialMode
from axle.amortization.events import (
    Charge,
    Disbursement,
    Event,
    PartialPrepayment,
    Payoff,
    Receipt,
    Refund,
    Reversal,
    Waiver,
)
from axle.amortization.events_json import event_from_json, event_to_json
from axle.amortization.fees import fee_amount, fees_total
from axle.amortization.irr import AnnualRates, annual_rates, irr, irr_at, xirr
from axle.amortization.payoff import PayoffQuote
from axle.amortization.position import AllocationLine, Amounts, Position, RowPosition
from axle.amortization.quote import quote_json
from axle.amortization.replay import payoff_quote, replay
from axle.amortization.replay_json import payoff_json, position_json, replay_json
from axle.amortization.rules import FeeBand, Prepayment, Rules
from axle.amortization.rules_json import rules_from_json, rules_to_json
from axle.amortization.schedule import Instalment, Schedule, interest_accrued_to, row_accrued, schedule
from axle.amortization.terms import Fee, IrregularRow, Step, Terms
from axle.amortization.terms_json import terms_from_json, terms_to_json
from axle.amortization.vector import RATE_UNIT, LevelSchedules, interest_accrued, level_instalments, level_schedules

__all__ = [
    "COMPONENTS",
    "RATE_UNIT",
    "Allocation",
    "AllocationLine",
    "AllocationMode",
    "Amounts",
    "AnnualRates",
    "Charge",
    "Component",
    "Disbursement",
    "Due",
    "Event",
    "Fee",
    "FeeBand",
    "Instalment",
    "IrregularRow",
    "LevelSchedules",
    "Method",
    "Paid",
    "PartialMode",
    "PartialPrepayment",
    "Payoff",
    "PayoffQuote",
    "Position",
    "Prepayment",
    "Receipt",
    "Refund",
    "Reversal",
    "RowPosition",
    "Rules",
    "Schedule",
    "Step",
    "Terms",
    "Waiver",
    "allocate",
    "annual_rates",
    "apr",
    "borrower_flows",
    "event_from_json",
    "event_to_json",
    "fee_amount",
    "fees_total",
    "interest_accrued",
    "interest_accrued_to",
    "irr",
    "irr_annual",
    "irr_at",
    "level_instalments",
    "level_schedules",
    "payoff_json",
    "payoff_quote",
    "periods_a_year",
    "position_json",
    "quote_json",
    "received_at_start",
    "replay",
    "replay_json",
    "row_accrued",
    "rules_from_json",
    "rules_to_json",
    "schedule",
    "terms_from_json",
    "terms_to_json",
    "xirr",
    "xirr_of",
]
