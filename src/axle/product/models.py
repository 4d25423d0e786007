"""Tables of product: products and their versions."""

from django.db import models

from axle.platform.versions import DatedVersion


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


class ProductVersion(DatedVersion):
    """One version; while in force it is on sale. A draft's terms may change, each time with the next ``revision``."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="versions")
    state = models.CharField(max_length=12, choices=ProductState, default=ProductState.DRAFT)
    terms = models.JSONField()
    revision = models.PositiveIntegerField(default=1)

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
