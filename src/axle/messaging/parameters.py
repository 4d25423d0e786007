"""Dated parameters of messaging."""

from axle.platform.public import parameter

CODE_MINUTES = parameter("messaging.code_minutes", type_=int, default=5, minimum=1, maximum=30)
CODE_ATTEMPTS = parameter("messaging.code_attempts", type_=int, default=5, minimum=1, maximum=10)
CODE_RESEND_SECONDS = parameter("messaging.code_resend_seconds", type_=int, default=60, minimum=0, maximum=600)
CODE_DAILY_LIMIT = parameter("messaging.code_daily_limit", type_=int, default=10, minimum=1, maximum=100)
"""Codes to one phone in one day, over all purposes."""
QUIET_FROM = parameter("messaging.quiet_from_hour", type_=int, default=21, minimum=12, maximum=24)
QUIET_UNTIL = parameter("messaging.quiet_until_hour", type_=int, default=8, minimum=0, maximum=11)
"""Between these hours no text is sent that nobody has asked for."""
