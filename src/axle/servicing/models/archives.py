"""The papers of a loan as things: what is kept, where, and who has it."""

from django.db import models
from django.db.models import Q

from axle.platform.fields import prefix_index
from axle.servicing.models.loans import Loan
from axle.servicing.models.scoped import Scoped


class PaperKind(models.TextChoices):
    """What is kept of a loan on paper, or with it."""

    CONTRACT = "contract"
    REGISTRATION_CERTIFICATE = "registration_certificate"
    PURCHASE_INVOICE = "purchase_invoice"
    INSURANCE_POLICY = "insurance_policy"
    IDENTITY_COPIES = "identity_copies"
    MORTGAGE_PAPERS = "mortgage_papers"
    SPARE_KEY = "spare_key"
    PAYOFF_LETTER = "payoff_letter"


class ArchiveState(models.TextChoices):
    """kept ↔ lent, then handed_over to whom the papers belong."""

    KEPT = "kept"
    LENT = "lent"
    HANDED_OVER = "handed_over"


class ArchiveAct(models.TextChoices):
    """What happened to an archive."""

    FILED = "filed"
    PLACED = "placed"
    LENT = "lent"
    RETURNED = "returned"
    HANDED_OVER = "handed_over"


class LoanArchive(Scoped):
    """The file of a loan's papers (贷款档案): ``contents`` are kinds, ``holder`` is who has them else."""

    archive_no = models.CharField(max_length=24, unique=True)
    loan = models.OneToOneField(Loan, on_delete=models.PROTECT, related_name="archive")
    contents = models.JSONField()
    shelf_no = models.CharField(max_length=40)
    box_no = models.CharField(max_length=40)
    keeper = models.CharField(max_length=64)
    state = models.CharField(max_length=12, choices=ArchiveState, default=ArchiveState.KEPT)
    holder = models.CharField(max_length=64, blank=True)
    due_back_on = models.DateField(null=True)
    filed_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="lent", due_back_on__isnull=False) & ~Q(holder="")
                | Q(state="handed_over", due_back_on=None) & ~Q(holder="")
                | Q(state="kept", due_back_on=None, holder=""),
                name="archive_is_with_one",
            )
        ]
        indexes = [
            models.Index(fields=["state", "due_back_on"], name="archive_state"),
            models.Index(fields=["-filed_on", "-id"], name="archive_latest"),
            prefix_index("archive_no", "archive_no_prefix"),
        ]


class ArchiveMove(models.Model):
    """What was done with an archive, and with whom. Append-only."""

    archive = models.ForeignKey(LoanArchive, on_delete=models.PROTECT, related_name="moves")
    act = models.CharField(max_length=12, choices=ArchiveAct)
    on = models.DateField()
    person = models.CharField(max_length=64, blank=True)
    place = models.CharField(max_length=84)
    note = models.CharField(max_length=200, blank=True)
    entered_by = models.CharField(max_length=64)
    entered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["-on", "-id"], name="archive_move_latest")]
