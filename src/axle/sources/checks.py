"""Invariants of sources for ``./axle check``."""

from django.db.models import F, Q

from axle.platform.public import invariant
from axle.sources.models import SourceCall


@invariant("source_calls_under_consent")
def source_calls_under_consent() -> list[str]:
    """Every call that needs a consent left under one of its purpose that held on its day.

    Source: REG-CREDIT-18.
    """
    left = SourceCall.objects.filter(basis="consent", attempts__gt=0)
    held = Q(
        consent__purpose=F("purpose"),
        consent__given_on__lte=F("business_on"),
        consent__expires_on__gte=F("business_on"),
    ) & (Q(consent__withdrawn_on__isnull=True) | Q(consent__withdrawn_on__gte=F("business_on")))
    numbers = left.exclude(pk__in=left.filter(held).values("pk")).order_by("pk").values_list("call_no", flat=True)
    return [f"call {number} left without a consent that held" for number in numbers[:100]]


@invariant("source_answers_of_reached_calls")
def source_answers_of_reached_calls() -> list[str]:
    """What was charged left, and no answer stands where none was given."""
    charged = SourceCall.objects.filter(price__gt=0, attempts=0)
    told = SourceCall.objects.exclude(outcome__in=["hit", "late", ""]).filter(answer__isnull=False)
    return [
        *(f"call {number} was charged and never left" for number in charged.values_list("call_no", flat=True)[:100]),
        *(f"call {number} has an answer that nobody gave" for number in told.values_list("call_no", flat=True)[:100]),
    ]
