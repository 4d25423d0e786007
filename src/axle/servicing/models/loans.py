"""Loans, their instalments, their events and what of them has been posted."""

from django.db import models
from django.db.models import F, Q
from django.db.models.fields.json import KeyTextTransform

from axle.platform.fields import FenField, RateField, prefix_index
from axle.servicing.domain.carrying import NON_ACCRUAL, PERFORMING, SOLD, WRITTEN_OFF

MONTH_DAYS = 31
"""Rows of a plan that last longer than a month are found apart from the others."""
_IS_LONG = Q(
    due_on__gt=models.ExpressionWrapper(F("starts_on") + models.Value(MONTH_DAYS), output_field=models.DateField())
)


class LoanState(models.TextChoices):
    """The lifecycle alone; delinquency and the like are separate and follow from dates."""

    IN_FORCE = "in_force"
    SETTLED = "settled"


class Carrying(models.TextChoices):
    """How a loan is carried in the books (核算状态), apart from its lifecycle, arrears and class."""

    PERFORMING = PERFORMING
    NON_ACCRUAL = NON_ACCRUAL
    WRITTEN_OFF = WRITTEN_OFF
    SOLD = SOLD


class Loan(models.Model):
    """A loan account (借据). Columns below ``principal_balance`` are the cache of its replayed position.

    ``carrying`` is how the books carry it since the change number ``era`` (0: since it was opened), and ``claim_kept``
    all that is still owed on it once it is written off.

    ``next_unpaid_due_on`` is the due date of the oldest instalment that is not paid: the days past due on any date
    follow from it, so they need no daily write. ``annual_rate`` is the rate in force; ``periods`` is the agreed number.
    """

    loan_no = models.CharField(max_length=24, unique=True)
    contract = models.OneToOneField("origination.Contract", on_delete=models.PROTECT, related_name="+")
    contract_no = models.CharField(max_length=24, db_index=True)
    legal_entity = models.ForeignKey("platform.LegalEntity", on_delete=models.PROTECT, related_name="+", db_index=False)
    department = models.ForeignKey("platform.Department", on_delete=models.PROTECT, related_name="+", db_index=False)
    owner = models.ForeignKey(
        "platform.Employee", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    dealer = models.ForeignKey("channel.Dealer", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    customer = models.ForeignKey("party.Customer", on_delete=models.PROTECT, related_name="+", db_index=False)
    vehicle = models.ForeignKey("vehicle.Vehicle", on_delete=models.PROTECT, related_name="+")
    product_version = models.ForeignKey("product.ProductVersion", on_delete=models.PROTECT, related_name="+")
    product_code = models.CharField(max_length=40)
    bank_account_id = models.BigIntegerField()
    principal = FenField()
    annual_rate = RateField()
    periods = models.PositiveSmallIntegerField()
    method = models.CharField(max_length=24)
    terms = models.JSONField()
    rules = models.JSONField()
    day_count = models.GeneratedField(
        expression=KeyTextTransform("day_count", "terms"), output_field=models.CharField(max_length=16), db_persist=True
    )
    disbursed_on = models.DateField()
    created_at = models.DateTimeField(auto_now_add=True)

    state = models.CharField(max_length=12, choices=LoanState, default=LoanState.IN_FORCE)
    version = models.PositiveIntegerField(default=0)
    principal_balance = FenField(default=0)
    unapplied = FenField(default=0)
    interest_paid = FenField(default=0)
    interest_waived = FenField(default=0)
    fee_outstanding = FenField(default=0)
    next_unpaid_due_on = models.DateField(null=True)
    matures_on = models.DateField(null=True)
    settled_on = models.DateField(null=True)
    exact_scale = models.DecimalField(max_digits=60, decimal_places=0, default=1)
    carrying = models.CharField(max_length=12, choices=Carrying, default=Carrying.PERFORMING)
    era = models.PositiveSmallIntegerField(default=0)
    claim_kept = FenField(default=0)
    worst_days = models.PositiveIntegerField(default=0, help_text="most days past due of arrears that are over")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(principal_balance__gte=0, unapplied__gte=0, principal__gt=0), name="loan_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(state="in_force") | Q(principal_balance=0, settled_on__isnull=False),
                name="settled_loan_owes_nothing",
            ),
        ]
        indexes = [
            models.Index(
                fields=["state", "next_unpaid_due_on"],
                include=[
                    "id",
                    "principal_balance",
                    "legal_entity",
                    "carrying",
                    "department",
                    "owner",
                    "dealer",
                    "customer",
                ],
                name="loan_standing",
            ),
            models.Index(fields=["department", "-disbursed_on"], name="loan_department"),
            models.Index(fields=["dealer", "-disbursed_on"], name="loan_dealer"),
            models.Index(fields=["customer"], name="loan_customer"),
            models.Index(fields=["owner", "-disbursed_on"], name="loan_owner"),
            models.Index(fields=["-disbursed_on", "-id"], name="loan_latest"),
            models.Index(fields=["state", "-disbursed_on"], name="loan_state"),
            models.Index(fields=["product_code", "-disbursed_on"], name="loan_product"),
            models.Index(fields=["next_unpaid_due_on", "id"], name="loan_next_unpaid"),
            models.Index(fields=["principal_balance", "id"], name="loan_balance"),
            models.Index(fields=["settled_on", "id"], name="loan_settled"),
            models.Index(fields=["carrying", "id"], condition=~Q(carrying=PERFORMING), name="loan_carried_otherwise"),
            models.Index(
                fields=["legal_entity", "carrying", "id"],
                include=[
                    "product_code",
                    "day_count",
                    "exact_scale",
                    "state",
                    "disbursed_on",
                    "next_unpaid_due_on",
                    "principal_balance",
                    "unapplied",
                    "interest_waived",
                    "fee_outstanding",
                    "claim_kept",
                ],
                name="loan_books",
            ),
            prefix_index("loan_no", "loan_no_prefix"),
            prefix_index("contract_no", "loan_contract_prefix"),
        ]


