"""What the keeping of papers refuses."""

from axle.kernel.errors import AxleError


class ArchiveKnown(AxleError):
    """The loan has a file of papers already."""

    code = "archive_known"
    http_status = 409


class ArchiveStateRefused(AxleError):
    """The file is lent or handed over, or is not lent."""

    code = "archive_state_refused"
    http_status = 409


class ArchiveDateRefused(AxleError):
    """What is lent comes back today or later."""

    code = "archive_date_refused"


class ArchiveLoanOwes(AxleError):
    """The papers secure a loan that is not settled."""

    code = "archive_loan_owes"


class ArchiveIncomplete(AxleError):
    """Papers are missing that belong to a file when it is handed over."""

    code = "archive_incomplete"
