"""What servicing refuses."""

from axle.kernel.errors import AxleError
from axle.servicing.errors.archives import ArchiveDateRefused as ArchiveDateRefused
from axle.servicing.errors.archives import ArchiveIncomplete as ArchiveIncomplete
from axle.servicing.errors.archives import ArchiveKnown as ArchiveKnown
from axle.servicing.errors.archives import ArchiveLoanOwes as ArchiveLoanOwes
from axle.servicing.errors.archives import ArchiveStateRefused as ArchiveStateRefused
from axle.servicing.errors.inspections import InspectionDateRefused as InspectionDateRefused
from axle.servicing.errors.inspections import InspectionDueRefused as InspectionDueRefused
from axle.servicing.errors.inspections import InspectionOpen as InspectionOpen
from axle.servicing.errors.inspections import InspectionPhotosMissing as InspectionPhotosMissing
from axle.servicing.errors.inspections import InspectionPlaceMissing as InspectionPlaceMissing
from axle.servicing.errors.inspections import InspectionStateRefused as InspectionStateRefused
from axle.servicing.errors.inspections import InspectorIsAnother as InspectorIsAnother
from axle.servicing.errors.inspections import InspectorMissing as InspectorMissing
from axle.servicing.errors.inspections import MileageMissing as MileageMissing
from axle.servicing.errors.inspections import ReviewerIsInspector as ReviewerIsInspector
from axle.servicing.errors.receipt_files import ReceiptFileKnown as ReceiptFileKnown
from axle.servicing.errors.receipt_files import ReceiptFileStateRefused as ReceiptFileStateRefused
from axle.servicing.errors.receipt_files import ReceiptFileUnreadable as ReceiptFileUnreadable
from axle.servicing.errors.warnings import WarningStateRefused as WarningStateRefused


class LoanNotInForce(AxleError):
    """The loan is settled: it takes no more receipts, fees or quotes."""

    code = "loan_not_in_force"
    http_status = 409


class ReceiptDateInFuture(AxleError):
    """The value date lies after the business date."""

    code = "receipt_date_in_future"


class ReceiptBeforeDisbursement(AxleError):
    """The value date lies before the loan began."""

    code = "receipt_before_disbursement"


class ReceiptStateRefused(AxleError):
    """The receipt is ``state``: this step comes before or is over."""

    code = "receipt_state_refused"
    http_status = 409


class ReceiptAlreadyEntered(AxleError):
    """A receipt with this bank serial number is already there."""

    code = "receipt_already_entered"
    http_status = 409


class ConfirmerIsRegistrar(AxleError):
    """Registration and finance confirmation need two people."""

    code = "confirmer_is_registrar"
    http_status = 403


class PayoffQuoteExpired(AxleError):
    """The quote's dates have passed or the loan has changed since; make a new one."""

    code = "payoff_quote_expired"
    http_status = 409


class PayoffAmountWrong(AxleError):
    """A payoff is paid with exactly the quoted amount."""

    code = "payoff_amount_wrong"


class PayoffDateRefused(AxleError):
    """A quote is for the business date or a day soon after."""

    code = "payoff_date_refused"


class PrepaymentTooSmall(AxleError):
    """Too little is left for the principal once what is due, the interest to date and the fee are paid."""

    code = "prepayment_too_small"


class PrepaymentAsked(AxleError):
    """The borrower has asked for one already, which is not paid yet."""

    code = "prepayment_asked"
    http_status = 409


class PrepaymentRequestClosed(AxleError):
    """What was asked is paid, declined, withdrawn or expired."""

    code = "prepayment_request_closed"
    http_status = 409


class PrepaymentSettles(AxleError):
    """The money repays everything: that is a payoff, by its quote."""

    code = "prepayment_settles"


class PrepaymentNotPossible(AxleError):
    """A part is repaid early on a loan, and not together with a payoff quote."""

    code = "prepayment_not_possible"


class LoanNotSettled(AxleError):
    """A payoff letter is for settled loans only."""

    code = "loan_not_settled"
    http_status = 409


