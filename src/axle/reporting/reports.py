"""The reports of this context; importing them declares them."""

from axle.reporting.ledgers import balance, day_entries, disbursement, extension, overdue, quality, repayment
from axle.reporting.receivables import accruals, collection, debit_list, details, to_collect
from axle.reporting.statistics import class_migration, rates, roll_rates, warnings, working_days

__all__ = [
    "accruals",
    "balance",
    "class_migration",
    "collection",
    "day_entries",
    "debit_list",
    "details",
    "disbursement",
    "extension",
    "overdue",
    "quality",
    "rates",
    "repayment",
    "roll_rates",
    "to_collect",
    "warnings",
    "working_days",
]
