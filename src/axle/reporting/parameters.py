"""Limits of what is delivered."""

from axle.platform.public import parameter

SCHEDULES_MOST = parameter("reporting.schedules_most", type_=int, default=20, minimum=1, maximum=500)
"""How many active schedules one person may have made."""
