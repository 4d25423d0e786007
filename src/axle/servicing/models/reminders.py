"""Texts that remind debtors of an instalment."""

from django.db import models
from django.db.models import Q

from axle.platform.fields import FenField
from axle.servicing.models.loans import Loan


class Reminder(models.Model):
    """That the debtor of a loan is reminded of an instalment, so many days before it is debited (negative: after).

    Each once. ``amount`` is what they are told to pay; ``message_no`` is empty until the text is written, and ``-``
    when nobody can be reached. Written from the loans by one statement, as the arrears of a day are.
    """

    loan = models.ForeignKey(
        Loan, on_delete=models.CASCADE, related_name="reminders", db_constraint=False, db_index=False
    )
    due_on = models.DateField()
    days_before = models.SmallIntegerField()
    reminded_on = models.DateField()
    amount = FenField()
    message_no = models.CharField(max_length=24, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["loan", "due_on", "days_before"], name="reminder_once")]
        indexes = [models.Index(fields=["id"], condition=Q(message_no=""), name="reminder_to_write")]
