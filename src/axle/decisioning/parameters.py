"""Parameters of decisioning."""

from decimal import Decimal

from axle.platform.public import parameter

DEADLINE_MS = "decisioning.deadline_ms"
"""Milliseconds that one evaluation may take before the case goes to a person."""

parameter(DEADLINE_MS, type_=int, default=2000, minimum=10, maximum=60_000)

PRICE_TRIGGER_RATE = parameter(
    "decisioning.price_trigger_rate", type_=Decimal, default="0.05", minimum=Decimal("0.001"), maximum=Decimal(1)
)
"""A price that moved by more than this is no longer quiet (动态阈值)."""

PREVIEW_CASES = parameter("decisioning.preview_cases", type_=int, default=10_000, minimum=1, maximum=100_000)
"""Past cases that a calibration is tried on before it may be activated."""

LOSS_GIVEN_DEFAULT = parameter(
    "decisioning.loss_given_default", type_=Decimal, default="0.45", minimum=Decimal(0), maximum=Decimal(1)
)
"""The share of an amount that is lost when it defaults, for the expected loss of back-tests: an assumption."""
