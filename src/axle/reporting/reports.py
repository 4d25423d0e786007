"""The reports of this context; importing them declares them."""

from axle.reporting.ledgers import balance, disbursement, extension, overdue, quality, repayment
from axle.reporting.receivables import accruals, collection, details, to_collect
from axle.reporting.statistics import rates

__all__ = [
    "accruals",
    "balance",
    "collection",
    "details",
    "disbursement",
    "extension",
    "overdue",
    "quality",
    "rates",
    "repayment",
    "to_collect",
]
