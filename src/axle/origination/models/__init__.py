"""Tables of origination, one file per subject."""

from axle.origination.models.applications import Application, ApplicationRound
from axle.origination.models.behaviour import ExtraCheck, FormBehaviour
from axle.origination.models.contracts import Contract
from axle.origination.models.devices import DeviceSession
from axle.origination.models.disbursements import ConditionDefinition, Disbursement, DisbursementCondition
from axle.origination.models.holds import OfferHold
from axle.origination.models.signings import ConsentLetter, SigningSession
from axle.origination.models.traits import ApplicationGuarantor, ApplicationTrait

__all__ = [
    "Application",
    "ApplicationGuarantor",
    "ApplicationRound",
    "ApplicationTrait",
    "ConditionDefinition",
    "ConsentLetter",
    "Contract",
    "DeviceSession",
    "Disbursement",
    "DisbursementCondition",
    "ExtraCheck",
    "FormBehaviour",
    "OfferHold",
    "SigningSession",
]
