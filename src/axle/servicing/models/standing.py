"""How loans stand: class and stage, their changes, and proposals of another class."""

from django.db import models
from django.db.models import Q

from axle.servicing.models.loans import Loan
from axle.servicing.models.scoped import Scoped


class RiskClass(models.TextChoices):
    """The five classes (五级分类), from the best to the worst."""

    NORMAL = "normal"
    SPECIAL_MENTION = "special_mention"
    SUBSTANDARD = "substandard"
    DOUBTFUL = "doubtful"
    LOSS = "loss"


class LoanStanding(Scoped):
    """How a loan stands that is or was anything but normal; a loan without a row is normal and in stage 1.

    Written only when something of it changes. ``better_since`` is the day from which the rules would have it better;
    until ``held_until`` a person's word holds against the rules.
    """

    loan = models.OneToOneField(Loan, on_delete=models.PROTECT, related_name="standing")
    risk_class = models.CharField(max_length=16, choices=RiskClass, default=RiskClass.NORMAL)
    class_since = models.DateField()
    stage = models.PositiveSmallIntegerField(default=1)
    stage_since = models.DateField()
    reason = models.CharField(max_length=24, blank=True)
    better_since = models.DateField(null=True)
    held_until = models.DateField(null=True)
    held_rank = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(stage__gte=1, stage__lte=3), name="standing_stage")]
        indexes = [
            models.Index(fields=["risk_class", "-class_since", "id"], name="standing_class"),
            models.Index(fields=["stage", "id"], name="standing_stage_of"),
            models.Index(fields=["-class_since", "-id"], name="standing_latest"),
        ]


class StandingChange(models.Model):
    """A change of class or stage. Append-only; ``entered_by`` is empty when the rules made it."""

    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="standing_changes")
    on = models.DateField()
    class_before = models.CharField(max_length=16, choices=RiskClass)
    class_after = models.CharField(max_length=16, choices=RiskClass)
    stage_before = models.PositiveSmallIntegerField()
    stage_after = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=24)
    note = models.CharField(max_length=200, blank=True)
    entered_by = models.CharField(max_length=64, blank=True)
    entered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["-on", "-id"], name="standing_change_latest")]


class ProposalState(models.TextChoices):
    """proposed → approved, rejected, or dropped when the rules no longer ask for it."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REJECTED = "rejected"
    DROPPED = "dropped"


class ClassProposal(Scoped):
    """Another class for a loan: a better one that the rules find, or one that a person proposes with a reason.

    A person's word holds until ``holds_until``. Decided by another person.
    """

    proposal_no = models.CharField(max_length=24, unique=True)
    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="class_proposals")
    class_before = models.CharField(max_length=16, choices=RiskClass)
    class_after = models.CharField(max_length=16, choices=RiskClass)
    reason = models.CharField(max_length=24)
    note = models.CharField(max_length=200, blank=True)
    holds_until = models.DateField(null=True)
    state = models.CharField(max_length=12, choices=ProposalState, default=ProposalState.PROPOSED)
    proposed_on = models.DateField()
    proposed_by_id = models.BigIntegerField(null=True)
    proposed_by = models.CharField(max_length=64, blank=True)
    reviewed_by = models.CharField(max_length=64, blank=True)
    reviewed_at = models.DateTimeField(null=True)
    opinion = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["loan"], condition=Q(state="proposed"), name="class_proposal_open_once")
        ]
        indexes = [
            models.Index(fields=["state", "-proposed_on", "-id"], name="class_proposal_state"),
            models.Index(fields=["-proposed_on", "-id"], name="class_proposal_latest"),
        ]
