"""Journal entries (分录) and their lines; both append-only in the database."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from axle.platform.fields import FenField, prefix_index


class JournalEntry(models.Model):
    """A balanced set of lines for one fact. ``amount`` is the sum of its debits.

    ``posted_xid`` is the database transaction that wrote it, set by trigger: later transactions add no line.
    """

    entry_no = models.CharField(max_length=24, unique=True)
    legal_entity = models.ForeignKey("platform.LegalEntity", on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=48)
    event_no = models.CharField(max_length=80)
    value_on = models.DateField()
    booked_on = models.DateField()
    period = models.PositiveIntegerField()
    summary = models.CharField(max_length=200)
    source_type = models.CharField(max_length=40)
    source_id = models.BigIntegerField()
    amount = FenField()
    is_red = models.BooleanField(default=False)
    reversal_of = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="reversed_by")
    maker = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    checker = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    posted_at = models.DateTimeField(auto_now_add=True)
    posted_xid = models.BigIntegerField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event_no", "kind"], name="entry_event_once"),
            models.CheckConstraint(condition=~Q(maker=F("checker")), name="entry_two_people"),
            models.CheckConstraint(
                condition=Q(period=F("booked_on__year") * 100 + F("booked_on__month")),
                name="entry_period_of_booking",
            ),
        ]
        indexes = [
            models.Index(fields=["legal_entity", "period", "id"], name="entry_by_period"),
            models.Index(fields=["source_type", "source_id"], name="entry_by_source"),
            models.Index(fields=["booked_on", "id"], name="entry_by_day"),
            models.Index(fields=["kind", "id"], name="entry_by_kind"),
            models.Index(fields=["amount", "id"], name="entry_by_amount"),
            models.Index(fields=["is_red", "id"], name="entry_by_colour"),
            prefix_index("entry_no", "entry_no_prefix"),
            prefix_index("event_no", "entry_event_prefix"),
            prefix_index("summary", "entry_summary_prefix"),
        ]


class EntryLine(models.Model):
    """One account and one amount. Its entity and booking date repeat the entry's (trigger, also the foreign key).

    ``loan_no`` and ``contract_no`` repeat two dimensions so that they can be searched.
    """

    entry = models.ForeignKey(
        JournalEntry, on_delete=models.PROTECT, related_name="lines", db_constraint=False, db_index=False
    )
    line_no = models.PositiveSmallIntegerField()
    legal_entity = models.ForeignKey(
        "platform.LegalEntity",
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    booked_on = models.DateField()
    account = models.ForeignKey("ledger.Account", on_delete=models.PROTECT, related_name="+", db_index=False)
    debit = FenField(default=0)
    credit = FenField(default=0)
    summary = models.CharField(max_length=200, blank=True)
    dimensions = models.JSONField(default=dict)
    loan_no = models.CharField(max_length=32, blank=True)
    contract_no = models.CharField(max_length=32, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "line_no"], name="line_no_once"),
            models.CheckConstraint(
                condition=(Q(debit=0) & ~Q(credit=0)) | (~Q(debit=0) & Q(credit=0)), name="line_one_sided"
            ),
        ]
        indexes = [
            models.Index(
                fields=["account", "legal_entity", "booked_on", "id"],
                include=["debit", "credit"],
                name="line_account_ledger",
            ),
            models.Index(fields=["loan_no"], condition=~Q(loan_no=""), name="line_by_loan"),
            models.Index(fields=["contract_no"], condition=~Q(contract_no=""), name="line_by_contract"),
            models.Index(fields=["booked_on", "id"], name="line_by_day"),
            models.Index(fields=["legal_entity", "id"], name="line_by_entity"),
            prefix_index("loan_no", "line_loan_prefix"),
            prefix_index("contract_no", "line_contract_prefix"),
        ]
