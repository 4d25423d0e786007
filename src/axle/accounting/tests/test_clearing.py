"""Which lines of books and statement are the same money."""

from datetime import date

import pytest

from axle.accounting.domain.clearing import BankItem, alike
from axle.kernel.money import Fen


def _items(text):
    """``1@3 2@-5``: key@amount in the order of days, or key@amount/day."""
    found = []
    for word in text.split():
        key, _, rest = word.partition("@")
        amount, _, day = rest.partition("/")
        found.append(BankItem(int(key), date(2026, 11, int(day or 1)), Fen(int(amount))))
    return found


@pytest.mark.parametrize(
    ("books", "stated", "pairs"),
    [
        ("1@100", "9@100", [(1, 9)]),
        ("1@100", "9@-100", []),
        ("1@100", "9@101", []),
        ("1@100/1", "9@100/4", [(1, 9)]),
        ("1@100/1", "9@100/5", []),
        ("1@100/5", "9@100/2", [(1, 9)]),
        ("1@100/6", "9@100/2", []),
        ("1@100/1 2@100/5", "9@100/5", [(2, 9)]),
        ("2@100 1@100", "9@100 8@100", [(1, 8), (2, 9)]),
        ("1@100", "8@100 9@100", [(1, 8)]),
    ],
)
def test_lines_are_alike_that_have_one_amount_and_lie_close(books, stated, pairs):
    found = alike(_items(books), _items(stated), days=3)
    assert [(pair.book.key, pair.stated.key) for pair in found] == pairs
