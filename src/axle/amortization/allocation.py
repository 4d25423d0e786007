"""Allocation (冲账): which dues a sum of money pays, in an order that is data.

``horizontal`` pays instalment by instalment, oldest first, each in the order of components; ``vertical`` pays
component by component, each over all instalments.

Source: REG-CIVIL-561 (costs, then interest, then principal, unless agreed otherwise).
"""

from collections.abc import Iterable, Mapping, Sequence
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
    if mode == "horizontal":
        return _paid(amount, dues, order)
    known, left, parts = list(dues), amount, tuple[Paid, ...]()
    for component in order:
        paid, left = _paid(left, known, [component])
        parts += paid
    return Allocation(parts, left)


def _paid(amount: Fen, dues: Iterable[Due], order: Sequence[Component]) -> Allocation:
    """What money pays due by due, each in the order of components."""
    left = int(amount)
    parts: list[Paid] = []
    for key, outstanding in dues if left else ():
        for component in order:
            owed = outstanding.get(component)
            if owed:
                paid = owed if owed < left else left
                parts.append(Paid(key, component, paid))  # type: ignore[arg-type]  # a part of fen
                left -= paid
                if not left:
                    return Allocation(tuple(parts), Fen(0))
    return Allocation(tuple(parts), Fen(left))
