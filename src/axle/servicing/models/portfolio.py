"""The portfolio at the end of each day, for charts and reports."""

from django.db import models

from axle.platform.fields import FenField


class PortfolioDay(models.Model):
    """Loans in force and their principal by company, product and bucket at the end of a business date."""

    business_on = models.DateField()
    legal_entity = models.ForeignKey("platform.LegalEntity", on_delete=models.PROTECT, related_name="+")
    product_code = models.CharField(max_length=40)
    bucket = models.CharField(max_length=4)
    loans = models.PositiveIntegerField()
    principal_balance = FenField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["business_on", "legal_entity", "product_code", "bucket"], name="portfolio_day_once"
            )
        ]
