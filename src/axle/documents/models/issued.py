"""Issued documents: contracts, letters and receipts that we render, sign and seal."""

from django.db import models

from axle.platform.fields import EncryptedJSONField, prefix_index


class TemplateVersion(models.Model):
    """The register of templates: a text that was used to render, kept as it was. Append-only."""

    code = models.CharField(max_length=48)
    version = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    source = models.TextField()
    registered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="template_version_once"),
            models.UniqueConstraint(fields=["code", "sha256"], name="template_text_once"),
        ]


class DocumentState(models.TextChoices):
    DRAFT = "draft"
    SIGNED = "signed"
    SEALED = "sealed"
    VOID = "void"


class Document(models.Model):
    """A document that we issued. ``file`` and ``sha256`` are its newest revision; each earlier one is in its evidence.

    draft: nobody signed · signed: a person signed, our seal is missing · sealed: our seal is on it · void.
    ``places`` are the boxes where roles sign (page, points from the top left).
    """

    document_no = models.CharField(max_length=32, unique=True)
    title = models.CharField(max_length=128)
    template = models.ForeignKey(TemplateVersion, on_delete=models.PROTECT, related_name="+")
    subject_type = models.CharField(max_length=32)
    subject_id = models.BigIntegerField()
    legal_entity = models.ForeignKey("platform.LegalEntity", on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey("platform.StoredFile", on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64, db_index=True)
    data = EncryptedJSONField()
    places = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=DocumentState, default=DocumentState.DRAFT)
    business_on = models.DateField()
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.CharField(max_length=80)

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="document_subject"),
            models.Index(fields=["created_at", "id"], name="document_latest"),
            models.Index(fields=["business_on", "id"], name="document_day"),
            models.Index(fields=["state", "-created_at"], name="document_state"),
            prefix_index("document_no", "document_no_prefix"),
            prefix_index("title", "document_title_prefix"),
        ]


class EvidenceAct(models.TextChoices):
    RENDERED = "rendered"
    SIGNED = "signed"
    SEALED = "sealed"
    VOIDED = "voided"


class DocumentEvidence(models.Model):
    """What happened to a document, with the file's hash before and after. Append-only.

    ``details`` holds what proves it: certificate serial, time stamp, confirmation code, page views, device.
    Source: REG-ESIGN-13
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="evidence")
    act = models.CharField(max_length=8, choices=EvidenceAct)
    role = models.CharField(max_length=32, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.CharField(max_length=80)
    sha256_before = models.CharField(max_length=64, blank=True)
    sha256_after = models.CharField(max_length=64, db_index=True)
    file = models.ForeignKey("platform.StoredFile", on_delete=models.PROTECT, related_name="+")
    details = EncryptedJSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document", "role"],
                name="document_role_signs_once",
                condition=models.Q(act__in=["signed", "sealed"]),
            ),
            models.UniqueConstraint(
                fields=["document", "sha256_before"],
                name="document_revision_once",
                condition=~models.Q(sha256_before="") & ~models.Q(act="voided"),
            ),
        ]
