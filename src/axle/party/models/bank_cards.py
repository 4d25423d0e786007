"""Customers' bank cards."""

from django.db import models
from django.db.models import Q

from axle.platform.fields import BlindIndexField, EncryptedTextField


class BankCardState(models.TextChoices):
    ACTIVE = "active"
    DISABLED = "disabled"


class BankCard(models.Model):
    """A debit card from which a customer repays."""

    customer = models.ForeignKey("party.Customer", on_delete=models.PROTECT, related_name="bank_cards")
    card_no = EncryptedTextField(mask="card")
    card_no_index = BlindIndexField(source="card_no")
    bank_code = models.CharField(max_length=16, blank=True)
    bank_name = models.CharField(max_length=60)
    reserved_phone = EncryptedTextField(mask="phone", null=True)
    is_default = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=BankCardState, default=BankCardState.ACTIVE)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["customer", "card_no_index"], name="customer_card_once"),
            models.UniqueConstraint(
                fields=["customer"], condition=Q(is_default=True), name="customer_default_card_once"
            ),
            models.CheckConstraint(
                condition=Q(is_default=False) | Q(state=BankCardState.ACTIVE), name="customer_default_card_active"
            ),
        ]
