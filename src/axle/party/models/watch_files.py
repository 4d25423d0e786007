"""Files of the black and grey lists: what was uploaded, row by row, and what became of each row."""

from django.db import models
from django.db.models import Q

from axle.party.domain.watch_list import WatchList, WatchSubject
from axle.party.models.watch_list import WatchEntry, WatchReason, WatchSource, list_choices
from axle.platform.fields import EncryptedTextField, prefix_index


class WatchFileState(models.TextChoices):
    """reading → read → listing → listed, or read → rejected."""

    READING = "reading"
    READ = "read"
    LISTING = "listing"
    LISTED = "listed"
    REJECTED = "rejected"


class WatchFile(models.Model):
    """A file of entries, read for one person and listed by the word of another.

    The same bytes are the same file, whatever its name, unless it was rejected. ``rows`` were read; of them ``refused``
    became or will become no entry. ``row`` is the last one that the state's work is done for.
    """

    file_no = models.CharField(max_length=24, unique=True)
    file_id = models.BigIntegerField()
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=12, choices=WatchFileState, default=WatchFileState.READING)
    rows = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    row = models.PositiveIntegerField(default=0)
    registered_by_id = models.BigIntegerField()
    registered_by = models.CharField(max_length=64)
    registered_at = models.DateTimeField(auto_now_add=True)
    checked_by_id = models.BigIntegerField(null=True)
    checked_by = models.CharField(max_length=64, blank=True)
    checked_at = models.DateTimeField(null=True)
    closing_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sha256"], condition=~Q(state="rejected"), name="watch_file_once"),
            models.CheckConstraint(
                condition=Q(checked_by_id__isnull=True)
                | ~Q(checked_by_id=models.F("registered_by_id"))
                | Q(state="rejected"),
                name="watch_file_by_two",
            ),
        ]
        indexes = [
            models.Index(fields=["-registered_at", "-id"], name="watch_file_latest"),
            prefix_index("file_no", "watch_file_no_prefix"),
            prefix_index("name", "watch_file_name_prefix"),
        ]


class WatchRowProblem(models.TextChoices):
    """Why a row becomes no entry."""

    NONE = "none"
    UNREADABLE = "unreadable"
    VALUE_INVALID = "value_invalid"
    EXPIRY_PAST = "expiry_past"
    REPEATED = "repeated"
    LISTED_ALREADY = "listed_already"


class WatchFileRow(models.Model):
    """A row of a file by its number, the first one after the head being 1, with the entry that it became.

    ``value`` is kept until the row is listed or its file rejected; ``shown`` is its masked form. ``detail`` says which
    column cannot be read, which row or entry has the value.
    """

    file = models.ForeignKey(WatchFile, on_delete=models.PROTECT, related_name="lines", db_index=False)
    row = models.PositiveIntegerField()
    watch_list = models.CharField(max_length=8, choices=list_choices(WatchList), blank=True)
    subject_kind = models.CharField(max_length=12, choices=list_choices(WatchSubject), blank=True)
    value = EncryptedTextField(mask="text", blank=True)
    shown = models.CharField(max_length=100, blank=True)
    name = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=24, choices=WatchReason, blank=True)
    source = models.CharField(max_length=12, choices=WatchSource, blank=True)
    note = models.CharField(max_length=500, blank=True)
    expires_on = models.DateField(null=True)
    problem = models.CharField(max_length=16, choices=WatchRowProblem, default=WatchRowProblem.NONE)
    detail = models.CharField(max_length=60, blank=True)
    entry = models.OneToOneField(WatchEntry, null=True, on_delete=models.PROTECT, related_name="file_row")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "row"], name="watch_file_row_once"),
            models.CheckConstraint(condition=Q(entry__isnull=True) | Q(problem="none"), name="watch_file_row_ends"),
        ]
