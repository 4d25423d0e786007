"""What may be refused of files of receipts; sentences are in the locale catalogues."""

from axle.kernel.errors import AxleError


class ReceiptFileKnown(AxleError):
    """The same file was entered before, as ``file_no``."""

    code = "receipt_file_known"
    http_status = 409


class ReceiptFileUnreadable(AxleError):
    """The file is no CSV in UTF-8 or GB18030, or a column that is needed is missing: ``reason``."""

    code = "receipt_file_unreadable"


class ReceiptFileStateRefused(AxleError):
    """The file is ``state``: this step comes before or is over."""

    code = "receipt_file_state_refused"
    http_status = 409
