"""Tables of sources: how each stands, consents, enquiries, and every call."""

from django.db import models
from django.db.models import F, Q

from axle.platform.fields import EncryptedJSONField, EncryptedTextField, FenField, prefix_index
from axle.sources.domain.catalogue import SOURCES
from axle.sources.domain.source import Basis, Outcome, Purpose, Stage


class DataSource(models.Model):
    """How a source stands: whether the institution uses it, and its breaker. Without a row it is not used."""

    code = models.CharField(max_length=24, unique=True, choices=[(code, code) for code in SOURCES])
    is_on = models.BooleanField(default=False)
    switched_by = models.CharField(max_length=64, blank=True)
    switched_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=200, blank=True)
    failures = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(null=True)
    probe_at = models.DateTimeField(null=True)


class Consent(models.Model):
    """A person's consent to one purpose. The person is known by the hash of the id number: often there is no customer
    yet. It holds from ``given_on`` to ``expires_on``, unless it was withdrawn before.

    ``subject`` is what it was given for; a consent of an application counts for that person, whoever asks then.
    """

    consent_no = models.CharField(max_length=24, unique=True)
    person_index = models.CharField(max_length=64)
    person_name = models.CharField(max_length=60)
    purpose = models.CharField(max_length=24, choices=[(purpose, purpose) for purpose in Purpose])
    subject_type = models.CharField(max_length=32)
    subject_id = models.BigIntegerField()
    subject_no = models.CharField(max_length=24)
    document_id = models.BigIntegerField(null=True)
    reference = models.CharField(
        max_length=64, blank=True, help_text="of the paper that a partner or another book keeps"
    )
    given_on = models.DateField()
    expires_on = models.DateField()
    recorded_by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField(auto_now_add=True)
    withdrawn_on = models.DateField(null=True)
    withdrawn_by = models.CharField(max_length=64, blank=True)
    withdrawal_reason = models.CharField(max_length=200, blank=True)
    department = models.ForeignKey("platform.Department", null=True, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey("platform.Employee", null=True, on_delete=models.PROTECT, related_name="+")
    dealer_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires_on__gte=F("given_on")), name="consent_dates"),
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "document_id", "purpose"], name="consent_of_paper_once"
            ),
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "reference", "purpose"],
                condition=~Q(reference=""),
                name="consent_of_reference_once",
            ),
            models.CheckConstraint(
                condition=Q(document_id__isnull=False, reference="") | (Q(document_id__isnull=True) & ~Q(reference="")),
                name="consent_names_its_paper",
            ),
        ]
        indexes = [
            models.Index(fields=["person_index", "purpose"], name="consent_person"),
            models.Index(fields=["given_on", "id"], name="consent_given"),
            prefix_index("consent_no", "consent_no_prefix"),
        ]


class Enquiry(models.Model):
    """One round of questions about a case: who asked for it, and what the sources were told.

    ``finished_at`` is empty while it lasts, ``stopped_before`` names the stage that was spared because a cheaper one
    had settled the case, ``record_no`` the decision that used it.
    """

    subject_type = models.CharField(max_length=32)
    subject_id = models.BigIntegerField()
    subject_no = models.CharField(max_length=24)
    round = models.PositiveIntegerField(default=1)
    asked_by = models.CharField(max_length=64)
    legal_entity = models.ForeignKey("platform.LegalEntity", null=True, on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey("platform.Department", null=True, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey("platform.Employee", null=True, on_delete=models.PROTECT, related_name="+")
    dealer_id = models.BigIntegerField(null=True)
    begun_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    stopped_before = models.CharField(max_length=8, choices=[(stage, stage) for stage in Stage], blank=True)
    record_no = models.CharField(max_length=24, blank=True)
    particulars = EncryptedJSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject_type", "subject_id", "round"], name="enquiry_round_once"),
        ]
        indexes = [
            models.Index(fields=["department", "-id"], name="enquiry_department"),
            models.Index(fields=["dealer_id", "-id"], name="enquiry_dealer"),
        ]


OUTCOMES = [(outcome, outcome) for outcome in Outcome]


class SourceCall(models.Model):
    """One question to one source, written before it leaves. ``outcome`` is empty while it is out.

    ``cached_from`` names the call whose answer was used again; such a call never leaves and costs nothing.
    ``consent`` is the one under which it left. ``late_at`` tells when an answer came after the deadline: it is kept,
    and may serve the next enquiry, but never this one.
    """

    call_no = models.CharField(max_length=24, unique=True)
    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="calls")
    source = models.ForeignKey(
        DataSource, to_field="code", db_column="source", on_delete=models.PROTECT, related_name="calls"
    )
    basis = models.CharField(max_length=12, choices=[(basis, basis) for basis in Basis])
    purpose = models.CharField(max_length=24, blank=True)
    consent = models.ForeignKey(Consent, null=True, on_delete=models.PROTECT, related_name="+")
    question_index = models.CharField(max_length=64)
    outcome = models.CharField(max_length=20, choices=OUTCOMES, blank=True)
    reason = models.CharField(max_length=60, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    begun_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    late_at = models.DateTimeField(null=True)
    duration_ms = models.PositiveIntegerField(null=True)
    price = FenField(default=0)
    answer = models.JSONField(null=True)
    raw = EncryptedTextField(mask="text", null=True)
    cached_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    business_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enquiry", "source"], name="source_call_once"),
            models.CheckConstraint(
                condition=Q(cached_from__isnull=True) | Q(price=0), name="source_call_cached_is_free"
            ),
            models.CheckConstraint(
                condition=~Q(outcome="hit") | Q(answer__isnull=False), name="source_call_hit_has_answer"
            ),
            models.CheckConstraint(
                condition=~Q(basis="consent") | Q(consent__isnull=False) | Q(outcome="no_consent"),
                name="source_call_under_consent",
            ),
        ]
        indexes = [
            models.Index(fields=["source", "-id"], name="source_call_source"),
            models.Index(fields=["business_on", "source"], name="source_call_day"),
            models.Index(fields=["question_index", "source", "-id"], name="source_call_question"),
            models.Index(fields=["begun_at", "id"], name="source_call_begun"),
            models.Index(fields=["outcome", "-id"], name="source_call_outcome"),
            prefix_index("call_no", "source_call_no_prefix"),
        ]
