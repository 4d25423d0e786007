"""Tables of the platform, one file per subject."""

from axle.platform.models.approval import ApprovalPolicy, PendingCommand
from axle.platform.models.files import StoredFile
from axle.platform.models.identity import ApiToken, Role, RoleGrant, SignIn, User
from axle.platform.models.organisation import Department, Employee, LegalEntity, Position
from axle.platform.models.runtime import (
    BusinessDay,
    EodSetAside,
    EodStepRun,
    IdempotencyRecord,
    OperationLog,
    OperationSeal,
    RateCounter,
)
from axle.platform.models.settings import Dictionary, DictionaryItem, ParameterValue

__all__ = [
    "ApiToken",
    "ApprovalPolicy",
    "BusinessDay",
    "Department",
    "Dictionary",
    "DictionaryItem",
    "Employee",
    "EodSetAside",
    "EodStepRun",
    "IdempotencyRecord",
    "LegalEntity",
    "OperationLog",
    "OperationSeal",
    "ParameterValue",
    "PendingCommand",
    "Position",
    "RateCounter",
    "Role",
    "RoleGrant",
    "SignIn",
    "StoredFile",
    "User",
]
