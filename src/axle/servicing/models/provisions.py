"""Provisions for credit losses at the end of each month."""

from django.db import models

from axle.platform.fields import FenField
from axle.servicing.models.loans import Loan
from axle.servicing.models.scoped import Scoped


class ProvisionMonth(models.Model):
    """Loans of a company, product and stage at a month's end: principal, expected loss, general reserve; fen.

    ``general_reserve`` is the principal by the risk coefficients of the classes: what the general risk reserve in
    equity is measured against.
    """

    business_on = models.DateField()
    legal_entity = models.ForeignKey("platform.LegalEntity", on_delete=models.PROTECT, related_name="+")
    product_code = models.CharField(max_length=40)
    stage = models.PositiveSmallIntegerField()
    loans = models.PositiveIntegerField()
    principal_balance = FenField()
    provision = FenField()
    general_reserve = FenField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["business_on", "legal_entity", "product_code", "stage"], name="provision_month_once"
            )
        ]


class LoanProvision(Scoped):
    """The expected loss of a loan in stage 2 or 3 at a month's end; of stage 1 it follows from balance and product."""

    business_on = models.DateField()
    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="+")
    stage = models.PositiveSmallIntegerField()
    principal_balance = FenField()
    provision = FenField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["loan", "business_on"], name="loan_provision_once")]
        indexes = [models.Index(fields=["-business_on", "-id"], name="loan_provision_latest")]
