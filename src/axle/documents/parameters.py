"""Settings of documents that an administrator may change."""

from decimal import Decimal

from axle.platform.public import parameter

SURE_FROM = parameter(
    "documents.ocr_sure_from", type_=Decimal, default=Decimal("0.85"), minimum=Decimal("0.5"), maximum=Decimal(1)
)
VERIFY_LIMIT = parameter("documents.verify_per_minute", type_=int, default=20, minimum=1, maximum=1000)
DEPOSIT_RATE_LOWEST = parameter(
    "documents.deposit_rate_lowest",
    type_=Decimal,
    default=Decimal("0.0004"),
    minimum=Decimal(0),
    maximum=Decimal("0.1"),
)
DEPOSIT_RATE_HIGHEST = parameter(
    "documents.deposit_rate_highest",
    type_=Decimal,
    default=Decimal("0.005"),
    minimum=Decimal(0),
    maximum=Decimal("0.2"),
)
"""Between which annual rates banks pay interest on demand deposits: what a statement shows is held against it."""
STATEMENT_MONTHS = parameter("documents.statement_months_least", type_=int, default=3, minimum=1, maximum=24)
ROUND_TRIP_DAYS = parameter("documents.round_trip_days", type_=int, default=3, minimum=0, maximum=30)
