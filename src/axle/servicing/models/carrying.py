"""How loans are carried in the books, and since when."""

from django.db import models

from axle.platform.fields import FenField
from axle.servicing.models.loans import Carrying, Loan


class LoanCarrying(models.Model):
    """A change of how a loan is carried, from the business date ``on``. Append-only; ``era`` numbers a loan's changes.

    ``event_no`` is the event of the loan's life that changed it. The amounts are what the books had reckoned up to
    then (``domain.carrying.Era``).
    """

    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="carryings")
    era = models.PositiveSmallIntegerField()
    carrying = models.CharField(max_length=12, choices=Carrying)
    event_no = models.CharField(max_length=24)
    on = models.DateField()
    interest_earned = FenField()
    interest_due = FenField()
    fee_due = FenField()
    claim = FenField()
    price = FenField(default=0)
    entered_by = models.CharField(max_length=64)
    entered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["loan", "era"], name="carrying_era_once")]
        indexes = [models.Index(fields=["carrying", "-on"], name="carrying_latest")]
