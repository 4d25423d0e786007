"""Invariants of the platform's own tables for ``./axle check``."""

from axle.platform.evidence import seals_broken
from axle.platform.invariants import invariant


@invariant("operation_log_intact")
def operation_log_intact() -> list[str]:
    """Every sealed stretch of the operation log holds the rows that it was sealed with, and follows the one before."""
    return seals_broken()
