"""The release of what secured a loan, once it is settled."""

from django.db import models
from django.db.models import Q

from axle.platform.fields import prefix_index
from axle.servicing.models.loans import Loan
from axle.servicing.models.scoped import Scoped


class LienReleaseState(models.TextChoices):
    """open → done → open again when it was recorded wrongly, or open → cancelled when the loan owes again."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


class LienRelease(Scoped):
    """The task to have the mortgage of a settled loan's car released (解押), due some working days afterwards.

    ``evidence_no`` is the number of the paper that proves the release: the registration certificate's entry.
    """

    release_no = models.CharField(max_length=24, unique=True)
    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="lien_releases")
    vehicle = models.ForeignKey("vehicle.Vehicle", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=LienReleaseState, default=LienReleaseState.OPEN)
    settled_on = models.DateField()
    due_on = models.DateField()
    released_on = models.DateField(null=True)
    evidence_no = models.CharField(max_length=64, blank=True)
    file_id = models.BigIntegerField(null=True)
    done_by = models.CharField(max_length=64, blank=True)
    done_at = models.DateTimeField(null=True)
    closing_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["loan"], condition=Q(state__in=["open", "done"]), name="lien_release_of_loan_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(released_on__isnull=False) & ~Q(evidence_no=""),
                name="lien_release_done_has_evidence",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_on"], name="lien_release_state"),
            models.Index(fields=["due_on", "id"], name="lien_release_due"),
            models.Index(fields=["settled_on", "id"], name="lien_release_settled"),
            prefix_index("release_no", "lien_release_no_prefix"),
        ]
