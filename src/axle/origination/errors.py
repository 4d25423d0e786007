"""Conditions that origination refuses; sentences are in the locale catalogues."""

from axle.kernel.errors import AxleError
from axle.platform.errors import InputInvalid


class ApplicationIncomplete(InputInvalid):
    """The form lacks fields or has wrong ones; ``errors`` names each."""

    code = "application_incomplete"


class CreditFactsNotYours(AxleError):
    """Only staff and files enter what a bureau says."""

    code = "credit_facts_not_yours"
    http_status = 403


class DeviceNotApplicants(AxleError):
    """Only what is on the applicant's own phone tells its device; a clerk's says nothing of them."""

    code = "device_not_applicants"
    http_status = 403


class DealerNotYours(AxleError):
    """A dealer submits for itself only."""

    code = "dealer_not_yours"
    http_status = 403


class ApplicationDuplicate(AxleError):
    """Another open application has the same id number or VIN."""

    code = "application_duplicate"
    http_status = 409


class DocumentsMissing(AxleError):
    """Documents that the product or a reviewer asks for are not there; ``kinds`` lists them."""

    code = "documents_missing"


class ReviewProcessMissing(AxleError):
    """The product names a review process that is not published."""

    code = "review_process_missing"


class ReviewNotAskable(AxleError):
    """Only what a machine declined, or approved for less, is looked at again, once and within ``days``."""

    code = "review_not_askable"
    http_status = 409


class AppraisalMissing(AxleError):
    """The car has no appraisal yet; record one before approving."""

    code = "appraisal_missing"


class ExtraChecksNotPassed(AxleError):
    """Extra checks of the case are open or failed; ``checks`` names them."""

    code = "extra_checks_not_passed"
    http_status = 409


class DealerCasesUsedUp(AxleError):
    """The dealer is under flexible control and has submitted as many cases this month as it may."""

    code = "dealer_cases_used_up"
    http_status = 409


class ApprovalExpired(AxleError):
    """The approval was valid until ``until``; the case needs a new decision."""

    code = "approval_expired"
    http_status = 409


class OfferHeld(AxleError):
    """The approval is held until a person has looked at it again."""

    code = "offer_held"
    http_status = 409


class HoldNotOpen(AxleError):
    """Somebody has settled the hold already."""

    code = "hold_not_open"
    http_status = 409


class HoldOnlyWarns(AxleError):
    """The money has left; the hold only warns, and can only be taken note of."""

    code = "hold_only_warns"
    http_status = 409


class HoldAmountNotLower(AxleError):
    """A held approval can only be lowered."""

    code = "hold_amount_not_lower"


class ContractStands(AxleError):
    """A contract was made on the approval; it has to be voided first."""

    code = "contract_stands"
    http_status = 409


class ContractExists(AxleError):
    """The application has a contract; void it before making another."""

    code = "contract_exists"
    http_status = 409


class ContractInDisbursement(AxleError):
    """The money is on its way or has left; the contract can no longer be voided."""

    code = "contract_in_disbursement"
    http_status = 409


class ConsentMissing(AxleError):
    """The applicant has not signed the consent letter, on the phone or on paper."""

    code = "consent_missing"


class ConsentAlreadyGiven(AxleError):
    """The applicant's consents hold already, until ``until``."""

    code = "consent_already_given"
    http_status = 409


class ConsentNotPartners(AxleError):
    """Only a partner that keeps the letter itself can tell its reference."""

    code = "consent_not_partners"


class SigningLinkInvalid(AxleError):
    """The link is wrong, used, replaced or expired; ask for a new one."""

    code = "signing_link_invalid"
    http_status = 404


class CostSheetNotConfirmed(AxleError):
    """The all-in cost sheet must be confirmed before signing."""

    code = "cost_sheet_not_confirmed"


class ContractNotRead(AxleError):
    """The contract was open for less than ``seconds`` seconds."""

    code = "contract_not_read"


class SignatureUnusable(AxleError):
    """The drawn signature is not a readable picture, too large, or empty."""

    code = "signature_unusable"


class ConditionsNotMet(AxleError):
    """Conditions precedent are open or failed; ``codes`` lists them."""

    code = "conditions_not_met"


class ConditionNotManual(AxleError):
    """The condition is checked by the system and cannot be confirmed by hand."""

    code = "condition_not_manual"


class ConditionNeedsDocument(AxleError):
    """The condition is confirmed with a document."""

    code = "condition_needs_document"


class PayeeAccountMismatch(AxleError):
    """The digits keyed by the checker are not the last four of the payee's account."""

    code = "payee_account_mismatch"


class PayeeAccountChanged(AxleError):
    """The dealer's account changed after registration; register again."""

    code = "payee_account_changed"
    http_status = 409


class VehicleAlreadyPaid(AxleError):
    """Another disbursement pays, or has paid, for this vehicle."""

    code = "vehicle_already_paid"
    http_status = 409
