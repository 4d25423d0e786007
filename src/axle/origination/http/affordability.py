"""What a case can afford, and what its decision suggests, over HTTP."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from axle.decisioning.public import DECISION_VIEW, DecisionView, decisions_of
from axle.kernel.money import Fen
from axle.kernel.rounding import round_rate
from axle.kernel.types import RateStr, Yuan
from axle.origination.domain.affordability import Affordability, affordability, fen_of, rate_of
from axle.origination.domain.form import ApplicationForm
from axle.origination.domain.suggestion import (
    AmountBound,
    ConditionCode,
    SuggestedCondition,
    amount_bounds,
    conditions_suggested,
)
from axle.origination.http.application_detail import application_visible
from axle.origination.http.base import api
from axle.origination.models import Application
from axle.origination.services.review_start import application_subject
from axle.platform.errors import NotFound
from axle.platform.public import Actor, text


class BurdenOut(BaseModel):
    """Income and debt a month as the decision counted them. ``dsr`` is all dues over income, ``dti`` unsecured debt
    over a year's income; ``instalment_max`` is what the income carries beside the debt."""

    stated_income: Yuan | None
    verified_income: Yuan | None
    income: Yuan
    declared_debt: Yuan | None
    debt: Yuan
    instalment: Yuan
    dues: Yuan
    money_left: Yuan
    dsr: RateStr
    dsr_refer: RateStr | None
    dsr_decline: RateStr | None
    unsecured_debt: Yuan | None
    guaranteed_debt: Yuan | None
    dti: RateStr | None
    exposure: Yuan
    instalment_max: Yuan | None


class AmountBoundOut(BaseModel):
    """How much one side would allow."""

    amount_bound: AmountBound
    amount: Yuan


class SuggestedConditionOut(BaseModel):
    """What the case would need, in words."""

    condition_code: ConditionCode
    says: str


class AffordabilityOut(BaseModel):
    """What the latest decision that the reader may see was told and found. A suggestion decides nothing."""

    record_id: int
    record_no: str
    decided_on: date
    burden: BurdenOut | None
    requested_amount: Yuan | None
    limit_amount: Yuan | None
    suggested_amount: Yuan | None
    grade: str | None
    ltv: RateStr | None
    ltv_limit: RateStr | None
    bounds: list[AmountBoundOut]
    suggested_conditions: list[SuggestedConditionOut]


@api.query("application_affordability", "/applications/{application_id}/affordability", permission=DECISION_VIEW)
def application_affordability(actor: Actor, application_id: int) -> AffordabilityOut:
    """What the case can afford, and what its latest decision suggests. Errors: NotFound, also before a decision."""
    application = application_visible(actor, application_id)
    decided = decisions_of(actor, application_subject(application))
    if not decided:
        raise NotFound(what="decision")
    return _out(application, decided[0])


def _out(application: Application, decision: DecisionView) -> AffordabilityOut:
    told, results, policy = decision.inputs, decision.results, decision.policy
    form, found = ApplicationForm.model_validate(application.form), affordability(told)
    verified = form.credit_facts.verified_income if form.credit_facts else None
    conditions = conditions_suggested(told, results, policy, found, is_income_proven=verified is not None)
    return AffordabilityOut(
        record_id=decision.record_id,
        record_no=decision.record_no,
        decided_on=decision.decided_on,
        burden=_burden(found, form, policy) if found else None,
        requested_amount=fen_of(told.get("loan_amount_fen")),
        limit_amount=fen_of(results.get("limit_amount_fen")),
        suggested_amount=fen_of(results.get("suggested_amount_fen")),
        grade=results.get("grade"),
        ltv=_shown(rate_of(results.get("ltv_rate"))),
        ltv_limit=rate_of(results.get("ltv_limit_rate")),
        bounds=[
            AmountBoundOut(amount_bound=bound, amount=amount)
            for bound, amount in amount_bounds(told, results, policy, found)
        ],
        suggested_conditions=[_condition(condition) for condition in conditions],
    )


def _burden(found: Affordability, form: ApplicationForm, policy: Mapping[str, Any]) -> BurdenOut:
    share = rate_of(policy.get("dsr_refer_rate"))
    return BurdenOut(
        stated_income=found.stated_income,
        verified_income=form.credit_facts.verified_income if form.credit_facts else None,
        income=found.income,
        declared_debt=form.customer.monthly_debt,
        debt=found.debt,
        instalment=found.instalment,
        dues=found.dues,
        money_left=found.money_left,
        dsr=found.dsr,
        dsr_refer=share,
        dsr_decline=rate_of(policy.get("dsr_decline_rate")),
        unsecured_debt=found.unsecured,
        guaranteed_debt=found.guaranteed,
        dti=found.dti,
        exposure=Fen(found.exposure),
        instalment_max=found.instalment_max(share) if share is not None else None,
    )


def _shown(rate: Decimal | None) -> Decimal | None:
    """A quotient with as many places as people read."""
    return None if rate is None else round_rate(rate, 4)


def _condition(condition: SuggestedCondition) -> SuggestedConditionOut:
    said = text("text", f"suggested_condition/{condition.code}", **condition.params)
    return SuggestedConditionOut(condition_code=condition.code, says=said)
