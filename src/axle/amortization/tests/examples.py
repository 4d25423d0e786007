"""How many random examples a property tries: a few in every run, thousands where ``AXLE_EXAMPLES`` multiplies them.

A usual run tries the same ones everywhere, and so says the same of the same code; multiplied ones are new each time.
"""

import os

from hypothesis import HealthCheck, settings

_TIMES = int(os.environ.get("AXLE_EXAMPLES", "1"))


def examples(count):
    """Settings of a property that tries ``count`` examples in a usual run."""
    slow = [HealthCheck.too_slow, HealthCheck.filter_too_much]
    return settings(max_examples=count * _TIMES, derandomize=_TIMES == 1, deadline=None, suppress_health_check=slow)
