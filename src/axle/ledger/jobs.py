"""Scheduled work of the ledger."""

from axle.ledger.services.movements_fold import movements_fold
from axle.platform.public import job


@job("ledger_movements_fold", cron="* * * * *")
def ledger_movements_fold() -> None:
    """Keep the unfolded movement small."""
    movements_fold()
