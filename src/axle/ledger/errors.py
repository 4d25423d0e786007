"""Conditions that the ledger refuses; sentences are in the locale catalogues."""

from axle.kernel.errors import AxleError


class EntryUnbalanced(AxleError):
    """Debits and credits of the entry differ."""

    code = "entry_unbalanced"


class EntryNeedsTwoLines(AxleError):
    """An entry of fewer than two lines moves nothing from anywhere."""

    code = "entry_needs_two_lines"


class LineNotOneSided(AxleError):
    """A line has an amount on both sides, or on neither."""

    code = "line_not_one_sided"


class LineSignRefused(AxleError):
    """A negative amount in an ordinary entry, or a positive one in a red entry."""

    code = "line_sign_refused"


class AccountUnknown(AxleError):
    """The legal entity's chart has no account of this code."""

    code = "account_unknown"


class AccountNotPostable(AxleError):
    """The account only sums others, or is no longer in use."""

    code = "account_not_postable"


class AccountCodeTaken(AxleError):
    """The chart already has this code."""

    code = "account_code_taken"
    http_status = 409


class PeriodClosed(AxleError):
    """The month of the booking date is closed."""

    code = "period_closed"
    http_status = 409


class PeriodBusy(AxleError):
    """Entries are being posted at this moment; closing and reopening wait for a quiet one."""

    code = "period_busy"
    http_status = 409


class PeriodOutOfOrder(AxleError):
    """Months close one after another, and only the last closed one opens again; ``expected`` is in turn."""

    code = "period_out_of_order"
    http_status = 409


class PeriodInvalid(AxleError):
    """The number is not a month as yyyymm."""

    code = "period_invalid"


class EventNoReused(AxleError):
    """The same event number came with another content."""

    code = "event_no_reused"
    http_status = 409


class EntryUnknown(AxleError):
    """No entry has this number or this event."""

    code = "entry_unknown"
    http_status = 404


class EntryAlreadyReversed(AxleError):
    """The entry has its reversal already, or is itself one."""

    code = "entry_already_reversed"
    http_status = 409
