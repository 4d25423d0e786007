"""The portfolio and its arrears at the end of each day, for charts and reports."""

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


class ArrearsDay(models.Model):
    """A loan in arrears at the end of a business date: since when, and what of its instalments is overdue.

    Written from the loans by one statement, many each date: the database does not look each of them up again.
    """

    business_on = models.DateField()
    loan = models.ForeignKey(
        "servicing.Loan", on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    legal_entity = models.ForeignKey(
        "platform.LegalEntity", on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    oldest_due_on = models.DateField()
    periods = models.PositiveSmallIntegerField()
    principal_overdue = FenField()
    interest_overdue = FenField()
    fee_overdue = FenField()
    principal_balance = FenField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["loan", "business_on"], name="arrears_day_once")]
        indexes = [models.Index(fields=["business_on", "oldest_due_on", "id"], name="arrears_day_oldest")]
