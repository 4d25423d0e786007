"""What other contexts call on monitoring."""

from axle.monitoring.permissions import FIGURE_VIEW
from axle.monitoring.selectors import (
    Vintage,
    alerts_open,
    last_days,
    may_see,
    source_days,
    strategy_days,
    top_reasons,
    unanswered_share,
    vintages,
)
from axle.monitoring.services.day_keep import day_keep, day_refill
from axle.monitoring.services.day_queue import day_queue
from axle.monitoring.stability import Stability, stabilities

__all__ = [
    "FIGURE_VIEW",
    "Stability",
    "Vintage",
    "alerts_open",
    "day_keep",
    "day_queue",
    "day_refill",
    "last_days",
    "may_see",
    "source_days",
    "stabilities",
    "strategy_days",
    "top_reasons",
    "unanswered_share",
    "vintages",
]
