"""Settings of documents that an administrator may change."""

from decimal import Decimal

from axle.platform.public import parameter

SURE_FROM = parameter(
    "documents.ocr_sure_from", type_=Decimal, default=Decimal("0.85"), minimum=Decimal("0.5"), maximum=Decimal(1)
)
VERIFY_LIMIT = parameter("documents.verify_per_minute", type_=int, default=20, minimum=1, maximum=1000)
