"""From where on a figure is an alert. Where nothing else is said, twice the threshold is serious."""

from decimal import Decimal

from axle.platform.public import Parameter, parameter


def _share(name: str, default: str) -> Parameter:
    code = f"monitoring.{name}"
    return parameter(code, type_=Decimal, default=default, minimum=Decimal("0.001"), maximum=Decimal(1))


AUTOMATIC_DROP = _share("automatic_drop", "0.05")
"""How far the automatic share of a day may lie below that of the 30 days before it."""

FAULT_SHARE = _share("fault_share", "0.02")
"""The share of a day's decisions in which something went wrong: an input, a rule, time."""

PSI_MOVED = parameter(
    "monitoring.psi_moved", type_=Decimal, default="0.10", minimum=Decimal("0.001"), maximum=Decimal(10)
)
"""Stability index from which on cases have moved. Source: domain practice."""

PSI_SHIFTED = parameter(
    "monitoring.psi_shifted", type_=Decimal, default="0.25", minimum=Decimal("0.001"), maximum=Decimal(10)
)
"""Stability index from which on it is serious: the scorecard meets other people. Source: domain practice."""

RULE_CHANGE = _share("rule_change", "0.05")
"""How far a rule's hit rate of a day may lie from that of the 30 days before it."""

SOURCE_FAILURES = _share("source_failures", "0.10")
"""The share of a day's calls of a source that found no answer."""

BAD_RATE = _share("bad_rate", "0.05")
"""The share of a month's loans that are more than 30 days past due at a month's end."""

CASES_LEAST = parameter("monitoring.cases_least", type_=int, default=50, minimum=1, maximum=100_000)
"""Fewer cases say nothing: neither a stability index nor an alert comes from them."""

BAND_POINTS = parameter("monitoring.band_points", type_=int, default=50, minimum=1, maximum=1000)
"""How many points a score band of the vintages spans."""
