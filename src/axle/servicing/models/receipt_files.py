"""Files of receipts: what a bank or a debit service tells of many payments at once."""

from django.db import models

from axle.platform.fields import FenField, prefix_index
from axle.servicing.models.receipts import Receipt
from axle.servicing.models.scoped import Scoped


class ReceiptFileState(models.TextChoices):
    """reading → registered → confirming → confirmed, or registered → rejected."""

    READING = "reading"
    REGISTERED = "registered"
    CONFIRMING = "confirming"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


class ReceiptFile(Scoped):
    """A file of receipts of one company, entered by one person and confirmed by another.

    The same bytes are the same file, whatever its name, unless it was rejected. ``rows`` were read; of them ``refused``
    became no receipt, or one that finance could not confirm. ``amount`` is that of the rows that became receipts.
    """

    file_no = models.CharField(max_length=24, unique=True)
    file_id = models.BigIntegerField()
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    bank_account_id = models.BigIntegerField()
    state = models.CharField(max_length=12, choices=ReceiptFileState, default=ReceiptFileState.READING)
    rows = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    amount = FenField(default=0)
    registered_by_id = models.BigIntegerField()
    registered_by = models.CharField(max_length=64)
    registered_at = models.DateTimeField(auto_now_add=True)
    confirmed_by_id = models.BigIntegerField(null=True)
    confirmed_by = models.CharField(max_length=64, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    closing_reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["legal_entity", "sha256"], condition=~models.Q(state="rejected"), name="receipt_file_once"
            )
        ]
        indexes = [
            models.Index(fields=["-registered_at", "-id"], name="receipt_file_latest"),
            prefix_index("file_no", "receipt_file_no_prefix"),
            prefix_index("name", "receipt_file_name_prefix"),
        ]


class ReceiptFilePart(models.Model):
    """The rows of some loans of a file, done by one worker at a time; ``row`` is the last one that was done."""

    file = models.ForeignKey(ReceiptFile, on_delete=models.PROTECT, related_name="parts", db_index=False)
    part = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=ReceiptFileState, default=ReceiptFileState.READING)
    row = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "part"], name="receipt_file_part_once")]


class RowProblem(models.TextChoices):
    """Why a row became no receipt, or why its receipt could not be confirmed."""

    NONE = "none"
    UNREADABLE = "unreadable"
    LOAN_UNKNOWN = "loan_unknown"
    LOAN_NOT_IN_FORCE = "loan_not_in_force"
    DATE_IN_FUTURE = "date_in_future"
    BEFORE_DISBURSEMENT = "before_disbursement"
    ALREADY_ENTERED = "already_entered"
    OTHER_ENTITY = "other_entity"
    CONFIRMATION_REFUSED = "confirmation_refused"


class ReceiptFileRow(models.Model):
    """A row of a file by its number, with the receipt that it became; ``detail`` says which column, or why not."""

    file = models.ForeignKey(ReceiptFile, on_delete=models.PROTECT, related_name="lines", db_index=False)
    row = models.PositiveIntegerField()
    part = models.PositiveSmallIntegerField(default=0)
    receipt = models.OneToOneField(Receipt, null=True, on_delete=models.PROTECT, related_name="file_row")
    loan_no = models.CharField(max_length=24, blank=True)
    amount = FenField(null=True)
    problem = models.CharField(max_length=24, choices=RowProblem, default=RowProblem.NONE)
    detail = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "row"], name="receipt_file_row_once"),
            models.CheckConstraint(
                condition=models.Q(receipt__isnull=False) | ~models.Q(problem="none"), name="receipt_file_row_ends"
            ),
        ]
