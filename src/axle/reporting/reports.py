"""The reports of this context; importing them declares them."""

from axle.reporting.ledgers import balance, disbursement, extension, overdue, repayment
from axle.reporting.receivables import collection, to_collect
from axle.reporting.statistics import rates

__all__ = ["balance", "collection", "disbursement", "extension", "overdue", "rates", "repayment", "to_collect"]
