"""Parts of terms: steps, irregular rows, fees, and what others than the borrower contribute."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from axle.amortization.choices import DepositMode, FeeBase, FeeTiming, Payer, Sponsor, SubventionMode
from axle.kernel.calendar import HolidayShift
from axle.kernel.money import Fen


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Periods ``first`` to ``last`` pay ``ratio`` times the solved instalment, or the fixed ``amount``."""

    first: int
    last: int
    ratio: Decimal | None = None
    amount: Fen | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IrregularRow:
    """A due date with its principal or its total; the last row may leave both open and takes the rest."""

    due_on: date
    principal: Fen | None = None
    total: Fen | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """A charge beside interest: a fixed ``amount``, or ``rate`` times the ``base``; VAT of ``vat_rate`` is contained.

    ``upfront`` is paid on the start date, ``financed`` is part of the principal and withheld from what the borrower
    receives, ``by_instalment`` is charged with every instalment. The first two are settled with the disbursement;
    they are no part of the loan account that ``replay`` keeps.
    """

    code: str
    amount: Fen | None = None
    rate: Decimal | None = None
    base: FeeBase = "principal"
    timing: FeeTiming = "upfront"
    payer: Payer = "borrower"
    collector: str = "lender"
    vat_rate: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deposit:
    """A margin deposit (保证金) that bears no interest: an ``amount``, or ``rate`` times the principal."""

    amount: Fen | None = None
    rate: Decimal | None = None
    mode: DepositMode = "refunded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subvention:
    """What dealer or manufacturer add so that the lender earns ``settlement_rate`` (贴息).

    ``upfront`` is the present value at the settlement rate, ``by_period`` the difference of interest in each of the
    first ``periods`` periods (all by default), ``fixed`` an agreed ``amount``.
    """

    mode: SubventionMode = "upfront"
    settlement_rate: Decimal | None = None
    amount: Fen | None = None
    payer: Sponsor = "manufacturer"
    periods: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Funder:
    """Who funds a ``share`` of the loan, at ``annual_rate`` (the loan's own by default)."""

    share: Decimal
    annual_rate: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Holidays:
    """Due dates that are no working day of a calendar move by ``rule``; interest runs as if they had not."""

    calendar: str
    rule: HolidayShift = "next"
