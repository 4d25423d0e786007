"""What people sign on their phones: consent letters of applicants, and the invitations to sign a paper."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from axle.origination.models.applications import Application
from axle.origination.models.contracts import Contract
from axle.origination.models.scoped import choices
from axle.platform.fields import EncryptedTextField

SESSION_STATES = ("sent", "opened", "signed", "cancelled")
LETTER_STATES = ("sent", "signed", "voided")


class ConsentLetter(models.Model):
    """A consent letter that an applicant is asked to sign before the application is submitted (征信授权书).

    ``phone`` is the one that the form named when it was sent: the link and the code go there. The consents that it gave
    are rows of ``sources.Consent`` with its document; they say whether they still hold.
    """

    letter_no = models.CharField(max_length=24, unique=True)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="letters")
    customer = models.ForeignKey("party.Customer", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=choices(LETTER_STATES), default="sent")
    signer_name = models.CharField(max_length=60)
    phone = EncryptedTextField(mask="phone")
    id_no = EncryptedTextField(mask="id_no")
    purposes = ArrayField(models.CharField(max_length=24))
    holds_days = models.PositiveSmallIntegerField()
    document_id = models.BigIntegerField(null=True)
    document_sha256 = models.CharField(max_length=64, blank=True)
    signed_sha256 = models.CharField(max_length=64, blank=True, help_text="empty until the time stamp has come")
    sent_by_name = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)
    signed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application"], condition=Q(state="sent"), name="letter_waiting_once"),
            models.CheckConstraint(
                condition=~Q(state="signed") | Q(signed_at__isnull=False), name="letter_signed_time"
            ),
        ]
        indexes = [models.Index(fields=["customer", "-created_at"], name="letter_customer")]


class SigningSession(models.Model):
    """One invitation to sign a contract or a consent letter: the link's token (only its hash is kept), and the evidence
    of the signing."""

    contract = models.ForeignKey(Contract, null=True, on_delete=models.PROTECT, related_name="sessions")
    letter = models.ForeignKey(ConsentLetter, null=True, on_delete=models.PROTECT, related_name="sessions")
    token_hash = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=12, choices=choices(SESSION_STATES), default="sent")
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True)
    evidence = models.JSONField(default=dict)
    signature_png = models.BinaryField(null=True, help_text="what was drawn, until it is on the document")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contract"], condition=Q(state__in=["sent", "opened"]), name="signing_session_live_once"
            ),
            models.UniqueConstraint(
                fields=["letter"], condition=Q(state__in=["sent", "opened"]), name="signing_session_letter_once"
            ),
            models.CheckConstraint(
                condition=Q(contract__isnull=False, letter__isnull=True)
                | Q(contract__isnull=True, letter__isnull=False),
                name="signing_session_of_one_paper",
            ),
            models.CheckConstraint(
                condition=~Q(state="signed") | Q(signed_at__isnull=False), name="signing_session_signed_has_time"
            ),
        ]
