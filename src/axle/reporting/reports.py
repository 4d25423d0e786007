"""The reports of this context; importing them declares them."""

from axle.reporting.ledgers import balance, disbursement, extension, overdue, repayment
from axle.reporting.receivables import to_collect
from axle.reporting.statistics import rates

__all__ = ["balance", "disbursement", "extension", "overdue", "rates", "repayment", "to_collect"]
