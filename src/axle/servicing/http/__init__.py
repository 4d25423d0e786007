"""Servicing over HTTP: loans and their changes, receipts, payoff quotes, the borrower's own loans."""

from axle.servicing.http import changes, loans, own, receipts
from axle.servicing.http.base import api

__all__ = ["api", "changes", "loans", "own", "receipts"]
