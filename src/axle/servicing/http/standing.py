"""How loans stand: classes and stages, their history, proposals and decisions."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import DateField, F, IntegerField, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Greatest
from pydantic import BaseModel, Field

from axle.kernel.types import Yuan
from axle.platform.listing import Col, Listing
from axle.platform.public import Actor, Ctx, Input, business_date, parameter_value
from axle.servicing import permissions as may
from axle.servicing.domain.standing import REASONS
from axle.servicing.http.base import api, one_of
from axle.servicing.models import (
    Carrying,
    ClassProposal,
    LoanProvision,
    LoanStanding,
    ProposalState,
    ProvisionMonth,
    RiskClass,
    StandingChange,
)
from axle.servicing.parameters import OBSERVATION_MONTHS
from axle.servicing.selectors.standings import allowance_of
from axle.servicing.selectors.visible import loan_visible, loans_visible
from axle.servicing.services.class_propose import class_propose as proposing
from axle.servicing.services.class_review import class_approve as approving
from axle.servicing.services.class_review import class_reject as rejecting


class ClassProposeIn(Input):
    """Another class, why, and until when it holds against the rules."""

    loan_no: str = Field(max_length=24)
    risk_class: RiskClass
    note: str = Field(min_length=2, max_length=200)
    holds_until: date


class ClassDecideIn(Input):
    """Proposals decided together, such as those of one day."""

    proposal_nos: list[str] = Field(min_length=1, max_length=200)
    opinion: str = Field("", max_length=200)


class ClassApproveIn(Input):
    proposal_no: str = Field(max_length=24)
    opinion: str = Field("", max_length=200)


class ClassRejectIn(Input):
    proposal_no: str = Field(max_length=24)
    opinion: str = Field(min_length=2, max_length=200)


class ClassProposalOut(BaseModel):
    proposal_no: str
    state: ProposalState


class ClassDecidedOut(BaseModel):
    decided: int


class AllowanceOut(BaseModel):
    """What is held against a loan since the last month's end, by its stage then; empty before the first one."""

    provided_on: date | None = None
    stage: int | None = None
    allowance: Yuan | None = None


def _out(proposal: ClassProposal) -> ClassProposalOut:
    return ClassProposalOut(proposal_no=proposal.proposal_no, state=ProposalState(proposal.state))


_OBSERVED_UNTIL = """
(SELECT (max(change.executed_on) + make_interval(months => %s))::date FROM servicing_loanchange AS change
 WHERE change.loan_id = servicing_loanstanding.loan_id AND change.kind = 'restructuring' AND change.state = 'executed')
"""


def standings_visible(actor: Actor) -> QuerySet[LoanStanding]:
    """The standings in the actor's data scope, with the days past due on the business date."""
    rows = actor.scope(may.CLASS_VIEW).filter(LoanStanding.objects.all(), channel="dealer_id")
    late = RawSQL("greatest(%s - servicing_loan.next_unpaid_due_on, 0)", [business_date()], output_field=IntegerField())
    days = Greatest(late, Value(0))
    observed = RawSQL(_OBSERVED_UNTIL, [parameter_value(OBSERVATION_MONTHS.code)], output_field=DateField())
    worst = Greatest(F("loan__worst_days"), days)
    return rows.select_related("loan").annotate(days_past_due=days, worst_days=worst, observed_until=observed)


def proposals_visible(actor: Actor) -> QuerySet[ClassProposal]:
    """The proposals in the actor's data scope."""
    return actor.scope(may.CLASS_VIEW).filter(ClassProposal.objects.all(), channel="dealer_id")


def changes_of_standing_visible(actor: Actor) -> QuerySet[StandingChange]:
    """The history of the loans in scope."""
    return StandingChange.objects.filter(loan__in=loans_visible(actor))


def provisions_visible(actor: Actor) -> QuerySet[LoanProvision]:
    """The provisions of the loans in the actor's data scope."""
    return actor.scope(may.CLASS_VIEW).filter(LoanProvision.objects.all(), channel="dealer_id")


def _visible(actor: Actor, proposal_no: str) -> None:
    one_of(proposals_visible(actor), "class_proposal", proposal_no=proposal_no)


@api.query("loan_allowance", "/loans/{loan_no}/allowance", permission=may.PROVISION_VIEW)
def loan_allowance(actor: Actor, loan_no: str) -> AllowanceOut:
    """The allowance of one loan (减值准备)."""
    held = allowance_of(loan_visible(actor, loan_no))
    return AllowanceOut(provided_on=held.on, stage=held.stage, allowance=held.amount) if held else AllowanceOut()


@api.command("class_propose", permission=may.CLASS_PROPOSE, subject="classproposal")
def class_propose(ctx: Ctx, data: ClassProposeIn) -> ClassProposalOut:
    loan_visible(ctx.actor, data.loan_no)
    return _out(
        proposing(
            actor=ctx.actor,
            loan_no=data.loan_no,
            risk_class=data.risk_class,
            note=data.note,
            holds_until=data.holds_until,
        )
    )


@api.command("class_approve", permission=may.CLASS_REVIEW, subject="classproposal")
def class_approve(ctx: Ctx, data: ClassApproveIn) -> ClassProposalOut:
    _visible(ctx.actor, data.proposal_no)
    return _out(approving(actor=ctx.actor, proposal_no=data.proposal_no, opinion=data.opinion))


@api.command("class_reject", permission=may.CLASS_REVIEW, subject="classproposal")
def class_reject(ctx: Ctx, data: ClassRejectIn) -> ClassProposalOut:
    _visible(ctx.actor, data.proposal_no)
    return _out(rejecting(actor=ctx.actor, proposal_no=data.proposal_no, opinion=data.opinion))


