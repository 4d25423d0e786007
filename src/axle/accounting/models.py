"""Tables of accounting: posting rules, vouchers, and what happened to months."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from axle.platform.fields import FenField
from axle.platform.versions import DatedVersion


class RuleState(models.TextChoices):
    DRAFT = "draft"
    ACTIVE = "active"


class PostingRule(models.Model):
    """One version of the rule of an event kind; for one legal entity, or for all that have none of their own.

    From ``effective_from`` on, the latest active version counts. An active version never changes (trigger).
    """

    kind = models.CharField(max_length=48)
    legal_entity = models.ForeignKey("platform.LegalEntity", null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    body = models.JSONField()
    state = models.CharField(max_length=8, choices=RuleState, default=RuleState.DRAFT)
    effective_from = models.DateField(null=True)
    made_by = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)
    activated_by = models.CharField(max_length=64, blank=True)
    activated_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "legal_entity", "version"], name="rule_version_once", nulls_distinct=False
            ),
            models.UniqueConstraint(
                fields=["kind", "legal_entity", "effective_from"],
                condition=Q(state="active"),
                name="rule_active_from_once",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(effective_from__isnull=False), name="rule_active_has_date"
            ),
        ]


class CashFlow(models.TextChoices):
    """What a voucher does to cash."""

    IN = "in"
    OUT = "out"
    NONE = "none"


class Voucher(models.Model):
    """The presentation of one ledger entry: word, monthly number, and the event amounts that it came from.

    ``word`` and ``number`` are given later, without gaps, by ``vouchers_number``; from then on nothing changes
    (trigger). ``flow`` says whether cash came in or went out. ``amounts`` are the fen of the money event;
    ``rule`` is empty for manual and reversing vouchers.
    """

    entry = models.OneToOneField("ledger.JournalEntry", on_delete=models.PROTECT, related_name="voucher")
    legal_entity = models.ForeignKey("platform.LegalEntity", on_delete=models.PROTECT, related_name="+", db_index=False)
    period = models.PositiveIntegerField()
    flow = models.CharField(max_length=4, choices=CashFlow)
    word = models.CharField(max_length=2, blank=True)
    number = models.PositiveIntegerField(null=True)
    rule = models.ForeignKey(PostingRule, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    amounts = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["legal_entity", "period", "word", "number"], name="voucher_number_once"),
        ]
        indexes = [
            models.Index(fields=["legal_entity", "period"], condition=Q(number=None), name="voucher_unnumbered"),
            models.Index(fields=["legal_entity", "id"], name="voucher_entity"),
            models.Index(fields=["period", "id"], name="voucher_period"),
            models.Index(fields=["word", "id"], name="voucher_word"),
        ]


class VoucherDocument(models.Model):
    """A document behind a voucher (附单据). Append-only: what was attached stays, also when the voucher is reversed."""

    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="documents")
    file = models.ForeignKey("platform.StoredFile", on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=100, blank=True)
    added_by = models.CharField(max_length=80)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["voucher", "file"], name="voucher_document_once")]


class PeriodAct(models.Model):
    """A month was closed or opened again, by whom, and what the checks said. Append-only."""

    legal_entity = models.ForeignKey("platform.LegalEntity", on_delete=models.PROTECT, related_name="+")
    period = models.PositiveIntegerField()
    act = models.CharField(max_length=8, choices=[("close", "Close"), ("reopen", "Reopen")])
    at = models.DateTimeField(auto_now_add=True)
    maker = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    checker = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200, blank=True)
    checks = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["legal_entity", "period", "id"], name="period_acts")]


class Statement(models.Model):
    """A financial statement (财务报表), whose rows are versions."""

    code = models.CharField(max_length=48, unique=True)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)


class StatementState(models.TextChoices):
    DRAFT = "draft"
    ACTIVE = "active"
    RETIRED = "retired"


class StatementVersion(DatedVersion):
    """The rows of a statement from a date on. An active version never changes."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="versions")
    body = models.JSONField()
    state = models.CharField(max_length=8, choices=StatementState, default=StatementState.DRAFT)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["statement", "version_no"], name="statement_version_once"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(effective_from__isnull=False), name="statement_active_has_date"
            ),
        ]


class BankStart(models.Model):
    """From which day on a bank account is reconciled with its statements, and what the bank held before that day."""

    bank_account = models.OneToOneField("payments.BankAccount", on_delete=models.PROTECT, related_name="+")
    legal_entity = models.ForeignKey("platform.LegalEntity", on_delete=models.PROTECT, related_name="+")
    start_on = models.DateField()
    balance = FenField(help_text="of the bank, before the first day")
    set_by = models.CharField(max_length=80)
    set_at = models.DateTimeField(auto_now_add=True)


class ClearingWay(models.TextChoices):
    ALIKE = "alike"
    REVERSAL = "reversal"
    BY_HAND = "by_hand"


class BankClearing(models.Model):
    """Lines of the books and of a bank's statement that are the same money (勾对); both sides add up to the same.

    ``complete_on`` is the day from which none of them is in transit any more: the last of their days, or the first
    day of the first open month when that one lies in a closed month.
    """

    bank_account = models.ForeignKey("payments.BankAccount", on_delete=models.PROTECT, related_name="+")
    complete_on = models.DateField()
    amount = FenField(help_text="of each side; negative when it left the account")
    way = models.CharField(max_length=8, choices=ClearingWay)
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["bank_account", "complete_on", "id"], name="clearing_day")]


class ClearedLine(models.Model):
    """A line that has been cleared, of the books or of the statement; none is cleared twice."""

    clearing = models.ForeignKey(BankClearing, on_delete=models.CASCADE, related_name="lines")
    book_line = models.OneToOneField("ledger.EntryLine", null=True, on_delete=models.PROTECT, related_name="cleared")
    statement_line = models.OneToOneField(
        "payments.BankStatementLine", null=True, on_delete=models.PROTECT, related_name="cleared"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(book_line__isnull=True) ^ Q(statement_line__isnull=True), name="cleared_line_one_side"
            )
        ]
