"""The cases of the demo's book, drawn one after the other from one seeded generator."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from axle.config.demo.identifiers import vin
from axle.config.demo.institution import BUSINESS_ON, Place
from axle.config.demo.people import Person, person
from axle.kernel.money import Fen
from axle.vehicle.public import TrimView, trims

OTHERS_PER_LOAN = 0.9
STORIES = 3000
DAYS_BACK = 900
SEED = 20261120
_OTHER_STATES = ("declined", "approved", "in_review", "approved", "approved", "withdrawn", "draft")
"""None that waits for its decision: what is submitted is decided within the minute, on a whole form."""
_REGIONS = {"华东区": "310100", "华南区": "440100"}

_OLDER_DAYS = 60


@dataclass(frozen=True)
class Case:
    """One drawn case: who, which car, how much, how it went."""

    person: Person
    trim: TrimView
    vin: str
    is_new: bool
    price: Fen
    principal: Fen
    periods: int
    method: str
    annual_rate: Decimal
    start_on: date
    dealer_id: int
    department: str
    product: tuple[int, str]
    state: str

    @property
    def applied_on(self) -> date:
        """The day of submission: a loan was paid out four days after it."""
        return self.start_on - timedelta(days=4 if self.state == "disbursed" else 1)


def _runs_out(number: int, age: int) -> dict[str, date]:
    """The id of every fortieth older borrower runs out about now: some days ago, or some weeks ahead."""
    if number % 40 != 11 or age < _OLDER_DAYS:
        return {}
    return {"id_valid_until": BUSINESS_ON + timedelta(days=number // 40 * 13 % 70 - 10)}


def _case(draw: random.Random, number: int, place: Place, catalogue: Sequence[TrimView], state: str) -> Case:
    is_new = draw.random() < 0.7
    trim = draw.choice([trim for trim in catalogue if (trim.model_year >= 2025) == is_new])
    worth = draw.uniform(0.92, 1.0) if is_new else draw.uniform(0.45, 0.7)
    price = round(trim.guide_price * worth / 100_000) * 100_000
    cap = 300_000_00 if not is_new else 500_000_00
    principal = min(round(price * draw.uniform(0.45, 0.7) / 100_000) * 100_000, cap)
    dealer_id, department = draw.choice(place.dealers)
    age = int(draw.triangular(5, DAYS_BACK, 120)) if state == "disbursed" else draw.randrange(40)
    return Case(
        person=person(draw, number, _REGIONS[department], **_runs_out(number, age)),
        trim=trim,
        vin=vin(number),
        is_new=is_new,
        price=Fen(price),
        principal=Fen(principal),
        periods=draw.choice((12, 24, 36, 36)),
        method=draw.choice(("level_payment", "level_payment", "level_payment", "level_principal")),
        annual_rate=Decimal(draw.choice((699, 799, 899, 999, 1188))) / 10_000,
        start_on=BUSINESS_ON - timedelta(days=age),
        dealer_id=dealer_id,
        department=department,
        product=place.products["NEW-CAR" if is_new else "USED-CAR"],
        state=state,
    )


def cases_drawn(place: Place, loans: int) -> Iterator[Case]:
    """So many loans, and the cases beside them that became none."""
    draw = random.Random(SEED)
    catalogue = [trim for trim in trims() if trim.vehicle_class == "passenger"]
    told: list[Case] = []
    for number in range(1, loans + 1):
        if len(told) < STORIES:
            told.append(_case(draw, number, place, catalogue, "disbursed"))
            yield told[-1]
        else:
            yield _retold(draw, number, place, told[number % STORIES])
    for number in range(loans + 1, loans + 1 + int(loans * OTHERS_PER_LOAN)):
        yield _case(draw, number, place, catalogue, draw.choice(_OTHER_STATES))


def _retold(draw: random.Random, number: int, place: Place, told: Case) -> Case:
    """The same loan of another person, for another car of the same trim, through another dealer."""
    dealer_id, department = draw.choice(place.dealers)
    someone = person(draw, number, _REGIONS[department])
    return replace(told, person=someone, vin=vin(number), dealer_id=dealer_id, department=department)
