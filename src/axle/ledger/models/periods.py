"""Which months of a legal entity's books are closed."""

from django.conf import settings
from django.db import models


class Period(models.Model):
    """A month (yyyymm) in which the entity has entries, or that was closed. No row means open and empty.

    A trigger opens the row with the first entry of the month and refuses entries up to the last closed one.
    """

    legal_entity = models.ForeignKey("platform.LegalEntity", on_delete=models.PROTECT, related_name="+")
    period = models.PositiveIntegerField()
    is_closed = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["legal_entity", "period"], name="period_once")]
