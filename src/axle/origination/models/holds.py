"""Approvals that a person has to look at again before the money leaves."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from axle.origination.domain.holds import HoldCause, HoldEnd, HoldState
from axle.origination.models.applications import Application
from axle.origination.models.scoped import choices
from axle.platform.fields import FenField


class OfferHold(models.Model):
    """An approval that would not be given today, or that later applications throw a light on (批复复核).

    Open, it holds the payment; of a case that was paid out already (``is_paid_out``) it is a warning. ``basis`` names
    what led to it: version and calibration, or the application that showed the ring; it is opened once for each.
    """

    hold_no = models.CharField(max_length=24, unique=True)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="holds")
    cause = models.CharField(max_length=12, choices=choices(HoldCause))
    basis = models.CharField(max_length=64)
    state = models.CharField(max_length=12, choices=choices(HoldState), default=HoldState.OPEN)
    is_paid_out = models.BooleanField(default=False)
    outcome = models.CharField(max_length=12, blank=True, help_text="what the strategy would answer today")
    rules = ArrayField(models.CharField(max_length=8), default=list)
    approved_amount = FenField()
    amount_limit = FenField(null=True)
    periods_limit = models.PositiveSmallIntegerField(null=True)
    related_no = models.CharField(max_length=24, blank=True, help_text="the application that showed the ring")
    opened_on = models.DateField()
    settled_on = models.DateField(null=True)
    settled_by = models.CharField(max_length=64, blank=True)
    note = models.CharField(max_length=500, blank=True)
    amount_after = FenField(null=True)
    lapsed_by = models.CharField(max_length=12, choices=choices(HoldEnd), blank=True, help_text="how its case ended")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "cause", "basis"], name="offer_hold_once"),
            models.CheckConstraint(
                condition=Q(state="open", settled_on=None) | ~Q(state="open") & Q(settled_on__isnull=False),
                name="offer_hold_settled_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state="lapsed") & ~Q(lapsed_by="") | ~Q(state="lapsed") & Q(lapsed_by=""),
                name="offer_hold_lapsed_by",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-id"], name="offer_hold_state"),
            models.Index(fields=["opened_on", "id"], name="offer_hold_opened"),
        ]
