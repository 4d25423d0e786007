"""Permissions of the platform, and the register of everyone's."""

PERMISSIONS: dict[str, str] = {}
INSTITUTIONAL: set[str] = set()
"""Permissions on what the whole institution shares; a grant narrower than ``all`` carries out nothing."""


def declare_permissions(context: str, *names: str) -> tuple[str, ...]:
    """Register a context's permissions; each name is ``<context>.<noun>.<verb>``."""
    for name in names:
        if not name.startswith(f"{context}."):
            raise ValueError(f"permission {name} does not belong to {context}")
        PERMISSIONS[name] = context
    return names


def declare_institutional(*names: str) -> None:
    """Mark declared permissions as reaching the institution or nothing."""
    INSTITUTIONAL.update(names)


ORGANISATION_VIEW = "platform.organisation.view"
ORGANISATION_MANAGE = "platform.organisation.manage"
USER_VIEW = "platform.user.view"
USER_MANAGE = "platform.user.manage"
ROLE_VIEW = "platform.role.view"
ROLE_MANAGE = "platform.role.manage"
PARAMETER_VIEW = "platform.parameter.view"
PARAMETER_SET = "platform.parameter.set"
DICTIONARY_VIEW = "platform.dictionary.view"
DICTIONARY_MANAGE = "platform.dictionary.manage"
OPERATION_LOG_VIEW = "platform.operation_log.view"
JOB_VIEW = "platform.job.view"
JOB_MANAGE = "platform.job.manage"
EOD_VIEW = "platform.eod.view"
EOD_RUN = "platform.eod.run"
APPROVAL_POLICY_MANAGE = "platform.approval_policy.manage"
PENDING_COMMAND_VIEW = "platform.pending_command.view"
FILE_UPLOAD = "platform.file.upload"
ACCOUNT_SELF = "platform.account.self"

declare_permissions(
    "platform",
    ORGANISATION_VIEW,
    ORGANISATION_MANAGE,
    USER_VIEW,
    USER_MANAGE,
    ROLE_VIEW,
    ROLE_MANAGE,
    PARAMETER_VIEW,
    PARAMETER_SET,
    DICTIONARY_VIEW,
    DICTIONARY_MANAGE,
    OPERATION_LOG_VIEW,
    JOB_VIEW,
    JOB_MANAGE,
    EOD_VIEW,
    EOD_RUN,
    APPROVAL_POLICY_MANAGE,
    PENDING_COMMAND_VIEW,
    FILE_UPLOAD,
    ACCOUNT_SELF,
)
declare_institutional(
    ROLE_MANAGE,
    PARAMETER_SET,
    DICTIONARY_MANAGE,
    JOB_MANAGE,
    EOD_RUN,
    APPROVAL_POLICY_MANAGE,
)
