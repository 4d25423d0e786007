"""Early warnings of loans in force, and what happened to each."""

from enum import StrEnum

from django.db import models
from django.db.models import Q

from axle.platform.fields import FenField, RateField, prefix_index
from axle.servicing.domain.warnings import (
    ValueBasis,
    WarningCause,
    WarningLevel,
    WarningMeasure,
    WarningState,
    WarningStepKind,
)
from axle.servicing.models.loans import Loan
from axle.servicing.models.scoped import Scoped


def _choices(names: type[StrEnum]) -> list[tuple[str, str]]:
    return [(one.value, one.value) for one in names]


class LoanWarning(Scoped):
    """An early warning (贷后预警): a loan and a cause, one at a time.

    ``is_watched`` as long as it is not closed, and while the cause of one that a person closed is still there: that
    is told again only when it gets worse. ``closed_by_step`` says what closed it. Figures are those of the last day
    on which the rules found the cause: for a car its present value and what that starts from, ``ltv_rate`` the
    principal over it, ``threshold_rate`` the ratio that was reached, ``fall_rate`` how far prices fell since the loan
    was disbursed; for an id the last day on which it is valid.
    """

    warning_no = models.CharField(max_length=24, unique=True)
    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="warnings")
    cause = models.CharField(max_length=12, choices=_choices(WarningCause))
    level = models.CharField(max_length=8, choices=_choices(WarningLevel))
    state = models.CharField(max_length=12, choices=_choices(WarningState), default=WarningState.OPEN)
    is_watched = models.BooleanField(default=True)
    raised_on = models.DateField()
    level_since = models.DateField()
    due_on = models.DateField()
    principal_balance = FenField()
    value_basis = models.CharField(max_length=10, choices=_choices(ValueBasis), blank=True)
    valued_on = models.DateField(null=True)
    value_then = FenField(null=True)
    present_value = FenField(null=True)
    ltv_rate = RateField(null=True)
    threshold_rate = RateField(null=True)
    fall_rate = RateField(null=True)
    valid_until = models.DateField(null=True)
    acknowledged_by = models.CharField(max_length=64, blank=True)
    acknowledged_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=500, blank=True)
    measure = models.CharField(max_length=16, choices=_choices(WarningMeasure), blank=True)
    closed_on = models.DateField(null=True)
    closed_by_step = models.CharField(max_length=12, choices=_choices(WarningStepKind), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["loan", "cause"], condition=Q(is_watched=True), name="loan_warning_once"),
            models.CheckConstraint(
                condition=(
                    ~Q(state="closed") & Q(is_watched=True, closed_on=None, closed_by_step="")
                    | Q(state="closed", closed_on__isnull=False) & ~Q(closed_by_step="")
                ),
                name="loan_warning_closed_by_something",
            ),
            models.CheckConstraint(
                condition=(
                    Q(cause="car_value", present_value__gt=0, ltv_rate__isnull=False, valued_on__isnull=False)
                    | Q(cause="id_expiry", valid_until__isnull=False)
                ),
                name="loan_warning_has_its_figures",
            ),
            models.CheckConstraint(
                condition=Q(closed_by_step="handled") & ~Q(measure="") | ~Q(closed_by_step="handled") & Q(measure=""),
                name="loan_warning_handled_by_a_measure",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_on", "id"], name="loan_warning_state"),
            models.Index(fields=["due_on", "id"], name="loan_warning_due"),
            models.Index(fields=["-raised_on", "-id"], name="loan_warning_latest"),
            models.Index(fields=["ltv_rate", "id"], name="loan_warning_ltv"),
            models.Index(fields=["loan", "-raised_on"], name="loan_warning_loan"),
            models.Index(fields=["cause", "loan"], condition=Q(is_watched=True), name="loan_warning_watched"),
            prefix_index("warning_no", "loan_warning_no_prefix"),
        ]


class LoanWarningStep(models.Model):
    """What happened to a warning, by the rules of a day or by a person. Append-only; nobody entered what rules did."""

    warning = models.ForeignKey(LoanWarning, on_delete=models.PROTECT, related_name="steps")
    on = models.DateField()
    kind = models.CharField(max_length=12, choices=_choices(WarningStepKind))
    level = models.CharField(max_length=8, choices=_choices(WarningLevel))
    ltv_rate = RateField(null=True)
    measure = models.CharField(max_length=16, choices=_choices(WarningMeasure), blank=True)
    note = models.CharField(max_length=500, blank=True)
    entered_by = models.CharField(max_length=64, blank=True)
    entered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["-on", "-id"], name="loan_warning_step_latest")]
