"""Which lines of the books and of a bank's statement are the same money, pure. Amounts are fen; tolerance is zero."""

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from axle.kernel.money import Fen


@dataclass(frozen=True)
class BankItem:
    """A line: its key, its day, and its amount, negative when money left the account."""

    key: int
    on: date
    amount: Fen


@dataclass(frozen=True)
class Alike:
    """A line of the books and one of the statement."""

    book: BankItem
    stated: BankItem


def alike(books: Iterable[BankItem], stated: Iterable[BankItem], *, days: int) -> list[Alike]:
    """Pair lines of the same amount that lie no more than some days apart, the earliest first.

    Of several lines with the same amount it does not matter which is paired with which: the sums in transit are the
    same.
    """
    by_amount = defaultdict[Fen, deque[BankItem]](deque)
    for item in sorted(books, key=lambda item: (item.on, item.key)):
        by_amount[item.amount].append(item)
    found = []
    for line in sorted(stated, key=lambda item: (item.on, item.key)):
        waiting = by_amount[line.amount]
        while waiting and (line.on - waiting[0].on).days > days:
            waiting.popleft()
        if waiting and (waiting[0].on - line.on).days <= days:
            found.append(Alike(waiting.popleft(), line))
    return found
