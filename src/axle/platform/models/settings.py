"""Dated parameters and dictionaries."""

from django.db import models


class ParameterValue(models.Model):
    """A value of a declared parameter from a date on, for one legal entity or for all. Append-only."""

    code = models.CharField(max_length=80)
    legal_entity = models.ForeignKey("LegalEntity", null=True, on_delete=models.PROTECT, related_name="+")
    value = models.JSONField()
    effective_from = models.DateField()
    note = models.CharField(max_length=200, blank=True)
    set_by = models.CharField(max_length=64)
    set_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["code", "effective_from"], name="parameter_by_date")]


class Dictionary(models.Model):
    """A list of allowed values that the institution keeps itself."""

    code = models.CharField(max_length=48, unique=True)
    name = models.CharField(max_length=64)


class DictionaryItem(models.Model):
    """A value with the dates between which it may be chosen; never deleted once used."""

    dictionary = models.ForeignKey(Dictionary, on_delete=models.PROTECT, related_name="items")
    code = models.CharField(max_length=48)
    name = models.CharField(max_length=100)
    order = models.PositiveIntegerField(default=0)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dictionary", "code"], name="dictionary_code_once")]
