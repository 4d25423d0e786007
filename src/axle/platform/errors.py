"""Conditions that the platform refuses; sentences are in the locale catalogues."""

from axle.kernel.errors import AxleError


class NotSignedIn(AxleError):
    """No session and no token."""

    code = "not_signed_in"
    http_status = 401


class SignInRefused(AxleError):
    """Wrong name, password or one-time code; deliberately does not say which."""

    code = "sign_in_refused"
    http_status = 401


class TotpRequired(AxleError):
    """The account asks for a one-time code."""

    code = "totp_required"
    http_status = 401


class AccountLocked(AxleError):
    """Too many failed attempts; opens again at ``until``."""

    code = "account_locked"
    http_status = 423


class TooManyRequests(AxleError):
    """The rate limit of this action is used up."""

    code = "too_many_requests"
    http_status = 429


class PermissionMissing(AxleError):
    """The actor's roles do not grant ``permission``."""

    code = "permission_missing"
    http_status = 403


class ScopeTooNarrow(AxleError):
    """The command is about the whole institution, the grant of ``permission`` reaches a part of it."""

    code = "scope_too_narrow"
    http_status = 403


class NotFound(AxleError):
    """No such row, or none that this actor may see."""

    code = "not_found"
    http_status = 404


class StaleVersion(AxleError):
    """The row changed since the form was opened."""

    code = "stale_version"
    http_status = 409


class IdempotencyKeyReused(AxleError):
    """The same key came with a different request."""

    code = "idempotency_key_reused"
    http_status = 409


class MakerMayNotCheck(AxleError):
    """Registration and review need two people (登记/复核)."""

    code = "maker_may_not_check"
    http_status = 403


class CheckerMustBeEmployee(AxleError):
    """Only a person on the staff may check what another registered."""

    code = "checker_must_be_employee"
    http_status = 403


class PendingCommandClosed(AxleError):
    """The registration has already been approved, rejected or withdrawn."""

    code = "pending_command_closed"
    http_status = 409


class InputInvalid(AxleError):
    """The input does not fit its schema; ``errors`` names each field."""

    code = "input_invalid"


class UnknownCommand(AxleError):
    code = "unknown_command"
    http_status = 404


class UnknownParameter(AxleError):
    code = "unknown_parameter"


class ParameterValueInvalid(AxleError):
    code = "parameter_value_invalid"


class DictionaryItemUnknown(AxleError):
    """The dictionary has no such value on that date."""

    code = "dictionary_item_unknown"


class UploadRefused(AxleError):
    """The file is empty, too large, broken, or not of an allowed type by its content."""

    code = "upload_refused"


class FileDamaged(AxleError):
    """The stored bytes are not those that were uploaded."""

    code = "file_damaged"
    http_status = 500


class FileStoreUnavailable(AxleError):
    """The file store does not answer or refuses; nothing was kept."""

    code = "file_store_unavailable"
    http_status = 503


class ExportTooLarge(AxleError):
    """More rows than a spreadsheet export takes; CSV has no limit."""

    code = "export_too_large"


class EmployeeHasLeft(AxleError):
    code = "employee_has_left"


class OwnAccount(AxleError):
    """Nobody locks or resets their own account: another administrator does it."""

    code = "own_account"
    http_status = 409


class PolicyAmountUnknown(AxleError):
    """The command has no amount, so no amount can decide whether it needs a second person."""

    code = "policy_amount_unknown"


class EodDateRefused(AxleError):
    """The end of day closes dates from the business date up to today."""

    code = "eod_date_refused"


class NameTaken(AxleError):
    """The code or name is already in use."""

    code = "name_taken"
    http_status = 409


class TokenExpiryRefused(AxleError):
    """A machine token ends in the past, or later than the institution allows."""

    code = "token_expiry_refused"


class EmployeeRequired(AxleError):
    """A sign-in of the staff belongs to an employee, so that one person cannot be two."""

    code = "employee_required"


class PasswordRefused(AxleError):
    """The password breaks a rule; ``reason`` says which."""

    code = "password_refused"


class DepartmentCycle(AxleError):
    """A department cannot be moved below itself."""

    code = "department_cycle"


class StateRefused(AxleError):
    """The action is not possible in the row's present state."""

    code = "state_refused"
    http_status = 409


class ActorHasNoDepartment(AxleError):
    """The account belongs to no department, so what it enters would belong to nobody."""

    code = "actor_has_no_department"
    http_status = 409


class VersionNotReady(AxleError):
    """The version is not in the state from which it can be put into force."""

    code = "version_not_ready"
    http_status = 409


class VersionNotInForce(AxleError):
    """Only a version in force is taken out of it."""

    code = "version_not_in_force"
    http_status = 409


class VersionDatePassed(AxleError):
    """A version goes into or out of force on the business date or later, never in the past."""

    code = "version_date_passed"


class VersionDateOverlaps(AxleError):
    """The version now in force begins later; take that one out of force first."""

    code = "version_date_overlaps"
    http_status = 409
