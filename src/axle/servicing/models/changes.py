"""Changes of a running loan that its parties agree on."""

from django.db import models
from django.db.models import Q

from axle.platform.fields import prefix_index
from axle.servicing.models.loans import Loan
from axle.servicing.models.scoped import Scoped


class ChangeState(models.TextChoices):
    """requested → executed → reversed, or requested → rejected or withdrawn."""

    REQUESTED = "requested"
    EXECUTED = "executed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    REVERSED = "reversed"


class ChangeKind(models.TextChoices):
    """What is changed; each is the event of that kind in the loan's life."""

    DUE_DAY_CHANGE = "due_day_change"
    EXTENSION = "extension"
    RATE_CHANGE = "rate_change"
    DEFERRAL = "deferral"


class LoanChange(Scoped):
    """A change that somebody asked for and another person decides on (变更申请).

    ``asked`` holds the event's fields. ``before`` and ``after`` are what the plan asked for on the day of the change;
    they are kept when it is executed, and until then follow from the loan as it stands.
    """

    change_no = models.CharField(max_length=24, unique=True)
    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=24, choices=ChangeKind)
    asked = models.JSONField()
    reason = models.CharField(max_length=200)
    state = models.CharField(max_length=12, choices=ChangeState, default=ChangeState.REQUESTED)
    requested_by_id = models.BigIntegerField(null=True)
    requested_by = models.CharField(max_length=64)
    requested_on = models.DateField()
    requested_at = models.DateTimeField(auto_now_add=True)
    reviewed_by_id = models.BigIntegerField(null=True)
    reviewed_by = models.CharField(max_length=64, blank=True)
    reviewed_at = models.DateTimeField(null=True)
    opinion = models.CharField(max_length=200, blank=True)
    executed_on = models.DateField(null=True)
    event_no = models.CharField(max_length=24, blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    closing_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["loan"], condition=Q(state="requested"), name="change_open_once"),
            models.CheckConstraint(
                condition=~Q(state__in=["executed", "reversed"])
                | Q(executed_on__isnull=False, before__isnull=False, after__isnull=False) & ~Q(event_no=""),
                name="executed_change_has_its_event",
            ),
        ]
        indexes = [
            models.Index(fields=["-requested_at", "-id"], name="change_latest"),
            models.Index(fields=["state", "-requested_at"], name="change_state"),
            models.Index(fields=["kind", "-requested_at"], name="change_kind"),
            models.Index(fields=["loan", "kind"], name="change_loan"),
            prefix_index("change_no", "change_no_prefix"),
        ]
