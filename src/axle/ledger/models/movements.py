"""Daily movement of accounts: what balances are summed from.

A statement trigger on the lines adds to ``AccountDayDelta`` in the posting transaction, so that no poster
waits for another; ``movements_fold`` moves deltas into ``AccountDay``; ``AccountMovement`` is both together.
"""

from django.db import models

from axle.platform.fields import FenField


class AccountDay(models.Model):
    """Debits and credits of an account on a day, as far as they are folded."""

    legal_entity = models.ForeignKey("platform.LegalEntity", on_delete=models.PROTECT, related_name="+", db_index=False)
    account = models.ForeignKey("ledger.Account", on_delete=models.PROTECT, related_name="+")
    booked_on = models.DateField()
    debit = FenField()
    credit = FenField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["legal_entity", "account", "booked_on"], name="account_day_once"),
        ]


class AccountDayDelta(models.Model):
    """One statement's movement of an account on a day, not yet folded. Written by trigger only."""

    legal_entity = models.ForeignKey(
        "platform.LegalEntity",
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    account = models.ForeignKey(
        "ledger.Account", on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    booked_on = models.DateField()
    debit = FenField()
    credit = FenField()


class AccountMovement(models.Model):
    """The view over folded and unfolded movement; several rows per account and day, so always sum."""

    legal_entity = models.ForeignKey("platform.LegalEntity", on_delete=models.DO_NOTHING, related_name="+")
    account = models.ForeignKey("ledger.Account", on_delete=models.DO_NOTHING, related_name="+")
    booked_on = models.DateField()
    debit = FenField()
    credit = FenField()

    class Meta:
        managed = False
        db_table = "ledger_accountmovement"
