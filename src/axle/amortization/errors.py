"""Broken conditions of terms, rules and events; the sentences are in ``locale``."""

from axle.kernel.errors import AxleError


class AmortizationError(AxleError):
    """Any refusal of the calculation engine."""

    code = "calculation_refused"


# --- terms ---------------------------------------------------------------------------------------------------


class PrincipalOutOfRange(AmortizationError):
    """Principal is at least one fen and below one hundred billion yuan."""

    code = "principal_out_of_range"


class RateOutOfRange(AmortizationError):
    """A rate is an annual fraction from 0 to 1: 24 % is 0.24."""

    code = "rate_out_of_range"


class RateTooFine(AmortizationError):
    """A rate has at most twelve decimals."""

    code = "rate_too_fine"


class TermTooLong(AmortizationError):
    """A loan ends within a hundred years."""

    code = "term_too_long"


class DateOutOfRange(AmortizationError):
    """A date lies between 1900 and 2200."""

    code = "date_out_of_range"


class PeriodsOutOfRange(AmortizationError):
    """A loan has 1 to 480 periods."""

    code = "periods_out_of_range"


class NumberOutOfRange(AmortizationError):
    """A whole number lies outside its range."""

    code = "number_out_of_range"


class AmountOutOfRange(AmortizationError):
    """An amount lies outside its range."""

    code = "amount_out_of_range"


class UnknownChoice(AmortizationError):
    """A value is none of those that its key allows."""

    code = "unknown_choice"


class FirstDueTooEarly(AmortizationError):
    """The first due date lies after the start."""

    code = "first_due_too_early"


class DueDayNeedsMonths(AmortizationError):
    """A due day is a day of the month; weeks and days have none."""

    code = "due_day_needs_months"


class FirstDueOffDueDay(AmortizationError):
    """The first due date falls on the due day."""

    code = "first_due_off_due_day"


class NotForMethod(AmortizationError):
    """A key has no meaning with this repayment method."""

    code = "not_for_method"


class MissingForMethod(AmortizationError):
    """The repayment method needs this key."""

    code = "missing_for_method"


class ResidualTooLarge(AmortizationError):
    """The residual is below the principal."""

    code = "residual_too_large"


class GraceTooLong(AmortizationError):
    """At least one period repays principal."""

    code = "grace_too_long"


class AdvanceNeedsTwoRents(AmortizationError):
    """A single rent in advance repays everything on the first day; there is nothing to finance."""

    code = "advance_needs_two_rents"


class StepsIncomplete(AmortizationError):
    """Steps cover every period once, in order, and at least one of them repays."""

    code = "steps_incomplete"


class IrregularRowsInvalid(AmortizationError):
    """Irregular rows ascend in date, lie after the start and repay no more than the principal."""

    code = "irregular_rows_invalid"


class IrregularRowsDiffer(AmortizationError):
    """The number of periods, where it is given, is that of the irregular rows."""

    code = "irregular_rows_differ"


class IrregularRemainder(AmortizationError):
    """The last irregular row repays what the others leave."""

    code = "irregular_remainder"


class StepRatioOrAmount(AmortizationError):
    """A step gives a ratio or an amount; at least one gives a ratio above zero, by which the payment is solved."""

    code = "step_ratio_or_amount"


class ChargebackTooLarge(AmortizationError):
    """A chargeback takes back no more than came in."""

    code = "chargeback_too_large"


class PeriodsNotQuarterly(AmortizationError):
    """Quarterly interest needs a number of months that three divides."""

    code = "periods_not_quarterly"


class NegativeAmortization(AmortizationError):
    """An instalment is smaller than the interest of its period, so that the debt would grow."""

    code = "negative_amortization"


class FeesExceedPrincipal(AmortizationError):
    """Fees taken out of the principal leave the borrower something."""

    code = "fees_exceed_principal"


class AmountOrRate(AmortizationError):
    """Exactly one of amount and rate is given."""

    code = "amount_or_rate"


class NotTogether(AmortizationError):
    """A key has no meaning beside another one."""

    code = "not_together"


class RentTooSmall(AmortizationError):
    """The rents and the residual together repay the principal."""

    code = "rent_too_small"


class DepositTooLarge(AmortizationError):
    """A deposit is below the principal."""

    code = "deposit_too_large"


class SettlementBelowRate(AmortizationError):
    """A subvention raises the borrower's rate to a settlement rate that is no lower."""

    code = "settlement_below_rate"


# --- rates ---------------------------------------------------------------------------------------------------


