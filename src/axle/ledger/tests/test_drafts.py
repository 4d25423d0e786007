"""What double entry allows before the database is asked."""

import pytest

from axle.ledger.domain.drafts import LineDraft, draft_check, red_lines
from axle.ledger.errors import EntryNeedsTwoLines, EntryUnbalanced, LineNotOneSided, LineSignRefused
from axle.ledger.tests.factories import credit, debit, draft, fen


def test_a_balanced_draft_passes():
    draft_check(draft(1, debit("1002", "3.00"), credit("6011", "2.83"), credit("2221", "0.17")))


@pytest.mark.parametrize(
    ("lines", "condition"),
    [
        ([debit("1002", "1.00")], EntryNeedsTwoLines),
        ([debit("1002", "1.00"), credit("6011", "1.01")], EntryUnbalanced),
        ([debit("1002", "1.00"), LineDraft("6011")], LineNotOneSided),
        ([debit("1002", "1.00"), LineDraft("6011", debit=fen("1.00"), credit=fen("2.00"))], LineNotOneSided),
        ([debit("1002", "-1.00"), credit("6011", "-1.00")], LineSignRefused),
        ([debit("1002", "1.00"), credit("6011", "2.00"), credit("6011", "-1.00")], LineSignRefused),
    ],
)
def test_a_wrong_draft_names_its_fault(lines, condition):
    with pytest.raises(condition):
        draft_check(draft(1, *lines))


def test_red_lines_mirror_the_original_on_the_same_sides():
    lines = debit("1002", "3.00", loan_no="L1"), credit("6011", "3.00")
    red = red_lines(lines)
    assert red == (debit("1002", "-3.00", loan_no="L1"), credit("6011", "-3.00"))
    draft_check(draft(1, *red, is_red=True))
    assert red_lines(red) == lines
