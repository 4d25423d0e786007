"""Allocation (冲账): which dues a sum of money pays, in an order that is data.

``horizontal`` pays instalment by instalment, oldest first, each in the order of components; ``vertical`` pays
component by component, each over all instalments.

Source: REG-CIVIL-561 (costs, then interest, then principal, unless agreed otherwise).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from axle.amortization.choices import AllocationMode, Component
from axle.amortization.errors import AmountOutOfRange
from axle.kernel.money import Fen


class Due(NamedTuple):
    """What one instalment still owes on the day of the money; ``key`` is the caller's name for it."""

    key: int
    outstanding: Mapping[Component, Fen]


class Paid(NamedTuple):
    """A part of the money, paid to one component of one instalment."""

    key: int
    component: Component
    amount: Fen


class Allocation(NamedTuple):
    """The parts that were paid, in the order of payment, and what is left."""

    parts: tuple[Paid, ...]
    unapplied: Fen


def allocate(
    *, amount: Fen, dues: Iterable[Due], order: Sequence[Component], mode: AllocationMode = "horizontal"
) -> Allocation:
    """Split one sum over what is due; ``dues`` come oldest first and, horizontally, are read only as far as needed.

    Money: fen in and out; the parts plus ``unapplied`` equal ``amount`` exactly. Nothing is rounded here.
    Dates: dues are computed for the date already; the clock is not read.
    Errors: AmountOutOfRange for a negative amount. Paying too much is not an error.
    Source: REG-CIVIL-561.
    """
    if amount < 0:
        raise AmountOutOfRange(field="amount", value=str(amount))
    left = int(amount)
    parts: list[Paid] = []
    if left:
        for key, component, owed in _sequence(dues, order, mode):
            paid = owed if owed < left else left
            parts.append(Paid(key, component, Fen(paid)))
            left -= paid
            if not left:
                break
    return Allocation(tuple(parts), Fen(left))


def _sequence(
    dues: Iterable[Due], order: Sequence[Component], mode: AllocationMode
) -> Iterator[tuple[int, Component, Fen]]:
    """What is owed, in the order in which money pays it."""
    if mode == "horizontal":
        for key, outstanding in dues:
            for component in order:
                if owed := outstanding.get(component):
                    yield key, component, owed
    else:
        known = list(dues)
        for component in order:
            for key, outstanding in known:
                if owed := outstanding.get(component):
                    yield key, component, owed
