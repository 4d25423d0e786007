"""Papers of a loan that people sign on their phones."""

from django.db import models
from django.db.models import Q

from axle.servicing.models.loans import Loan


class PaperSigningState(models.TextChoices):
    """waiting → signed → stamped, or waiting → cancelled.

    ``signed`` waits for the time-stamp authority: nothing of it is on the paper yet.
    """

    WAITING = "waiting"
    SIGNED = "signed"
    STAMPED = "stamped"
    CANCELLED = "cancelled"


class PaperSigning(models.Model):
    """One person's signature that a paper waits for; once all have signed, our seal follows.

    ``evidence`` shows that it was the person's will. Source: REG-ESIGN-13
    """

    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="signings")
    document_id = models.BigIntegerField()
    customer = models.ForeignKey("party.Customer", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=32)
    state = models.CharField(max_length=12, choices=PaperSigningState, default=PaperSigningState.WAITING)
    sent_at = models.DateTimeField(auto_now_add=True)
    sign_until = models.DateField()
    signed_at = models.DateTimeField(null=True)
    evidence = models.JSONField(default=dict)
    signature_png = models.BinaryField(null=True, help_text="what was drawn, until it is on the document")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document_id", "role"], name="signing_role_once"),
            models.UniqueConstraint(fields=["document_id", "customer"], name="signing_person_once"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "cancelled"]) | Q(signed_at__isnull=False),
                name="signing_signed_has_time",
            ),
        ]
        indexes = [models.Index(fields=["customer", "state"], name="signing_customer")]
