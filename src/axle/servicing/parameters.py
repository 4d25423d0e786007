"""Dated parameters of servicing."""

from axle.platform.public import parameter

QUOTE_AHEAD_DAYS = parameter("servicing.payoff_quote_ahead_days", type_=int, default=30, minimum=0, maximum=90)
QUOTE_GRACE_DAYS = parameter("servicing.payoff_quote_grace_days", type_=int, default=2, minimum=0, maximum=10)
