"""Invariants of the platform's own tables for ``./axle check``."""

from django.db.models import Q

from axle.platform.businessday import business_date
from axle.platform.evidence import seals_broken
from axle.platform.invariants import invariant
from axle.platform.models import EodStepRun


@invariant("operation_log_intact")
def operation_log_intact() -> list[str]:
    """Every sealed stretch of the operation log holds the rows that it was sealed with, and follows the one before."""
    return seals_broken()


@invariant("end_of_day_steps_done")
def end_of_day_steps_done() -> list[str]:
    """Every step of a closed date is done, but those of the last one, which may be on its way."""
    left = EodStepRun.objects.filter(Q(finished_at=None) | ~Q(error=""), business_on__lt=business_date())
    last = EodStepRun.objects.order_by("-business_on").values("business_on")[:1]
    rows = left.exclude(business_on__in=last).order_by("business_on", "pk")
    return [
        f"{on} {step} {shard}: not done {error}".strip()
        for on, step, shard, error in rows.values_list("business_on", "step", "shard", "error")
    ]