class Instalment(models.Model):
    """One row of the plan as it now stands, with what has been paid on it: a cache of the replay.

    ``exact`` over the loan's ``exact_scale`` is the row's interest before rounding, from which daily accrual comes;
    ``carried`` is the part of ``interest`` that was earned before ``starts_on``, the day of a change.
    """

    loan = models.ForeignKey(Loan, on_delete=models.CASCADE, related_name="instalments", db_index=False)
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12)
    no = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    due_on = models.DateField()
    days = models.PositiveSmallIntegerField()
    principal = FenField()
    interest = FenField()
    fee = FenField()
    balance = FenField()
    exact = models.DecimalField(max_digits=60, decimal_places=0)
    carried = FenField(default=0)
    principal_paid = FenField(default=0)
    interest_paid = FenField(default=0)
    fee_paid = FenField(default=0)
    settled_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["loan", "position"], name="instalment_once")]
        indexes = [
            models.Index(fields=["due_on"], name="instalment_due"),
            models.Index(
                fields=["starts_on", "due_on"],
                include=["loan", "days", "interest", "exact", "carried"],
                name="instalment_running",
            ),
            models.Index(fields=["due_on"], condition=_IS_LONG, name="instalment_running_long"),
            models.Index(fields=["starts_on"], condition=Q(carried__gt=0), name="instalment_carrying"),
            models.Index(fields=["due_on"], condition=Q(settled_on=None), name="instalment_open"),
            models.Index(
                fields=["loan"],
                condition=Q(settled_on__isnull=False) & ~Q(interest=F("interest_paid")),
                name="instalment_settled_short",
            ),
        ]


class LoanEvent(models.Model):
    """A fact of a loan's life, as the replay reads it. Append-only; ``on`` is the value date."""

    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="events")
    event_no = models.CharField(max_length=24, unique=True)
    kind = models.CharField(max_length=24)
    on = models.DateField()
    payload = models.JSONField()
    entered_on = models.DateField(help_text="the business date of entry")
    entered_by = models.CharField(max_length=64)
    entered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["entered_on", "loan"], include=["kind"], name="event_entered")]


class Posting(models.Model):
    """A split of money that has been told to the books. One that no longer holds is reversed, never changed.

    ``era`` is the loan's carrying under which it was told.
    ``told_in`` is the event of the month's sum in which a loan that was taken over told it; empty: by itself.
    """

    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="postings")
    event_no = models.CharField(max_length=60, unique=True)
    key = models.CharField(max_length=40)
    on = models.DateField()
    kind = models.CharField(max_length=32)
    amounts = models.JSONField()
    bank_account = models.CharField(max_length=24, blank=True)
    era = models.PositiveSmallIntegerField(default=0)
    is_reversed = models.BooleanField(default=False)
    told_in = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["loan", "key", "on"], condition=Q(is_reversed=False), name="posting_stands_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["loan"],
                condition=Q(kind__in=["sold_receipt_posted", "sold_overpayment_applied"]),
                name="posting_of_sold",
            )
        ]
