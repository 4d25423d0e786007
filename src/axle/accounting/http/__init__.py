"""Accounting over HTTP: vouchers, trial balance and account ledger, posting rules, months."""

from axle.accounting.http import (
    bank_clearings,
    listings,
    months,
    reports,
    rule_trials,
    rules,
    statements,
    voucher_prints,
    vouchers,
)
from axle.accounting.http.api import api

__all__ = [
    "api",
    "bank_clearings",
    "listings",
    "months",
    "reports",
    "rule_trials",
    "rules",
    "statements",
    "voucher_prints",
    "vouchers",
]