@api.command("classes_approve", permission=may.CLASS_REVIEW, subject="classproposal")
def classes_approve(ctx: Ctx, data: ClassDecideIn) -> ClassDecidedOut:
    """Approve several proposals at once: all of them, or none."""
    for proposal_no in data.proposal_nos:
        _visible(ctx.actor, proposal_no)
        approving(actor=ctx.actor, proposal_no=proposal_no, opinion=data.opinion)
    return ClassDecidedOut(decided=len(data.proposal_nos))


def _is_open(row: Mapping[str, Any]) -> bool:
    return bool(row["state"] == ProposalState.PROPOSED)


def _provisions(actor: Actor) -> QuerySet[ProvisionMonth]:
    """Sums over all loans of a company: they are read whole, or not at all."""
    return actor.scope(may.PROVISION_VIEW).filter(ProvisionMonth.objects.all(), department=None, owner=None)


_LOAN = [
    Col("loan_no", source="loan__loan_no"),
    Col("contract_no", source="loan__contract_no"),
    Col("customer_name", source="loan__customer__name"),
]
_SEARCH = ["loan__loan_no", "loan__contract_no", "loan__customer__name"]

api.listing(
    Listing(
        name="loan_standings",
        is_growing=True,
        permission=may.CLASS_VIEW,
        queryset=standings_visible,
        columns=[
            *_LOAN,
            Col("risk_class", "enum", enum="RiskClass", choices=RiskClass.values),
            Col("stage", "integer"),
            Col("carrying", "enum", enum="Carrying", choices=Carrying.values, source="loan__carrying"),
            Col("days_past_due", "integer", is_sortable=False),
            Col("worst_days", "integer", is_sortable=False),
            Col("principal_balance", "money", source="loan__principal_balance", is_sortable=False),
            Col("reason", "enum", enum="StandingReason", choices=list(REASONS), is_sortable=False),
            Col("class_since", "date"),
            Col("stage_since", "date", is_sortable=False),
            Col("held_until", "date", is_sortable=False),
            Col("observed_until", "date", is_sortable=False),
        ],
        search=_SEARCH,
        filters=["risk_class", "stage", "carrying", "class_since"],
        totals=["principal_balance"],
        default_sort="-class_since",
        toolbar=["class_propose"],
        row_link="/loan/loans/{loan_no}",
        tabs="risk_class",
    )
)
api.listing(
    Listing(
        name="class_proposals",
        is_growing=True,
        permission=may.CLASS_VIEW,
        queryset=proposals_visible,
        columns=[
            Col("proposal_no"),
            *_LOAN,
            Col("class_before", "enum", enum="RiskClass", choices=RiskClass.values),
            Col("class_after", "enum", enum="RiskClass", choices=RiskClass.values),
            Col("reason", "enum", enum="StandingReason", choices=list(REASONS), is_sortable=False),
            Col("note", is_sortable=False),
            Col("holds_until", "date", is_sortable=False),
            Col("state", "enum", enum="ProposalState", choices=ProposalState.values),
            Col("proposed_on", "date"),
            Col("proposed_by", is_sortable=False),
            Col("reviewed_by", is_sortable=False),
            Col("opinion", is_sortable=False),
        ],
        search=["proposal_no", *_SEARCH],
        filters=["state", "class_before", "class_after", "proposed_on", "loan_no"],
        default_sort="-proposed_on",
        tabs="state",
        row_actions=["class_approve", "class_reject"],
        row_rules={
            name: lambda row: row["state"] == ProposalState.PROPOSED for name in ("class_approve", "class_reject")
        },
    )
)
api.listing(
    Listing(
        name="standing_changes",
        is_growing=True,
        permission=may.CLASS_VIEW,
        queryset=changes_of_standing_visible,
        columns=[
            Col("on", "date"),
            *_LOAN,
            Col("class_before", "enum", enum="RiskClass", choices=RiskClass.values),
            Col("class_after", "enum", enum="RiskClass", choices=RiskClass.values),
            Col("stage_before", "integer", is_sortable=False),
            Col("stage_after", "integer", is_sortable=False),
            Col("reason", "enum", enum="StandingReason", choices=list(REASONS), is_sortable=False),
            Col("note", is_sortable=False),
            Col("changed_by", source="entered_by", is_sortable=False),
        ],
        search=_SEARCH,
        filters=["on", "class_before", "class_after", "loan_no"],
        default_sort="-on",
    )
)
api.listing(
    Listing(
        name="provisions",
        permission=may.PROVISION_VIEW,
        queryset=_provisions,
        columns=[
            Col("business_on", "date"),
            Col("legal_entity", source="legal_entity__name", is_sortable=False),
            Col("product_code"),
            Col("stage", "integer"),
            Col("loans", "integer"),
            Col("principal_balance", "money"),
            Col("provision", "money"),
            Col("general_reserve", "money"),
        ],
        filters=["business_on", "product_code", "stage"],
        totals=["principal_balance", "provision", "general_reserve"],
        default_sort="-business_on",
    )
)
api.listing(
    Listing(
        name="loan_provisions",
        is_growing=True,
        permission=may.CLASS_VIEW,
        queryset=provisions_visible,
        columns=[
            Col("business_on", "date"),
            *_LOAN,
            Col("stage", "integer", is_sortable=False),
            Col("principal_balance", "money", is_sortable=False),
            Col("provision", "money", is_sortable=False),
        ],
        search=_SEARCH,
        filters=["business_on", "stage", "loan_no"],
        totals=["principal_balance", "provision"],
        default_sort="-business_on",
        row_link="/loan/loans/{loan_no}",
    )
)
