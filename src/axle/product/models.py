"""Tables of product: products and their versions."""

from django.db import models


class Product(models.Model):
    """A product of one legal entity; its versions carry the terms."""

    code = models.CharField(max_length=40, unique=True)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    legal_entity = models.ForeignKey("platform.LegalEntity", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)


class ProductState(models.TextChoices):
    """draft → active → retired; a version never goes back."""

    DRAFT = "draft"
    ACTIVE = "active"
    RETIRED = "retired"


class ProductVersion(models.Model):
    """One version. It is on sale on the dates from ``effective_from`` up to, not including, ``retired_on``."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="versions")
    version_no = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=ProductState, default=ProductState.DRAFT)
    terms = models.JSONField()
    note = models.CharField(max_length=200, blank=True)
    created_by = models.CharField(max_length=80)
    created_at = models.DateTimeField(auto_now_add=True)
    activated_by = models.CharField(max_length=80, blank=True)
    effective_from = models.DateField(null=True, blank=True)
    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["product", "version_no"], name="product_version_no_once"),
            models.UniqueConstraint(
                fields=["product"], condition=models.Q(state="active"), name="product_version_active_once"
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft") | models.Q(effective_from__isnull=False),
                name="product_version_dated_when_active",
            ),
        ]
