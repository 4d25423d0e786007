"""The columns by which data scopes find what belongs to a loan."""

from typing import Any

from django.db import models

from axle.servicing.models.loans import Loan


class Scoped(models.Model):
    """Whose it is: contracting company, department, account manager, dealer."""

    legal_entity = models.ForeignKey("platform.LegalEntity", on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey("platform.Department", null=True, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey("platform.Employee", null=True, on_delete=models.PROTECT, related_name="+")
    dealer = models.ForeignKey("channel.Dealer", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


def scope_of(loan: Loan) -> dict[str, Any]:
    """The columns of what belongs to a loan: those of the loan."""
    return {
        "legal_entity_id": loan.legal_entity_id,
        "department_id": loan.department_id,
        "owner_id": loan.owner_id,
        "dealer_id": loan.dealer_id,
    }
