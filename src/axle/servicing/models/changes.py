"""Changes of a running loan that its parties agree on."""

from django.db import models
from django.db.models import Q

from axle.platform.fields import EncryptedJSONField, EncryptedTextField, FenField, prefix_index
from axle.servicing.models.loans import Loan
from axle.servicing.models.scoped import Scoped


class ChangeState(models.TextChoices):
    """requested → (signing → agreed →) executed → reversed, or on the way rejected, withdrawn or expired.

    ``signing`` is approved and waits for signatures, ``agreed`` waits for its effective date.
    """

    REQUESTED = "requested"
    SIGNING = "signing"
    AGREED = "agreed"
    EXECUTED = "executed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    REVERSED = "reversed"


OPEN_STATES = (ChangeState.REQUESTED, ChangeState.SIGNING, ChangeState.AGREED)
"""A loan has at most one change in these."""


class ChangeKind(models.TextChoices):
    """What is changed: the plan (the events of that kind in the loan's life), what else was agreed, or who owes."""

    DUE_DAY_CHANGE = "due_day_change"
    EXTENSION = "extension"
    RATE_CHANGE = "rate_change"
    DEFERRAL = "deferral"
    RESTRUCTURING = "restructuring"
    AGREED_PLAN = "agreed_plan"
    BANK_CARD_CHANGE = "bank_card_change"
    PLATE_CHANGE = "plate_change"
    PARTICULARS_CHANGE = "particulars_change"
    GUARANTOR_CHANGE = "guarantor_change"
    DEBT_TRANSFER = "debt_transfer"
    ACCELERATION = "acceleration"
    ACCRUAL_RESUMPTION = "accrual_resumption"
    WRITE_OFF = "write_off"


class LoanChange(Scoped):
    """A change that somebody asked for and another person decides on (变更申请).

    ``asked`` holds what is asked for, of a plan the event's fields; ``private`` what of it nobody else may read, and
    what stood before. ``before`` and ``after`` are what the plan asked for on the day of the change, or the values
    that changed, as they may be shown; they are kept when it is executed, and until then follow from the loan as it
    stands.
    """

    change_no = models.CharField(max_length=24, unique=True)
    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=24, choices=ChangeKind)
    asked = models.JSONField()
    private = EncryptedJSONField(null=True)
    fee = FenField(default=0)
    reason = models.CharField(max_length=200)
    file_id = models.BigIntegerField(null=True, help_text="what proves it")
    effective_on = models.DateField(null=True, help_text="not carried out before this date")
    state = models.CharField(max_length=12, choices=ChangeState, default=ChangeState.REQUESTED)
    requested_by_id = models.BigIntegerField(null=True)
    requested_by = models.CharField(max_length=64)
    requested_on = models.DateField()
    requested_at = models.DateTimeField(auto_now_add=True)
    reviewed_by_id = models.BigIntegerField(null=True)
    reviewed_by = models.CharField(max_length=64, blank=True)
    reviewed_at = models.DateTimeField(null=True)
    opinion = models.CharField(max_length=200, blank=True)
    document_id = models.BigIntegerField(null=True, db_index=True, help_text="the paper that the parties sign")
    sign_until = models.DateField(null=True)
    executed_on = models.DateField(null=True)
    event_no = models.CharField(max_length=24, blank=True)
    event_nos = models.JSONField(default=list, help_text="all events of the loan's life that it made, in their order")
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    closing_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["loan"], condition=Q(state__in=["requested", "signing", "agreed"]), name="change_open_once"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["executed", "reversed"])
                | Q(executed_on__isnull=False, before__isnull=False, after__isnull=False),
                name="executed_change_has_its_effect",
            ),
            models.CheckConstraint(
                condition=~Q(state="signing") | Q(document_id__isnull=False, sign_until__isnull=False),
                name="signing_change_has_its_paper",
            ),
        ]
        indexes = [
            models.Index(fields=["-requested_at", "-id"], name="change_latest"),
            models.Index(fields=["state", "-requested_at"], name="change_state"),
            models.Index(fields=["kind", "-requested_at"], name="change_kind"),
            models.Index(fields=["loan", "kind"], name="change_loan"),
            models.Index(
                fields=["sign_until", "effective_on"],
                condition=Q(state__in=["signing", "agreed"]),
                name="change_waiting",
            ),
            prefix_index("change_no", "change_no_prefix"),
        ]


class LoanGuarantor(models.Model):
    """A person who guarantees a loan (保证人), from a change on until another change.

    ``customer`` is the same person as one who signs in on the phone; empty until they have something to sign.
    """

    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="guarantors")
    name = models.CharField(max_length=50)
    id_no = EncryptedTextField(mask="id_no")
    phone = EncryptedTextField(mask="phone")
    customer = models.ForeignKey("party.Customer", null=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, help_text="the first day on which they guarantee no more")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["loan"], condition=Q(until=None), name="guarantor_in_force_once"),
        ]


class LoanDebtor(models.Model):
    """Who owed a loan before its present customer, and until when (债务人沿革)."""

    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="former_debtors")
    customer = models.ForeignKey("party.Customer", on_delete=models.PROTECT, related_name="+")
    until = models.DateField(help_text="the day from which the next debtor owes")
    change = models.OneToOneField(LoanChange, on_delete=models.PROTECT, related_name="left_debtor")
