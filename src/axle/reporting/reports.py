"""The reports of this context; importing them declares them."""

from axle.reporting.ledgers import balance, disbursement, extension, overdue, repayment

__all__ = ["balance", "disbursement", "extension", "overdue", "repayment"]
