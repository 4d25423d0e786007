"""The reports of accounting: statements, cash, tax. Books are read whole; a narrower grant shows no row."""

from axle.accounting.reports import cash, reconciliation, statements, tax

__all__ = ["cash", "reconciliation", "statements", "tax"]
