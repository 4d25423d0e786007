"""Reads of origination, each with an explicit scope."""

from django.db.models import QuerySet

from axle.decisioning.public import DECISION_VIEW
from axle.origination.models import Application, ConsentLetter, Contract, Disbursement, OfferHold
from axle.origination.permissions import (
    APPLICATION_VIEW,
    CONSENT_GIVE,
    CONTRACT_SIGN,
    CONTRACT_VIEW,
    DISBURSEMENT_VIEW,
    HOLD_VIEW,
    RELATION_VIEW,
)
from axle.platform.public import Actor, DataScope


def applications_in(scope: DataScope) -> QuerySet[Application]:
    """Applications that a scope reaches."""
    return scope.filter(Application.objects.all(), channel="dealer_id", customer="customer_id")


def applications_visible(actor: Actor) -> QuerySet[Application]:
    """Applications that the actor may look at."""
    return applications_in(actor.scope(APPLICATION_VIEW))


def applications_related(actor: Actor) -> QuerySet[Application]:
    """Applications that the actor may look at as relations of others: those that their cases reach, too."""
    return applications_in(actor.scope(APPLICATION_VIEW)) & applications_in(actor.scope(RELATION_VIEW))


def applications_reviewed(actor: Actor) -> QuerySet[Application]:
    """Applications of which the actor may read how they were decided."""
    return applications_in(actor.scope(APPLICATION_VIEW)) & applications_in(actor.scope(DECISION_VIEW))


def contracts_in(scope: DataScope) -> QuerySet[Contract]:
    """Contracts that a scope reaches."""
    return scope.filter(Contract.objects.all(), channel="dealer_id", customer="customer_id")


def contracts_visible(actor: Actor) -> QuerySet[Contract]:
    """Contracts that the actor may look at; the borrower sees their own while signing."""
    return contracts_in(actor.scope(CONTRACT_VIEW) | actor.scope(CONTRACT_SIGN))


def letters_in(scope: DataScope) -> QuerySet[ConsentLetter]:
    """Consent letters that a scope reaches: those of its applications, and a person's own."""
    return scope.filter(
        ConsentLetter.objects.all(),
        department="application__department_id",
        owner="application__owner_id",
        channel="application__dealer_id",
        customer="customer_id",
    )


def letters_visible(actor: Actor) -> QuerySet[ConsentLetter]:
    """Consent letters that the actor may read: of applications in sight, and their own."""
    return letters_in(actor.scope(APPLICATION_VIEW) | actor.scope(CONSENT_GIVE))


def holds_in(scope: DataScope) -> QuerySet[OfferHold]:
    """Held approvals of the applications that a scope reaches."""
    return scope.filter(
        OfferHold.objects.all(),
        department="application__department_id",
        owner="application__owner_id",
        channel="application__dealer_id",
    )


def holds_visible(actor: Actor) -> QuerySet[OfferHold]:
    """Held approvals that the actor may look at."""
    return holds_in(actor.scope(HOLD_VIEW))


def disbursements_in(scope: DataScope) -> QuerySet[Disbursement]:
    """Disbursements that a scope reaches."""
    return scope.filter(Disbursement.objects.all(), channel="dealer_id")


def disbursements_visible(actor: Actor) -> QuerySet[Disbursement]:
    """Disbursements that the actor may look at."""
    return disbursements_in(actor.scope(DISBURSEMENT_VIEW))
