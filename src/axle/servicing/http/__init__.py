"""Servicing over HTTP: loans and their changes, receipts and refunds, payoff quotes, the borrower's own loans."""

from axle.servicing.http import (
    archives,
    change_requests,
    changes,
    inspections,
    liens,
    loans,
    own,
    own_papers,
    pools,
    prepayments,
    receipt_files,
    receipts,
    refunds,
    standing,
    warnings,
    write_offs,
)
from axle.servicing.http.base import api

__all__ = [
    "api",
    "archives",
    "change_requests",
    "changes",
    "inspections",
    "liens",
    "loans",
    "own",
    "own_papers",
    "pools",
    "prepayments",
    "receipt_files",
    "receipts",
    "refunds",
    "standing",
    "warnings",
    "write_offs",
]
