"""How the demo's borrowers pay: most on time, some late, some early, a few not at all."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum

from axle.amortization.public import Disbursement, Event, Receipt, Rules, Terms, replay, schedule
from axle.kernel.money import Fen

_WEIGHTS = (83, 8, 5, 4)


class Habit(StrEnum):
    """What kind of payer a borrower is."""

    PUNCTUAL = "punctual"
    LATE = "late"
    EARLY = "early"
    DEFAULTING = "defaulting"

    @classmethod
    def drawn(cls, draw: random.Random) -> "Habit":
        """One at random, by how common each is."""
        return draw.choices(list(cls), _WEIGHTS)[0]


def _payments(draw: random.Random, habit: Habit, terms: Terms, until: date) -> Iterator[tuple[date, Fen]]:
    rows = schedule(terms).instalments
    stops_after = draw.randrange(1, 10) if habit == Habit.DEFAULTING else len(rows)
    for row in rows[:stops_after]:
        delay = draw.choice((0, 0, 0, 1, 2, 3))
        if habit == Habit.LATE and draw.random() < 0.35:
            delay = draw.randrange(4, 40)
        paid_on = row.due_on + timedelta(days=delay)
        if paid_on < until:
            yield paid_on, row.total


def _with_penalties(terms: Terms, rules: Rules, payments: list[tuple[date, Fen]]) -> list[tuple[date, Fen]]:
    """A late payer pays all that is owed on the day, penalty included."""
    events: list[Event] = [Disbursement(id="D", on=terms.start_on, amount=terms.principal)]
    paid: list[tuple[date, Fen]] = []
    for number, (on, _amount) in enumerate(sorted(payments)):
        owed = replay(terms, rules, events, on).outstanding.total
        if owed:
            events.append(Receipt(id=f"R{number}", on=on, amount=owed))
            paid.append((on, owed))
    return paid


def history(
    draw: random.Random, habit: Habit, terms: Terms, rules: Rules, *, until: date
) -> tuple[tuple[tuple[Fen, date], ...], date | None]:
    """A borrower's payments before a date, and the day of an early payoff if there was one."""
    payments = list(_payments(draw, habit, terms, until))
    if habit == Habit.LATE:
        payments = _with_penalties(terms, rules, payments)
    payoff_on = None
    if habit == Habit.EARLY and 2 < len(payments) < terms.periods:
        kept = draw.randrange(2, len(payments))
        payoff_on = payments[kept - 1][0] + timedelta(days=draw.randrange(4, 20))
        payments = payments[:kept]
    paid = tuple((amount, on) for on, amount in payments)
    return paid, payoff_on if payoff_on and payoff_on < until else None
