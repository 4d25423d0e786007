"""Dated parameters of servicing."""

from decimal import Decimal

from axle.platform.public import parameter

QUOTE_AHEAD_DAYS = parameter("servicing.payoff_quote_ahead_days", type_=int, default=30, minimum=0, maximum=90)
QUOTE_GRACE_DAYS = parameter("servicing.payoff_quote_grace_days", type_=int, default=2, minimum=0, maximum=10)
DUE_DAY_CHANGES = parameter("servicing.due_day_changes_per_loan", type_=int, default=2, minimum=0, maximum=12)
EXTENSIONS = parameter("servicing.extensions_per_loan", type_=int, default=1, minimum=0, maximum=12)
TERM_MONTHS = parameter("servicing.longest_term_months", type_=int, default=60, minimum=1, maximum=480)
HOLIDAY_PERIODS = parameter("servicing.holiday_periods", type_=int, default=6, minimum=0, maximum=60)
SUSPENSE_DAYS = parameter("servicing.suspense_report_days", type_=int, default=30, minimum=1, maximum=365)
EXTENSION_DAYS = parameter("servicing.extension_longest_days", type_=int, default=1096, minimum=1, maximum=3660)
EXTENSION_OVERDUE_DAYS = parameter("servicing.extension_overdue_days", type_=int, default=0, minimum=0, maximum=90)
EXTENSION_FEE_RATE = parameter(
    "servicing.extension_fee_rate", type_=Decimal, default=Decimal(0), minimum=Decimal(0), maximum=Decimal("0.05")
)
SIGNED_KINDS = parameter(
    "servicing.signed_changes", type_=list, default=["extension", "restructuring"], source="REG-CIVIL-543"
)
SIGNING_DAYS = parameter("servicing.signing_days", type_=int, default=7, minimum=1, maximum=60)
PAPER_READ_SECONDS = parameter("servicing.paper_read_seconds", type_=int, default=5, minimum=0, maximum=120)
SETTLING_RESIDUE = parameter("servicing.settling_residue_fen", type_=int, default=100, minimum=0, maximum=10_000)
LIEN_RELEASE_DAYS = parameter("servicing.lien_release_working_days", type_=int, default=10, minimum=1, maximum=60)
CLEAN_UP_PERCENT = parameter("servicing.clean_up_call_percent", type_=int, default=10, minimum=0, maximum=100)
