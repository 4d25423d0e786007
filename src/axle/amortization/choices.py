"""The vocabulary of terms and rules: the values that each key allows."""

from typing import Literal, get_args

Method = Literal[
    "level_payment",  # 等额本息
    "level_principal",  # 等额本金
    "interest_first",  # 先息后本
    "flat",  # 等本等息
    "balloon",  # 气球贷
    "stepped",  # 阶梯还款
    "quarterly_interest",  # 按季付息
    "single",  # 利随本清
    "irregular",  # 不规则
    "rule_78",  # 78 法则
]
"""Repayment methods (还款方式)."""

Unit = Literal["month", "week", "day"]
DayCount = Literal["30/360", "actual/360", "actual/365", "actual/actual", "actual/365-leap"]

Timing = Literal["arrears", "advance"]
"""Rent at the end of its period (后付) or at the start of it (先付)."""

Stub = Literal["first", "upfront", "amortised", "last", "none"]
"""Where the interest of an irregular first period goes; see ``schedule``."""

Tail = Literal["last", "levelled"]
"""The last row takes the remainder; ``levelled`` moves the instalment so that it comes closer to the others."""

FeeTiming = Literal["upfront", "financed", "by_instalment"]
Payer = Literal["borrower", "dealer", "manufacturer"]

FeeBase = Literal["principal", "price", "instalment", "balance"]
"""What a fee's rate is taken of: the principal, the price (principal and down payment), or row by row the
instalment or the balance before it."""

Sponsor = Literal["dealer", "manufacturer"]
"""Who pays a subvention."""

SubventionMode = Literal["upfront", "by_period", "fixed"]
"""A subvention (贴息) paid at the start as a present value, period by period, or as a fixed amount."""

DepositMode = Literal["refunded", "offset"]
"""A margin deposit (保证金) is paid back at the end, or pays the last rents (冲抵末期)."""

VatBase = Literal["interest", "rent"]
"""VAT is contained in the interest (loan, sale and leaseback), or added to the rent (direct lease)."""

Component = Literal["fee", "penalty", "compound", "interest", "principal"]
"""What an instalment is made of: fee 费用, penalty 罚息, compound interest 复利, interest 利息, principal 本金."""

COMPONENTS: tuple[Component, ...] = get_args(Component)

AllocationMode = Literal["horizontal", "vertical"]
"""By instalment, oldest first (逐期), or by component over all instalments (逐科目)."""

PenaltyBase = Literal["principal", "instalment"]
"""Penalty runs on overdue principal, or on overdue principal and interest together."""

PartialMode = Literal["keep_term", "keep_instalment"]
"""After a partial prepayment: a smaller instalment (减额) or fewer of them (缩期)."""

InterestTo = Literal["date", "period_end"]
"""Interest of an early repayment: to its date, or all of the running period (收满当期)."""

HolidayInterest = Literal["carried", "paid", "capitalised", "waived"]
"""Interest of a payment holiday: with the first instalment after it, period by period, joined to the principal on each
due date (and bearing interest from then on), or none."""

RowKind = Literal["instalment", "charge", "prepayment", "acceleration", "termination"]
"""What makes a row fall due: the plan, a charge, an early repayment, acceleration, or the end of a lease."""

Standing = Literal["accelerated", "non_accrual", "written_off"]
"""States of a loan that may have an allocation order of their own."""

LEVEL_METHODS: frozenset[Method] = frozenset({"level_payment", "balloon", "stepped"})
"""Methods whose instalment is solved from the present value of the rows."""
