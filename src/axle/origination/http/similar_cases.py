"""Similar past cases over HTTP."""

from datetime import datetime
from decimal import Decimal

from pydantic import BaseModel

from axle.decisioning.public import DECISION_VIEW
from axle.kernel.rounding import round_rate
from axle.kernel.types import RateStr, Yuan
from axle.origination.domain.lifecycle import ApplicationState
from axle.origination.domain.similar_cases import BASIS
from axle.origination.http.application_detail import application_visible
from axle.origination.http.base import api
from axle.origination.services.similar_cases_find import SimilarCase, SimilarCases, similar_cases_find
from axle.platform.errors import NotFound
from axle.platform.public import Actor


class PastLoanOut(BaseModel):
    """How the loan of a past case stands."""

    loan_no: str
    loan_state: str
    days_overdue: int
    worst_days: int
    is_written_off: bool
    principal_balance: Yuan


class SimilarCaseOut(BaseModel):
    """A past case that is like the one looked at."""

    application_id: int
    application_no: str
    applicant_name: str
    application_state: ApplicationState
    is_automatic: bool
    score: int | None
    amount: Yuan
    down_payment_rate: RateStr | None
    vehicle_title: str
    decided_at: datetime
    past_loan: PastLoanOut | None


class SimilarCasesOut(BaseModel):
    """The latest decided cases of the same product, class and kind of vehicle, with a score and a share of down payment
    between these; counted over at most fifty, of those that the reader may look at."""

    vehicle_class: str
    is_new: bool
    score_from: int | None
    score_to: int | None
    share_from: RateStr | None
    share_to: RateStr | None
    cases_found: int
    cases_approved: int
    cases_declined: int
    approval_rate: RateStr | None
    cases_paid_out: int
    cases_overdue: int
    cases_defaulted: int
    cases: list[SimilarCaseOut]


@api.query("application_similar_cases", "/applications/{application_id}/similar-cases", permission=DECISION_VIEW)
def application_similar_cases(actor: Actor, application_id: int) -> SimilarCasesOut:
    """Similar past cases: how they were decided, and how their loans stand. Errors: NotFound, also for a draft."""
    found = similar_cases_find(actor, application_visible(actor, application_id))
    if found is None:
        raise NotFound(what="application")
    return _out(found)


def _out(found: SimilarCases) -> SimilarCasesOut:
    scores, shares = found.like.scores or (None, None), found.like.shares_bps or (None, None)
    counted = found.outcomes
    return SimilarCasesOut(
        vehicle_class=found.like.vehicle_class,
        is_new=found.like.is_new,
        score_from=scores[0],
        score_to=scores[1],
        share_from=_share(shares[0]),
        share_to=_share(shares[1]),
        cases_found=counted.cases,
        cases_approved=counted.approved,
        cases_declined=counted.declined,
        approval_rate=counted.approval_rate,
        cases_paid_out=counted.paid_out,
        cases_overdue=counted.overdue,
        cases_defaulted=counted.defaulted,
        cases=[_case(case) for case in found.cases],
    )


def _share(bps: int | None) -> Decimal | None:
    return None if bps is None else Decimal(bps) / BASIS


def _case(case: SimilarCase) -> SimilarCaseOut:
    rate = round_rate(Decimal(case.down_payment) / case.vehicle_price, 4) if case.vehicle_price else None
    loan = case.loan
    return SimilarCaseOut(
        application_id=case.application_id,
        application_no=case.application_no,
        applicant_name=case.applicant_name,
        application_state=ApplicationState(case.state),
        is_automatic=case.is_automatic,
        score=case.score,
        amount=case.amount,
        down_payment_rate=rate,
        vehicle_title=case.vehicle_title,
        decided_at=case.decided_at,
        past_loan=PastLoanOut(
            loan_no=loan.loan_no,
            loan_state=loan.state,
            days_overdue=loan.days_overdue,
            worst_days=loan.worst_days,
            is_written_off=loan.is_written_off,
            principal_balance=loan.principal_balance,
        )
        if loan
        else None,
    )
