"""Servicing over HTTP: loans, receipts, payoff quotes, the borrower's own loans."""

from axle.servicing.http import loans, own, receipts
from axle.servicing.http.base import api

__all__ = ["api", "loans", "own", "receipts"]
