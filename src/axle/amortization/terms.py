"""Terms: what a borrower and a lender agreed, enough to lay out every instalment.

A ``Terms`` that exists is valid: each broken condition is refused when it is built, with a code and the key.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from axle.amortization.choices import DayCount, Method, Stub, Tail, Timing, Unit, VatBase
from axle.amortization.terms_check import check_terms
from axle.amortization.terms_parts import Deposit, Fee, Funder, Holidays, IrregularRow, Step, Subvention
from axle.kernel.dates import MonthEnd
from axle.kernel.money import ONE_FEN, ZERO, Fen


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The agreed terms of one loan.

    Money in fen, ``annual_rate`` a fraction (24 % is ``Decimal("0.24")``). ``periods`` counts periods of ``every``
    ``unit``s. With a ``due_day`` and no ``first_due_on``, the first due date is the next due day that lies at least
    ``first_due_min_days`` after the start. ``stub`` says where the interest of an irregular first period goes
    (``schedule``), ``month_end`` what day 29-31 does in a short month.

    A ``rent`` is the level instalment itself; ``annual_rate`` is then the one that ``rent.rate_of_rent`` solves.
    ``residual`` is a balloon or an option that the schedule amortises; ``purchase_price`` is a nominal price (名义货价)
    paid on top at the end. ``down_payment`` goes to the dealer and is no part of the loan.

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
    rent: Fen | None = None
    purchase_price: Fen = ZERO
    down_payment: Fen = ZERO
    deposit: Deposit | None = None
    subvention: Subvention | None = None
    funder: Funder | None = None
    holidays: Holidays | None = None
    vat_rate: Decimal = Decimal(0)
    vat_base: VatBase = "interest"

    def __post_init__(self) -> None:
        check_terms(self)
