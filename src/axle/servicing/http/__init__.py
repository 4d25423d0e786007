"""Servicing over HTTP: loans and their changes, receipts and refunds, payoff quotes, the borrower's own loans."""

from axle.servicing.http import changes, loans, own, receipts, refunds
from axle.servicing.http.base import api

__all__ = ["api", "changes", "loans", "own", "receipts", "refunds"]
