"""Invariants of decisioning for ``./axle check``."""

from axle.decisioning.live import hash_of
from axle.decisioning.models import DecisionRecord, StrategyContent
from axle.decisioning.services.decision_make import record_hash
from axle.platform.public import invariant

_RECORDS_CHECKED = 5000


@invariant("strategy_contents_unchanged")
def strategy_contents_unchanged() -> list[str]:
    """Every version still consists of what was uploaded and compiled."""
    contents = StrategyContent.objects.select_related("version__strategy").iterator(chunk_size=50)
    return [
        f"{content.version.strategy.code} version {content.version.version_no} changed after it was stored"
        for content in contents
        if hash_of(content) != content.version.content_hash
    ]


@invariant("decision_records_intact")
def decision_records_intact() -> list[str]:
    """The latest decision records still have the inputs and result that they were stored with."""
    latest = DecisionRecord.objects.defer("trace").order_by("-pk")[:_RECORDS_CHECKED]
    return [
        f"decision {record.record_no} is not as it was stored"
        for record in latest.iterator(chunk_size=1000)
        if record_hash(record) != record.content_hash
    ]
