"""Ask the strategy about a submitted application, and act on its answer."""

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta

from django.utils import timezone

from axle.decisioning.public import CaseScope, DecisionView, decide
from axle.kernel.money import Fen
from axle.origination.domain.lifecycle import SUBMITTED, application_after
from axle.origination.domain.routing import Limits, Route, route
from axle.origination.events import ApplicationDecided
from axle.origination.models import Application
from axle.origination.parameters import APPROVAL_VALID_DAYS, AUTOMATIC_APPROVAL_MAX
from axle.origination.services.application_lock import application_store, application_take
from axle.origination.services.decision_facts import (
    CaseFacts,
    CaseGround,
    answers_given,
    assigned_of,
    case_ground,
    case_told,
    decision_facts,
    ground_renewed,
    sources_spared,
)
from axle.origination.services.decision_tell import decision_tell
from axle.origination.services.extra_check_record import extra_checks_open
from axle.origination.services.offer_hold_open import ring_members_hold
from axle.origination.services.review_start import review_resume, review_start, review_stop
from axle.party.public import watch_matches_keep
from axle.platform.public import Actor, Subject, business_date, parameter_value, publish, system_actor
from axle.sources.public import Answers, enquiry_used
from axle.vehicle.public import appraisals_told, vehicle_get

DOCUMENTS_WAIT_MINUTES = 10
"""After this time a case is decided without waiting for recognition; the strategy then refers it."""


def application_decide(*, application_id: int) -> None:
    """Decide a submitted application whether or not documents are read and sources have answered: what is missing then
    sends it to people. Repeating does nothing."""
    application = application_take(application_id)
    if application.state == SUBMITTED:
        application_decide_now(application, actor=system_actor("decision"))


def application_decide_on(
    application: Application, ground: CaseGround, answers: Answers, *, waiting: Collection[str]
) -> None:
    """Decide a submitted application, locked by the caller, on what the sources just answered; ``waiting`` are those
    that were spared."""
    _decide(application, ground_renewed(application, ground), answers, waiting, actor=system_actor("decision"))


def overdue_decisions() -> list[int]:
    """Applications that have waited too long for the recognition of their documents or for their sources."""
    before = timezone.now() - timedelta(minutes=DOCUMENTS_WAIT_MINUTES)
    waiting = Application.objects.filter(state=SUBMITTED, rounds__submitted_at__lt=before)
    return list(waiting.distinct().values_list("pk", flat=True)[:200])


def application_approve(
    application: Application, *, is_automatic: bool, amount: Fen | None = None, periods: int | None = None
) -> None:
    """Approve what was asked for, or less of it; the approval is good for a number of days."""
    application.state = application_after(application.state, "approve")
    application.approved_amount = amount or application.amount
    application.approved_periods = periods or application.periods
    application.approved_on = business_date()
    application.approved_until = business_date() + timedelta(days=parameter_value(APPROVAL_VALID_DAYS.code))
    _settle(application, "approved", is_automatic=is_automatic)


def application_decline(application: Application, *, is_automatic: bool) -> None:
    """Decline for good."""
    application.state = application_after(application.state, "decline")
    _settle(application, "declined", is_automatic=is_automatic)


def approval_revoke(application: Application) -> None:
    """Take an approval back before anything was agreed on it; the applicant is told."""
    application.state = application_after(application.state, "revoke")
    _settle(application, "declined", is_automatic=False)


def application_decide_now(application: Application, *, actor: Actor) -> None:
    """Decide a submitted application, locked by the caller, on what is known."""
    ground = case_ground(application, vehicle_get(application.vehicle_id or 0))
    _decide(application, ground, answers_given(application), sources_spared(application), actor=actor)


def _decide(
    application: Application, ground: CaseGround, answers: Answers, waiting: Collection[str], *, actor: Actor
) -> None:
    facts = decision_facts(application, ground, answers, waiting=waiting)
    assigned = assigned_of(facts, business_date())
    watch_matches_keep(
        facts.hits,
        found_in=Subject("application", application.pk),
        number=application.application_no,
        on=business_date(),
    )
    appraisals_told(application.vehicle_id or 0, facts.values)
    decision = decide(
        strategy=facts.strategy,
        subject=Subject("application", application.pk),
        inputs=case_told(facts, assigned),
        on=business_date(),
        scope=CaseScope(
            legal_entity_id=application.legal_entity_id,
            department_id=application.department_id,
            owner_id=application.owner_id,
            dealer_id=application.dealer_id,
        ),
        assigned=assigned,
    )
    enquiry_used(subject=Subject("application", application.pk), round=application.round, record_no=decision.record_no)
    if waiting:  # a score of answers that nobody gave is none, and only a decline rests on what is known
        is_declined = decision.outcome == "decline"
        decision = replace(decision, score=None, outcome="decline" if is_declined else "refer")
    application.decision, application.score = decision.outcome, decision.score
    application.conditions_asked = list(decision.conditions)
    _act(application, decision, actor, facts)
    ring_members_hold(application, ground.related, decision)


def _act(application: Application, decision: DecisionView, actor: Actor, facts: CaseFacts) -> None:
    chosen = route(
        outcome=decision.outcome,
        amount=Fen(application.amount or 0),
        periods=application.periods or 0,
        limits=Limits(
            amount=decision.results.get("offer_amount_fen", decision.results.get("limit_amount_fen")),
            months=decision.results.get("term_limit_months"),
            least=facts.input.product.amount_min,
            terms=facts.input.product.terms,
            automatic_max=Fen(parameter_value(AUTOMATIC_APPROVAL_MAX.code)),
        ),
        is_under_review=application.process_id is not None,
    )
    if chosen.to == Route.DECLINE:
        review_stop(application, actor=actor)
        application_decline(application, is_automatic=True)
    elif chosen.to == Route.APPROVE:
        application_approve(application, is_automatic=True, amount=chosen.amount, periods=chosen.periods)
    elif chosen.to == Route.RESUME:
        extra_checks_open(application, decision)
        review_resume(application, actor=actor)
    else:
        extra_checks_open(application, decision)
        review_start(application, actor=actor, process_code=facts.process)


def _settle(application: Application, outcome: str, *, is_automatic: bool) -> None:
    application.decided_at, application.decided_on = timezone.now(), business_date()
    application_store(application)
    decision_tell(application, outcome)
    publish(
        ApplicationDecided(
            application_id=application.pk,
            application_no=application.application_no,
            outcome=outcome,
            is_automatic=is_automatic,
            approved_amount=Fen(application.approved_amount) if application.approved_amount else None,
        )
    )
