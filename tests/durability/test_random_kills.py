"""kill -9 at random moments of receipts and of the end of day: the books are those of an undisturbed machine."""

import pytest

from tests.durability.trial import compared

pytestmark = pytest.mark.journey


def test_a_machine_that_keeps_dying_ends_where_an_undisturbed_one_does() -> None:
    found = compared(kills=6, seed=7)
    assert found["kills"] == 6
    assert found["lines that differ"] == 0, found
    assert found["file: parts"] > 1
    assert found["file: kills"], found
    assert found["file: rows that are not one receipt"] == 0, found
