"""Allocation: two unpaid instalments, one receipt, both directions; and the sums of any split."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from axle.amortization.errors import AmountOutOfRange
from axle.amortization.public import COMPONENTS, Due, Paid, allocate

ORDER = ("fee", "penalty", "compound", "interest", "principal")


def owed(key, **amounts):
    return Due(key, amounts)


FIRST = owed(1, penalty=3736, compound=1153, interest=75000, principal=242997)
SECOND = owed(2, penalty=918, compound=274, interest=73178, principal=244819)


def test_horizontal():
    split = allocate(amount=200000, dues=[FIRST, SECOND], order=ORDER)
    assert split.parts == (
        Paid(1, "penalty", 3736),
        Paid(1, "compound", 1153),
        Paid(1, "interest", 75000),
        Paid(1, "principal", 120111),
    )
    assert split.unapplied == 0


def test_vertical():
    split = allocate(amount=200000, dues=[FIRST, SECOND], order=ORDER, mode="vertical")
    assert [part.amount for part in split.parts] == [3736, 918, 1153, 274, 75000, 73178, 45741]
    assert split.parts[-1] == Paid(1, "principal", 45741)


def test_principal_first():
    split = allocate(amount=300000, dues=[FIRST, SECOND], order=ORDER[::-1])
    assert split.parts == (Paid(1, "principal", 242997), Paid(1, "interest", 57003))


def test_what_is_left_is_unapplied():
    assert allocate(amount=1000, dues=[Due(7, {"fee": 300})], order=ORDER) == ((Paid(7, "fee", 300),), 700)
    assert allocate(amount=0, dues=[FIRST], order=ORDER) == ((), 0)
    assert allocate(amount=5, dues=[], order=ORDER) == ((), 5)


def test_a_negative_amount_is_refused():
    with pytest.raises(AmountOutOfRange):
        allocate(amount=-1, dues=[FIRST], order=ORDER)


dues = st.lists(st.dictionaries(st.sampled_from(COMPONENTS), st.integers(0, 10**6)), max_size=8).map(
    lambda owed: [Due(key, outstanding) for key, outstanding in enumerate(owed)]
)


@given(st.integers(0, 10**7), dues, st.permutations(COMPONENTS), st.sampled_from(["horizontal", "vertical"]))
def test_parts_and_rest_are_the_amount_and_nothing_is_overpaid(amount, owed, order, mode):
    split = allocate(amount=amount, dues=owed, order=order, mode=mode)
    assert sum(part.amount for part in split.parts) + split.unapplied == amount
    assert all(0 < part.amount <= owed[part.key].outstanding[part.component] for part in split.parts)
    total = sum(sum(due.outstanding.values()) for due in owed)
    assert split.unapplied == max(amount - total, 0)
