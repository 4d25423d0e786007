"""Dated parameters of payments."""

from axle.platform.public import parameter

RESEND_AFTER_SECONDS = parameter("payments.resend_after_seconds", type_=int, default=60, minimum=0, maximum=86_400)
"""An order that the bank says it never took is sent again (same number) this long after the last attempt."""

MAX_SENDS = parameter("payments.max_sends", type_=int, default=3, minimum=1, maximum=10)
"""After this many attempts an unknown order waits for reconciliation and people."""
