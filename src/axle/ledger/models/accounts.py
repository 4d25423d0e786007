"""The chart of accounts (会计科目表)."""

from django.db import models


class AccountSide(models.TextChoices):
    DEBIT = "debit"
    CREDIT = "credit"


class AccountCategory(models.TextChoices):
    """The class of an account (科目类别), which decides the statement it belongs to."""

    ASSET = "asset"
    LIABILITY = "liability"
    EQUITY = "equity"
    INCOME = "income"
    EXPENSE = "expense"
    MEMO = "memo"


class Account(models.Model):
    """An account of one legal entity's chart, or of the shared chart when ``legal_entity`` is null.

    ``code`` is the parent's code, a dot and two digits (``1303`` > ``1303.01``): a code prefix is a subtree.
    Only leaves are postable.
    """

    legal_entity = models.ForeignKey("platform.LegalEntity", null=True, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=24)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    category = models.CharField(max_length=12, choices=AccountCategory)
    normal_side = models.CharField(max_length=6, choices=AccountSide)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    level = models.PositiveSmallIntegerField()
    is_postable = models.BooleanField()
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["legal_entity", "code"], name="account_code_once", nulls_distinct=False),
        ]
        indexes = [models.Index(fields=["code"], name="account_subtree", opclasses=["text_pattern_ops"])]
