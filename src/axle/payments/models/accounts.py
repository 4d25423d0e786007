"""The legal entities' own accounts."""

from django.db import models
from django.db.models import Q

from axle.platform.fields import BlindIndexField, EncryptedTextField


class BankAccount(models.Model):
    """An account of a legal entity; ``channel`` is its bank link, ``ledger_account_code`` its place in the books."""

    legal_entity = models.ForeignKey("platform.LegalEntity", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=64)
    bank_name = models.CharField(max_length=64)
    account_no = EncryptedTextField(mask="card")
    account_no_index = BlindIndexField(source="account_no")
    channel = models.CharField(max_length=32)
    ledger_account_code = models.CharField(max_length=32)
    is_payer = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account_no_index"], name="bank_account_no_once"),
            models.UniqueConstraint(
                fields=["legal_entity"],
                condition=Q(is_payer=True, is_active=True),
                name="one_paying_account_per_entity",
            ),
        ]