class NoRate(AmortizationError):
    """No rate makes the present value of these cash flows zero."""

    code = "no_rate"


# --- events --------------------------------------------------------------------------------------------------


class DuplicateEvent(AmortizationError):
    """Two events have the same id."""

    code = "duplicate_event"


class EventBeforeStart(AmortizationError):
    """An event lies before the start of the loan."""

    code = "event_before_start"


class ReversalOfUnknown(AmortizationError):
    """The reversed event is not among the events."""

    code = "reversal_of_unknown"


class ReversalTwice(AmortizationError):
    """An event is reversed once, and a reversal is not reversed."""

    code = "reversal_twice"


class ReversalTooEarly(AmortizationError):
    """A reversal does not lie before the event that it reverses."""

    code = "reversal_too_early"


class DisbursementMismatch(AmortizationError):
    """The first disbursement is on the start date, and all of them stay within the principal of the terms."""

    code = "disbursement_mismatch"


class NothingDisbursed(AmortizationError):
    """Money moves only on a loan that is disbursed."""

    code = "nothing_disbursed"


class ChargebackOfUnknown(AmortizationError):
    """A chargeback takes back money that came in before it."""

    code = "chargeback_of_unknown"


class PauseEndsEarly(AmortizationError):
    """An interest pause ends after the day on which it begins."""

    code = "pause_ends_early"


class NothingToCome(AmortizationError):
    """The change needs instalments that are still to come."""

    code = "nothing_to_come"


class HolidayTooLong(AmortizationError):
    """A payment holiday is shorter than the instalments that are still to come."""

    code = "holiday_too_long"


class NotWrittenOff(AmortizationError):
    """A recovery needs a loan that is written off."""

    code = "not_written_off"


class NothingDue(AmortizationError):
    """Re-ageing needs something that is due and unpaid."""

    code = "nothing_due"


class RowsAreFixed(NotForMethod):
    """The instalments of an irregular or rule-78 loan are agreed one by one; no event lays them out anew."""

    code = "rows_are_fixed"


class StepsAreFixed(NotForMethod):
    """Steps tell every instalment of a stepped loan; no event changes how many there are."""

    code = "steps_are_fixed"


class HolidayNeedsPrincipal(NotForMethod):
    """Interest of a holiday is paid or capitalised where the method repays principal and interest on the balance."""

    code = "holiday_needs_principal"


class NoDeposit(AmortizationError):
    """A deposit pays only where the terms have one."""

    code = "no_deposit"


class DepositUsedUp(AmortizationError):
    """Deposit offsets come to no more than the deposit of the terms."""

    code = "deposit_used_up"


class NoSubvention(AmortizationError):
    """Subvention comes in only where the terms have one."""

    code = "no_subvention"


class NotALease(AmortizationError):
    """Only a lease is terminated early: rent in advance, a rent, VAT on the rent, a residual or a purchase price."""

    code = "not_a_lease"


class NoPurchaseOption(AmortizationError):
    """A lessee buys where the terms have a residual or a purchase price."""

    code = "no_purchase_option"


class LeaseHasEnded(AmortizationError):
    """A lease is terminated or bought once."""

    code = "lease_has_ended"


class NotNonAccrual(AmortizationError):
    """Accrual is resumed by a loan in non-accrual."""

    code = "not_non_accrual"


class WrittenOffTwice(AmortizationError):
    """A loan is written off once."""

    code = "written_off_twice"


class UnknownInstalment(AmortizationError):
    """A waiver names an instalment of the loan."""

    code = "unknown_instalment"


class HistoryTooLong(AmortizationError):
    """A history covers at least one day and at most ten years of them."""

    code = "history_too_long"


class LoansMixed(AmortizationError):
    """All events belong to one loan."""

    code = "loans_mixed"


# --- JSON ----------------------------------------------------------------------------------------------------


class NotJson(AmortizationError):
    """The text is no JSON."""

    code = "not_json"


class DuplicateKey(AmortizationError):
    """An object gives a key twice."""

    code = "duplicate_key"


class NotAnObject(AmortizationError):
    """The input is a JSON object (or here a list of them)."""

    code = "not_an_object"


class UnknownKey(AmortizationError):
    """No such key; nothing is ignored silently."""

    code = "unknown_key"


class MissingKey(AmortizationError):
    """A key is missing."""

    code = "missing_key"


class WrongType(AmortizationError):
    """A value has the wrong JSON type or form."""

    code = "wrong_type"


class OneRateOnly(AmortizationError):
    """Exactly one of annual, monthly and flat rate and rent is given."""

    code = "one_rate_only"
