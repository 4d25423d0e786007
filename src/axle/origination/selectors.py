"""Reads of origination, each with an explicit scope."""

from django.db.models import QuerySet

from axle.decisioning.public import DECISION_VIEW
from axle.origination.models import Application, Contract, Disbursement
from axle.origination.permissions import (
    APPLICATION_VIEW,
    CONTRACT_SIGN,
    CONTRACT_VIEW,
    DISBURSEMENT_VIEW,
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


def disbursements_in(scope: DataScope) -> QuerySet[Disbursement]:
    """Disbursements that a scope reaches."""
    return scope.filter(Disbursement.objects.all(), channel="dealer_id")


def disbursements_visible(actor: Actor) -> QuerySet[Disbursement]:
    """Disbursements that the actor may look at."""
    return disbursements_in(actor.scope(DISBURSEMENT_VIEW))
