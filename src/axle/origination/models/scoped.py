"""The columns by which data scopes find a case."""

from collections.abc import Iterable

from django.db import models


class Scoped(models.Model):
    """Whose case it is: contracting company, department, account manager, dealer."""

    legal_entity = models.ForeignKey("platform.LegalEntity", on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey("platform.Department", on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey("platform.Employee", null=True, on_delete=models.PROTECT, related_name="+")
    dealer = models.ForeignKey("channel.Dealer", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


def choices(values: Iterable[str]) -> list[tuple[str, str]]:
    """Values of a state as Django choices; labels are in the locale catalogues."""
    return [(str(value), str(value)) for value in values]
