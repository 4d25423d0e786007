"""Stories as loans in the books: taken over with their receipts, and read back from what is stored."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from axle.accounting.public import events_import
from axle.config.demo.cases import Case
from axle.config.demo.identifiers import vin
from axle.config.demo.institution import Place
from axle.config.demo.people import person
from axle.config.demo.portfolio import Opened, cases_open, opening_of
from axle.config.histories.comparison import Compared, Split
from axle.config.histories.stories import RULES, Story, moved
from axle.kernel.money import Fen
from axle.platform.public import Actor, constraints_check
from axle.servicing.public import ImportedLoan, ImportedReceipt, loans_import, payment_splits
from axle.vehicle.public import trims

_REGION, _DEPARTMENT = "310100", "华东区"


def stories_load(actor: Actor, place: Place, stories: Sequence[Story], *, on: date) -> list[int]:
    """Take the loans over on a date with their receipts; gives their contracts. Borrowers and cars are invented."""
    cases = [_case(place, number, story) for number, story in enumerate(stories, 1)]
    opened = cases_open(actor, place, cases, [(story.terms, RULES) for story in stories])
    loans = [_loan(one, place, story) for one, story in zip(opened, stories, strict=True)]
    events_import(loans_import(actor=actor, loans=loans, business_on=on))
    constraints_check()
    return [loan.opening.contract_id for loan in loans]


def _case(place: Place, number: int, story: Story) -> Case:
    dealer_id, _department = place.dealers[0]
    terms = story.terms
    return Case(
        person=person(random.Random(number), number, _REGION),
        trim=trims()[0],
        vin=vin(number),
        is_new=False,
        price=Fen(terms.principal * 2),
        principal=terms.principal,
        periods=terms.periods,
        method=terms.method,
        annual_rate=terms.annual_rate,
        start_on=terms.start_on,
        dealer_id=dealer_id,
        department=_DEPARTMENT,
        product=place.products["USED-CAR"],
        state="disbursed",
    )


def _loan(opened: Opened, place: Place, story: Story) -> ImportedLoan:
    name = opened[0].person.name
    paid = [ImportedReceipt(payment.amount, moved(payment.on), name, is_early=True) for payment in story.payments]
    return ImportedLoan(opening_of(opened, place), story.terms, RULES, tuple(paid))


def compared(contract_id: int, story: Story, *, on: date) -> Iterator[Compared]:
    """Each payment of a loan in the books, as its events say on a date, beside its report."""
    owed, since = story.terms.principal, story.terms.start_on
    for split, payment in zip(payment_splits(contract_id, on=on), story.payments, strict=True):
        ours = Split(split.on("interest"), split.on("principal"))
        yield Compared(story, payment, ours, (split.value_on - since).days, owed)
        owed, since = Fen(owed - ours.principal), split.value_on


def taken_over_on(stories: Sequence[Story]) -> date:
    """The day after the last report."""
    return moved(max(story.loan.months[-1].ends_on for story in stories)) + timedelta(days=1)


def share(part: int, whole: int) -> float:
    """A share in per cent, to a tenth."""
    return round(100 * part / whole, 1) if whole else 0.0
