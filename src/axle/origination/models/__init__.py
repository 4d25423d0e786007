"""Tables of origination, one file per subject."""

from axle.origination.models.applications import Application, ApplicationRound
from axle.origination.models.contracts import Contract, SigningSession
from axle.origination.models.disbursements import ConditionDefinition, Disbursement, DisbursementCondition

__all__ = [
    "Application",
    "ApplicationRound",
    "ConditionDefinition",
    "Contract",
    "Disbursement",
    "DisbursementCondition",
    "SigningSession",
]