class ChangeStateRefused(AxleError):
    """The change is ``state``: this step comes before or is over."""

    code = "change_state_refused"
    http_status = 409


class ChangeOpen(AxleError):
    """The loan has a change that is not decided yet."""

    code = "change_open"
    http_status = 409


class ReviewerIsRequester(AxleError):
    """A change is decided by another person than the one who asked for it."""

    code = "reviewer_is_requester"
    http_status = 403


class ChangeUsedUp(AxleError):
    """The loan was changed in this way as often as it may be."""

    code = "change_used_up"
    http_status = 409


class ChangeWhileOverdue(AxleError):
    """The plan is not changed in this way while something is overdue."""

    code = "change_while_overdue"
    http_status = 409


class ExtensionTooLong(AxleError):
    """An extension is at most half of the original term."""

    code = "extension_too_long"


class TermOverCap(AxleError):
    """The whole term would be longer than such a loan may run."""

    code = "term_over_cap"


class HolidayOverLimit(AxleError):
    """More instalments would be put off at once than may be."""

    code = "holiday_over_limit"


class PlanAskedTwice(AxleError):
    """A restructuring names rows, or by how much the term is longer and what is put off, not both."""

    code = "plan_asked_twice"


class RateOverCap(AxleError):
    """The rate is above what such a loan may bear."""

    code = "rate_over_cap"


class RateUnchanged(AxleError):
    """The loan has this rate already."""

    code = "rate_unchanged"


class ReceiptOfOtherEntity(AxleError):
    """The money came to another company than the one that holds the loan."""

    code = "receipt_of_other_entity"


class PartsDiffer(AxleError):
    """The parts of a receipt do not add up to it."""

    code = "parts_differ"


class RefundStands(AxleError):
    """Money that was paid back would not have waited any more."""

    code = "refund_stands"
    http_status = 409


class RefundOverWaiting(AxleError):
    """More is asked for than waits, or than came from this payer."""

    code = "refund_over_waiting"


class RefundWholeReceipt(AxleError):
    """Of unmatched money all of a receipt is paid back, or it is split first."""

    code = "refund_whole_receipt"


class RefundAccountUnknown(AxleError):
    """The receipt does not tell the account that it came from, and money goes back to no other."""

    code = "refund_account_unknown"
    http_status = 409


class RefundBankUnknown(AxleError):
    """The account number does not tell its bank."""

    code = "refund_bank_unknown"


class RefundAccountMismatch(AxleError):
    """The account's last digits, keyed anew by the reviewer, are not those of the refund."""

    code = "refund_account_mismatch"


class RefundOpen(AxleError):
    """A refund of this money is under way."""

    code = "refund_open"
    http_status = 409


class RefundStateRefused(AxleError):
    """The refund is ``state``: this step comes before or is over."""

    code = "refund_state_refused"
    http_status = 409


class ExtensionDaysOver(AxleError):
    """An extension moves the last due date further than it may."""

    code = "extension_days_over"


class ChangeNotDifferent(AxleError):
    """What is asked for is what stands already, or nothing is asked for."""

    code = "change_not_different"


class ChangeOutdated(AxleError):
    """The loan has changed since the paper was written: what it promises no longer holds."""

    code = "change_outdated"
    http_status = 409


class ChangeOvertaken(AxleError):
    """What the change made has been changed again since."""

    code = "change_overtaken"
    http_status = 409


class EffectiveDateRefused(AxleError):
    """A change takes effect today or on a later day."""

    code = "effective_date_refused"


class NewDebtorRefused(AxleError):
    """Who is to owe the loan is its debtor already, or is no adult."""

    code = "new_debtor_refused"


class NewDebtorListed(AxleError):
    """Who is to owe the loan stands on the blacklist."""

    code = "new_debtor_listed"
    http_status = 409


class NewDebtorWithoutCard(AxleError):
    """Who is to owe the loan has no bank card of their own to repay from."""

    code = "new_debtor_without_card"


