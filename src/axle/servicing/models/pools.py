"""Pools of claims that are sold, or given as security for money."""

from django.db import models
from django.db.models import Q

from axle.platform.fields import EncryptedTextField, FenField, RateField, prefix_index
from axle.servicing.models.loans import Loan


class PoolState(models.TextChoices):
    """frozen → approved → closing → closed, or frozen → rejected or withdrawn."""

    FROZEN = "frozen"
    APPROVED = "approved"
    CLOSING = "closing"
    CLOSED = "closed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class PoolLoanState(models.TextChoices):
    """selected → sold → bought_back, or selected → pledged in a pool that is no true sale, or selected → removed."""

    SELECTED = "selected"
    SOLD = "sold"
    PLEDGED = "pledged"
    BOUGHT_BACK = "bought_back"
    REMOVED = "removed"


class PoolMoneyKind(models.TextChoices):
    """The price that comes in, what was collected for the buyer and goes out, the price of claims bought back."""

    PRICE_RECEIVED = "price_received"
    COLLECTIONS_REMITTED = "collections_remitted"
    BUY_BACK_PAID = "buy_back_paid"


class PoolMoneyState(models.TextChoices):
    """registered → confirmed (money in), registered → paying → paid or failed (money out), or rejected."""

    REGISTERED = "registered"
    CONFIRMED = "confirmed"
    PAYING = "paying"
    PAID = "paid"
    FAILED = "failed"
    REJECTED = "rejected"


class ClaimPool(models.Model):
    """Loans whose claims are sold together (资产包): chosen by ``criteria`` and frozen on ``cut_off_on`` (封包日).

    ``price_rate`` is the price of a yuan of principal: 1 at par, less at a discount; interest accrued to the cut-off
    comes on top. A pool that is no true sale stays on our balance sheet, its price is a debt. Source: REG-CAS-23
    """

    pool_no = models.CharField(max_length=24, unique=True)
    name = models.CharField(max_length=60)
    legal_entity = models.ForeignKey("platform.LegalEntity", on_delete=models.PROTECT, related_name="+")
    buyer_name = models.CharField(max_length=64)
    buyer_bank = models.CharField(max_length=60)
    buyer_account = EncryptedTextField(mask="card")
    cut_off_on = models.DateField()
    closes_on = models.DateField()
    price_rate = RateField()
    is_true_sale = models.BooleanField()
    criteria = models.JSONField()
    state = models.CharField(max_length=12, choices=PoolState, default=PoolState.FROZEN)
    loans_count = models.PositiveIntegerField(default=0)
    principal = FenField(default=0)
    interest = FenField(default=0)
    price = FenField(default=0)
    requested_by_id = models.BigIntegerField(null=True)
    requested_by = models.CharField(max_length=64)
    requested_at = models.DateTimeField(auto_now_add=True)
    reviewed_by_id = models.BigIntegerField(null=True)
    reviewed_by = models.CharField(max_length=64, blank=True)
    reviewed_at = models.DateTimeField(null=True)
    opinion = models.CharField(max_length=200, blank=True)
    closed_on = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["-requested_at", "-id"], name="pool_latest"),
            models.Index(fields=["state", "-requested_at"], name="pool_state"),
            prefix_index("pool_no", "pool_no_prefix"),
        ]


class PoolLoan(models.Model):
    """A loan of a pool: what was owed at the cut-off and its price, then what became of it. Fen.

    ``interest_paid`` is what the borrower had paid by the cut-off: what came since belongs to the buyer.
    """

    pool = models.ForeignKey(ClaimPool, on_delete=models.PROTECT, related_name="loans")
    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="pool_loans")
    state = models.CharField(max_length=12, choices=PoolLoanState, default=PoolLoanState.SELECTED)
    principal = FenField()
    interest = FenField()
    interest_paid = FenField()
    price = FenField(help_text="at the cut-off; once sold, what the buyer owes for it")
    sold_on = models.DateField(null=True)
    notified_at = models.DateTimeField(null=True)
    bought_back_on = models.DateField(null=True)
    buy_back_price = FenField(default=0)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["loan"], condition=Q(state__in=["selected", "sold", "pledged"]), name="pool_loan_once"
            ),
            models.UniqueConstraint(fields=["pool", "loan"], name="pool_has_loan_once"),
        ]
        indexes = [models.Index(fields=["pool", "state", "id"], name="pool_loan_state")]


class PoolMoney(models.Model):
    """Money between us and the buyer of a pool, entered by one person and confirmed by another."""

    money_no = models.CharField(max_length=24, unique=True)
    pool = models.ForeignKey(ClaimPool, on_delete=models.PROTECT, related_name="moneys")
    kind = models.CharField(max_length=24, choices=PoolMoneyKind)
    state = models.CharField(max_length=12, choices=PoolMoneyState, default=PoolMoneyState.REGISTERED)
    amount = FenField()
    value_on = models.DateField(null=True)
    bank_account_id = models.BigIntegerField(null=True)
    bank_serial = models.CharField(max_length=64, blank=True)
    payout_no = models.CharField(max_length=24, blank=True)
    failure_message = models.CharField(max_length=200, blank=True)
    registered_by_id = models.BigIntegerField(null=True)
    registered_by = models.CharField(max_length=64)
    registered_at = models.DateTimeField(auto_now_add=True)
    confirmed_by = models.CharField(max_length=64, blank=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="pool_money_positive")]
        indexes = [
            models.Index(fields=["-registered_at", "-id"], name="pool_money_latest"),
            models.Index(fields=["pool", "kind", "state"], name="pool_money_kind"),
            prefix_index("money_no", "pool_money_no_prefix"),
        ]
