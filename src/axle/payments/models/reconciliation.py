"""Bank statements and their reconciliation with our orders."""

from django.db import models

from axle.payments.domain.reconciling import ReconciliationBreakKind
from axle.platform.fields import EncryptedTextField, FenField


class BankStatementLine(models.Model):
    """One movement as the bank states it; the bank's serial number is unique per account."""

    bank_account = models.ForeignKey("payments.BankAccount", on_delete=models.PROTECT, related_name="lines")
    bank_serial = models.CharField(max_length=64)
    direction = models.CharField(max_length=3, choices=[("out", "out"), ("in", "in")])
    amount_fen = FenField()
    value_on = models.DateField()
    order_no = models.CharField(max_length=64, blank=True)
    counterparty_name = models.CharField(max_length=128, blank=True)
    counterparty_account = EncryptedTextField(mask="card", null=True)
    remark = models.CharField(max_length=200, blank=True)
    imported_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bank_account", "bank_serial"], name="bank_serial_once")]
        indexes = [models.Index(fields=["bank_account", "value_on"], name="statement_line_day")]


class Reconciliation(models.Model):
    """One account and day compared; a later run of the same day replaces its findings."""

    bank_account = models.ForeignKey("payments.BankAccount", on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    matched = models.PositiveIntegerField()
    breaks = models.PositiveIntegerField()
    paid_fen = FenField()
    received_fen = FenField()
    closing_fen = FenField(null=True, help_text="of the bank, at the end of the day")
    run_by = models.CharField(max_length=64)
    run_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bank_account", "on"], name="reconciliation_day_once")]


class ReconciliationBreak(models.Model):
    """One difference; ``bank_state`` is what the bank's own record of the order says (the third way)."""

    reconciliation = models.ForeignKey(Reconciliation, on_delete=models.CASCADE, related_name="found")
    kind = models.CharField(max_length=16, choices=[(kind, kind) for kind in ReconciliationBreakKind])
    order_no = models.CharField(max_length=64, blank=True)
    bank_serial = models.CharField(max_length=64, blank=True)
    our_amount_fen = FenField(null=True)
    bank_amount_fen = FenField(null=True)
    bank_state = models.CharField(max_length=12, blank=True)
