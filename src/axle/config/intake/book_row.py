"""A row of an imported book, typed, and what follows from it by arithmetic alone."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from axle.config.intake.faults import Fault
from axle.kernel.dates import add_months
from axle.kernel.types import RateStr, Yuan

MAX_TERM_MONTHS = 120

BookVehicleClass = Literal["car", "truck", "suv", "motorcycle", "other"]
BookIncomeCheck = Literal["not_stated", "stated", "checked"]


class BookRow(BaseModel):
    """One contract of the book. None means that nobody said; months are the first of the month.

    ``term_months`` is the file's term: months from origination to the end, those before the first instalment
    included. ``payment_reported`` is what the servicer said is due each month.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    row: int
    amount: Yuan
    annual_rate: RateStr
    term_months: Annotated[int, Field(ge=1, le=MAX_TERM_MONTHS)]
    originated_on: date
    first_due_on: date
    vehicle_kind: Literal["new", "used"]
    make: str
    model: str
    model_year: int
    vehicle_value: Yuan
    is_subvented: bool
    vehicle_class: BookVehicleClass | None = None
    score: int | None = None
    payment_to_income: RateStr | None = None
    has_co_obligor: bool | None = None
    income_check: BookIncomeCheck | None = None
    is_underwritten: bool | None = None
    payment_reported: Yuan | None = None

    @property
    def months_before_first(self) -> int:
        """Months from origination to the first instalment; one is the usual whole period."""
        first, start = self.first_due_on, self.originated_on
        return (first.year - start.year) * 12 + first.month - start.month

    @property
    def periods(self) -> int:
        """The number of instalments: the file's term counts the months before the first one too."""
        return self.term_months - self.months_before_first

    @property
    def matures_on(self) -> date:
        """The month of the last instalment."""
        return add_months(self.first_due_on, self.periods - 1)

    @property
    def vehicle_age_months(self) -> int:
        """Age at origination, a model year counted from its January; none for a car sold before that, or new."""
        if self.vehicle_kind == "new":
            return 0
        return max((self.originated_on.year - self.model_year) * 12 + self.originated_on.month - 1, 0)

    def faults(self) -> list[Fault]:
        """What does not fit together in a row whose fields are each readable."""
        if not 1 <= self.months_before_first <= 12:
            return [Fault("first_instalment_misplaced", params={"months": self.months_before_first})]
        if self.periods < 1:
            return [Fault("no_instalment_left", params={"term": self.term_months})]
        return []


REQUIRED_FACTS = frozenset(
    name for name, field in BookRow.model_fields.items() if field.is_required() and name != "row"
)
OPTIONAL_FACTS = frozenset(BookRow.model_fields) - REQUIRED_FACTS - {"row"}
