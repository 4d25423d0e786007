"""Tables of servicing."""

from axle.servicing.models.loans import Instalment, Loan, LoanEvent, LoanState, Posting
from axle.servicing.models.portfolio import PortfolioDay
from axle.servicing.models.receipts import PayoffQuote, Receipt, ReceiptChannel, ReceiptState

__all__ = [
    "Instalment",
    "Loan",
    "LoanEvent",
    "LoanState",
    "PayoffQuote",
    "PortfolioDay",
    "Posting",
    "Receipt",
    "ReceiptChannel",
    "ReceiptState",
]
