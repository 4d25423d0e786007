"""Terms: what a borrower and a lender agreed, enough to lay out every instalment.

A ``Terms`` that exists is valid: each broken condition is refused when it is built, with a code and the key.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from axle.amortization.choices import DayCount, FeeTiming, Method, Payer, Stub, Tail, Timing, Unit
from axle.amortization.terms_check import check_terms
from axle.kernel.dates import MonthEnd
from axle.kernel.money import ONE_FEN, ZERO, Fen


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
    """A charge beside interest: a fixed ``amount``, or ``rate`` times the principal.

    ``upfront`` is paid on the start date, ``financed`` is part of the principal and withheld from what the borrower
    receives, ``by_instalment`` is charged with every instalment. The first two are settled with the disbursement;
    they are no part of the loan account that ``replay`` keeps.
    """

    code: str
    amount: Fen | None = None
    rate: Decimal | None = None
    timing: FeeTiming = "upfront"
    payer: Payer = "borrower"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The agreed terms of one loan.

    Money in fen, ``annual_rate`` a fraction (24 % is ``Decimal("0.24")``). ``periods`` counts periods of ``every``
    ``unit``s. With a ``due_day`` and no ``first_due_on``, the first due date is the next due day that lies at least
    ``first_due_min_days`` after the start. ``stub`` says where the interest of an irregular first period goes
    (``schedule``), ``month_end`` what day 29-31 does in a short month.

    Errors: one class of ``errors`` for each broken condition; ``field`` names the key.
    """

    principal: Fen
    annual_rate: Decimal
    method: Method
    periods: int
    start_on: date
    every: int = 1
    unit: Unit = "month"
    first_due_on: date | None = None
    due_day: int | None = None
    first_due_min_days: int = 15
    month_end: MonthEnd = "clamp"
    day_count: DayCount = "30/360"
    timing: Timing = "arrears"
    stub: Stub = "first"
    instalment_multiple: Fen = ONE_FEN
    tail: Tail = "last"
    interest_free_periods: int = 0
    principal_grace_periods: int = 0
    residual: Fen = ZERO
    steps: tuple[Step, ...] = ()
    irregular: tuple[IrregularRow, ...] = ()
    fees: tuple[Fee, ...] = ()

    def __post_init__(self) -> None:
        check_terms(self)
