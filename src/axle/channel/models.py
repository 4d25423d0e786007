"""Dealers."""

from django.db import models

from axle.channel.domain.states import DealerState
from axle.platform.fields import BlindIndexField, EncryptedTextField


class DealerGrade(models.TextChoices):
    A = "A"
    B = "B"
    C = "C"
    D = "D"


class Dealer(models.Model):
    """A seller of cars that submits applications and is paid the purchase price."""

    dealer_no = models.CharField(max_length=24, unique=True)
    name = models.CharField(max_length=128)
    uscc = models.CharField(max_length=18, unique=True)
    region = models.CharField(max_length=6, db_index=True, help_text="GB/T 2260 city code")
    grade = models.CharField(max_length=1, choices=DealerGrade, default=DealerGrade.C)
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in DealerState], default="pending")
    contact_name = models.CharField(max_length=64)
    contact_phone = EncryptedTextField(mask="phone")
    contact_phone_index = BlindIndexField(source="contact_phone")
    department = models.ForeignKey("platform.Department", on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey("platform.Employee", null=True, on_delete=models.PROTECT, related_name="+")
    account_name = models.CharField(max_length=128, blank=True)
    account_bank = models.CharField(max_length=64, blank=True)
    account_no = EncryptedTextField(mask="card", null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["state", "-created_at"], name="dealer_by_state")]
