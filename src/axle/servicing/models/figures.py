"""Figures that the books carry for groups of loans."""

from django.db import models

from axle.platform.fields import FenField


class GroupFigure(models.Model):
    """What the books carry of a figure for a company and product after the close of a date, in fen.

    The loans behind it are those of the same day's snapshot; the books were told the difference to the date before.
    ``not_due`` and ``memo_not_due`` are the interest that had run by the end of the date and was not due, of
    performing and of non-accrual loans: kept every date, so that the comparison of the ledgers need not read all plans.
    """

    business_on = models.DateField()
    legal_entity = models.ForeignKey("platform.LegalEntity", on_delete=models.PROTECT, related_name="+")
    product_code = models.CharField(max_length=40)
    figure = models.CharField(max_length=24)
    amount = FenField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["figure", "legal_entity", "product_code", "business_on"], name="group_figure_once"
            )
        ]
