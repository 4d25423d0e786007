"""Tables of servicing."""

from axle.servicing.models.archives import ArchiveAct, ArchiveMove, ArchiveState, LoanArchive, PaperKind
from axle.servicing.models.carrying import LoanCarrying
from axle.servicing.models.changes import (
    OPEN_STATES,
    ChangeKind,
    ChangeState,
    LoanChange,
    LoanDebtor,
    LoanGuarantor,
)
from axle.servicing.models.figures import GroupFigure
from axle.servicing.models.inspections import (
    OPEN_INSPECTION_STATES,
    CarCondition,
    Inspection,
    InspectionCause,
    InspectionState,
    InspectorKind,
)
from axle.servicing.models.liens import LienRelease, LienReleaseState
from axle.servicing.models.loans import MONTH_DAYS, Carrying, Instalment, Loan, LoanEvent, LoanState, Posting
from axle.servicing.models.pools import (
    ClaimPool,
    PoolLoan,
    PoolLoanState,
    PoolMoney,
    PoolMoneyKind,
    PoolMoneyState,
    PoolState,
)
from axle.servicing.models.portfolio import ArrearsDay, PortfolioDay
from axle.servicing.models.prepayments import PrepaymentRequest, PrepaymentRequestState
from axle.servicing.models.provisions import LoanProvision, ProvisionMonth
from axle.servicing.models.receipt_files import (
    ReceiptFile,
    ReceiptFilePart,
    ReceiptFileRow,
    ReceiptFileState,
    RowProblem,
)
from axle.servicing.models.receipts import PayoffQuote, PrepaymentMode, Receipt, ReceiptChannel, ReceiptState
from axle.servicing.models.refunds import Refund, RefundState
from axle.servicing.models.reminders import Reminder
from axle.servicing.models.scoped import scope_of
from axle.servicing.models.signings import PaperSigning, PaperSigningState
from axle.servicing.models.standing import ClassProposal, LoanStanding, ProposalState, RiskClass, StandingChange
from axle.servicing.models.warnings import LoanWarning, LoanWarningStep

__all__ = [
    "MONTH_DAYS",
    "OPEN_INSPECTION_STATES",
    "OPEN_STATES",
    "ArchiveAct",
    "ArchiveMove",
    "ArchiveState",
    "ArrearsDay",
    "CarCondition",
    "Carrying",
    "ChangeKind",
    "ChangeState",
    "ClaimPool",
    "ClassProposal",
    "GroupFigure",
    "Inspection",
    "InspectionCause",
    "InspectionState",
    "InspectorKind",
    "Instalment",
    "LienRelease",
    "LienReleaseState",
    "Loan",
    "LoanArchive",
    "LoanCarrying",
    "LoanChange",
    "LoanDebtor",
    "LoanEvent",
    "LoanGuarantor",
    "LoanProvision",
    "LoanStanding",
    "LoanState",
    "LoanWarning",
    "LoanWarningStep",
    "PaperKind",
    "PaperSigning",
    "PaperSigningState",
    "PayoffQuote",
    "PoolLoan",
    "PoolLoanState",
    "PoolMoney",
    "PoolMoneyKind",
    "PoolMoneyState",
    "PoolState",
    "PortfolioDay",
    "Posting",
    "PrepaymentMode",
    "PrepaymentRequest",
    "PrepaymentRequestState",
    "ProposalState",
    "ProvisionMonth",
    "Receipt",
    "ReceiptChannel",
    "ReceiptFile",
    "ReceiptFilePart",
    "ReceiptFileRow",
    "ReceiptFileState",
    "ReceiptState",
    "Refund",
    "RefundState",
    "Reminder",
    "RiskClass",
    "RowProblem",
    "StandingChange",
    "scope_of",
]
