"""Entries before they are posted, and what makes them postable."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from axle.kernel.money import Fen, yuan
from axle.ledger.errors import EntryNeedsTwoLines, EntryUnbalanced, LineNotOneSided, LineSignRefused

NOTHING = Fen(0)


@dataclass(frozen=True)
class LineDraft:
    """One line: an account and an amount in fen on exactly one side; in a red entry the amount is negative.

    ``dimensions`` are auxiliary facts (辅助核算) such as ``loan_no``; ``summary`` stays empty unless it
    differs from the entry's.
    """

    account: str
    debit: Fen = NOTHING
    credit: Fen = NOTHING
    summary: str = ""
    dimensions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class EntryDraft:
    """An entry to post. ``source_type`` and ``source_id`` name the business object that it is about.

    ``event_no`` with ``kind`` identifies the fact: the same pair is posted once. Without ``booked_on`` it is
    booked on its value date, or on the first day of the first open month when that month is closed.
    """

    legal_entity_id: int
    kind: str
    event_no: str
    value_on: date
    summary: str
    source_type: str
    source_id: int
    lines: Sequence[LineDraft]
    booked_on: date | None = None
    is_red: bool = False
    maker_id: int | None = None
    checker_id: int | None = None
    reversal_of: str | None = None

    @property
    def amount(self) -> Fen:
        """The sum of the debits, which is also the sum of the credits."""
        return Fen(sum(line.debit for line in self.lines))


def draft_check(draft: EntryDraft) -> None:
    """Refuse a draft that double entry does not allow.

    Errors: EntryNeedsTwoLines, LineNotOneSided, LineSignRefused, EntryUnbalanced.
    """
    if len(draft.lines) < 2:
        raise EntryNeedsTwoLines(count=len(draft.lines))
    for line in draft.lines:
        _line_check(line, is_red=draft.is_red)
    credit = sum(line.credit for line in draft.lines)
    if draft.amount != credit:
        raise EntryUnbalanced(debit=yuan(draft.amount), credit=yuan(credit))


def red_lines(lines: Sequence[LineDraft]) -> tuple[LineDraft, ...]:
    """The same lines with the opposite sign on the same side (红冲), so that turnover is taken back too."""
    return tuple(replace(line, debit=Fen(-line.debit), credit=Fen(-line.credit)) for line in lines)


def _line_check(line: LineDraft, *, is_red: bool) -> None:
    if (line.debit == 0) == (line.credit == 0):
        raise LineNotOneSided(account=line.account)
    if (line.debit + line.credit < 0) != is_red:
        raise LineSignRefused(account=line.account, amount=yuan(line.debit + line.credit))