class GuarantorUnknown(AxleError):
    """The loan has no guarantor who could be released."""

    code = "guarantor_unknown"


class GuarantorIsDebtor(AxleError):
    """A debtor does not guarantee their own loan."""

    code = "guarantor_is_debtor"


class PaperNotWaiting(AxleError):
    """The paper does not wait for this person's signature, or no longer."""

    code = "paper_not_waiting"
    http_status = 409


class PaperNotRead(AxleError):
    """The paper was open for too short a time to have been read."""

    code = "paper_not_read"


class LienReleaseStateRefused(AxleError):
    """The lien release is ``state``: this step comes before or is over."""

    code = "lien_release_state_refused"
    http_status = 409


class LienReleaseDateRefused(AxleError):
    """A lien is released after the loan is settled, and not in the future."""

    code = "lien_release_date_refused"


class PoolEmpty(AxleError):
    """No loan fits the criteria."""

    code = "pool_empty"


class PoolDateRefused(AxleError):
    """A sale takes effect on the cut-off date or later, and is carried out from that day on."""

    code = "pool_date_refused"
    http_status = 409


class PoolStateRefused(AxleError):
    """The pool is ``state``: this step comes before or is over."""

    code = "pool_state_refused"
    http_status = 409


class PoolTooLargeToCleanUp(AxleError):
    """More is left of the pool than may be bought back at once."""

    code = "pool_too_large_to_clean_up"
    http_status = 409


class PoolMoneyTooMuch(AxleError):
    """More than is open between us and the buyer."""

    code = "pool_money_too_much"


class PoolMoneyStateRefused(AxleError):
    """The money is ``state``: this step comes before or is over."""

    code = "pool_money_state_refused"
    http_status = 409


class ArrearsOpen(AxleError):
    """Something is overdue: interest accrues again only once all arrears are paid."""

    code = "arrears_open"
    http_status = 409


class AccelerationTooEarly(AxleError):
    """Too few instalments are unpaid to call the whole loan due."""

    code = "acceleration_too_early"
    http_status = 409


class AcceleratedAlready(AxleError):
    """The whole loan is due already."""

    code = "accelerated_already"
    http_status = 409


class WriteOffTooEarly(AxleError):
    """The loan is not overdue for long enough to be written off."""

    code = "write_off_too_early"
    http_status = 409


class WriteOffOverAuthority(AxleError):
    """The principal is above what this reviewer may write off."""

    code = "write_off_over_authority"
    http_status = 403


class WriteOffGroundUnknown(AxleError):
    """No rule in force knows this ground for the loan's product."""

    code = "write_off_ground_unknown"


class WriteOffClassTooGood(AxleError):
    """The loan's class is better than the ground asks for."""

    code = "write_off_class_too_good"
    http_status = 409


class WrittenOffAlready(AxleError):
    """The loan was written off: its claim is only collected."""

    code = "written_off_already"
    http_status = 409


class ClaimNotOurs(AxleError):
    """The claim was sold: our books have nothing of it to charge, to write off or to accrue."""

    code = "claim_not_ours"
    http_status = 409


class EvidenceMissing(AxleError):
    """A write-off needs its evidence; ``missing`` says what is not filed with the loan."""

    code = "evidence_missing"


class NoticeNotMade(AxleError):
    """The borrower gets no notice of such a change."""

    code = "notice_not_made"
    http_status = 409


class ClassUnchanged(AxleError):
    """The loan has this class already."""

    code = "class_unchanged"


class ClassProposalOpen(AxleError):
    """The loan has a proposal that is not decided yet."""

    code = "class_proposal_open"
    http_status = 409


class ClassProposalStale(AxleError):
    """The loan's class has changed since the proposal."""

    code = "class_proposal_stale"
    http_status = 409


class ProposalStateRefused(AxleError):
    """The proposal is ``state``: it is decided."""

    code = "proposal_state_refused"
    http_status = 409


class HoldDateRefused(AxleError):
    """A person's word on a class holds for some time, up to a later date."""

    code = "hold_date_refused"
