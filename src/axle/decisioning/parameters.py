"""Parameters of decisioning."""

from axle.platform.public import parameter

DEADLINE_MS = "decisioning.deadline_ms"
"""Milliseconds that one evaluation may take before the case goes to a person."""

parameter(DEADLINE_MS, type_=int, default=2000, minimum=10, maximum=60_000)
