"""Conditions that accounting refuses; sentences are in the locale catalogues."""

from axle.kernel.errors import AxleError


class ExpressionInvalid(AxleError):
    """The amount expression or condition is not in the rule language; ``reason`` says where it stops."""

    code = "expression_invalid"


class PostingRuleMissing(AxleError):
    """No active posting rule covers this kind of event on this date."""

    code = "posting_rule_missing"


class AmountUnknown(AxleError):
    """The event carries an amount that its posting rule does not post: money would be lost."""

    code = "amount_unknown"


class AmountNegative(AxleError):
    """An amount or a line of the event is below zero; only a reversal takes money back."""

    code = "amount_negative"


class RuleDoesNotBalance(AxleError):
    """Debits and credits differ for these amounts."""

    code = "rule_does_not_balance"


class RuleAmountUnknown(AxleError):
    """A line or a sample of the rule names an amount that the rule does not have."""

    code = "rule_amount_unknown"


class RuleAmountUnposted(AxleError):
    """The rule names an amount that none of its lines posts."""

    code = "rule_amount_unposted"


class SummaryPlaceUnknown(AxleError):
    """The summary tells something that events do not carry."""

    code = "summary_place_unknown"


class SampleMissing(AxleError):
    """No sample event of the rule has an amount for ``amount``, so that its lines were never tried."""

    code = "sample_missing"


class RuleVersionNotDraft(AxleError):
    """Only a draft can be activated; an active version never changes."""

    code = "rule_version_not_draft"
    http_status = 409


class RuleDateTaken(AxleError):
    """A version of this rule is active from this date or a later one already."""

    code = "rule_date_taken"
    http_status = 409


class OriginalNotPosted(AxleError):
    """The event to be reversed has no entry."""

    code = "original_not_posted"
    http_status = 409


class OriginalDiffers(AxleError):
    """The amounts of a reversal are not those of the event that it takes back."""

    code = "original_differs"
    http_status = 409


class PeriodChecksFailed(AxleError):
    """The month cannot be closed; ``checks`` names what does not hold."""

    code = "period_checks_failed"
    http_status = 409


class SecondPersonNeeded(AxleError):
    """The operation needs an approval policy, so that another person reviews it."""

    code = "second_person_needed"
    http_status = 403


class VoucherDateRefused(AxleError):
    """A manual voucher is dated after the business date, or before the first month of the books."""

    code = "voucher_date_refused"


class VoucherHasBusinessEvent(AxleError):
    """The voucher comes from a business fact: reverse the fact, and the voucher follows."""

    code = "voucher_has_business_event"
    http_status = 409


class StatementIncomplete(AxleError):
    """Accounts of the chart stand in no row of the statement, or in two: it would not tie out."""

    code = "statement_incomplete"


class StatementRowGone(AxleError):
    """A row by which statements are compared is missing."""

    code = "statement_row_gone"


class CashItemMissing(AxleError):
    """A line on a cash account of a manual voucher does not say what the cash was for, or another line does."""

    code = "cash_item_missing"


class ProfitNotTransferred(AxleError):
    """Income and expense accounts of the month still have balances."""

    code = "profit_not_transferred"
    http_status = 409


class NothingToTransfer(AxleError):
    """The income and expense accounts of the month have no balance."""

    code = "nothing_to_transfer"
    http_status = 409


class VouchersNotFound(AxleError):
    """No numbered voucher lies within what was asked for."""

    code = "vouchers_not_found"
    http_status = 404


class BankStartMissing(AxleError):
    """The bank account is not being reconciled yet."""

    code = "bank_start_missing"
    http_status = 409


class BankStartTaken(AxleError):
    """The bank account is being reconciled already, from another day on."""

    code = "bank_start_taken"
    http_status = 409


class BankLineNotOpen(AxleError):
    """A line belongs to another account, lies before the first day, or has been cleared."""

    code = "bank_line_not_open"
    http_status = 409


class BankLinesDiffer(AxleError):
    """The chosen lines of the books and of the statement do not add up to the same."""

    code = "bank_lines_differ"


class ClearingInClosedMonth(AxleError):
    """The clearing belongs to a closed month, whose reconciliation stays as it was."""

    code = "clearing_in_closed_month"
    http_status = 409


class VoucherDocumentTwice(AxleError):
    """The document is behind the voucher already."""

    code = "voucher_document_twice"
    http_status = 409
