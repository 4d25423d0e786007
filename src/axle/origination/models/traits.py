"""What applications say that others may say too."""

from django.db import models

from axle.origination.domain.traits import TraitKind
from axle.origination.models.applications import Application
from axle.origination.models.scoped import choices


class ApplicationTrait(models.Model):
    """A phone, card, address … that an application said in some round, as a keyed hash of sixteen bytes.

    ``person`` is the applicant's own hash, so that people are counted without another table; equal values of equal
    things have equal hashes, whichever application said them as what. Rows are added and never changed.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="traits", db_index=False)
    kind = models.CharField(max_length=12, choices=choices(TraitKind))
    value = models.UUIDField()
    person = models.UUIDField()
    said_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "kind", "value"], name="application_trait_once"),
        ]
        indexes = [
            models.Index(
                fields=["value", "-said_on", "-application"], include=["kind", "person"], name="application_trait_value"
            ),
        ]


class ApplicationGuarantor(models.Model):
    """Who came to guarantee the loan of an application, by the hash under which they are found among the traits."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="guarantors", db_index=False)
    person = models.UUIDField()
    name = models.CharField(max_length=60)
    since = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "person"], name="application_guarantor_once"),
        ]
