"""Bring the interest that the books reckon with up to a position, and begin an era when the carrying changes."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from axle.amortization.public import ClaimTransfer, Event, Position
from axle.kernel.money import Fen
from axle.ledger.events import MoneyEvent
from axle.platform.public import Actor
from axle.servicing.domain.carrying import (
    PERFORMING,
    SINCE_OPENING,
    SOLD,
    WRITTEN_OFF,
    Era,
    Reckoned,
    carrying_of,
    due_today,
    interest_differences,
    not_due,
    reckoned,
)
from axle.servicing.domain.postings import PostingDraft
from axle.servicing.models import Loan, LoanCarrying
from axle.servicing.services.money_tell import money_event

_KINDS = {
    "interest_accrued": ("interest_accrued", "interest_accrual_reduced", "A"),
    "interest_due": ("interest_due", "interest_due_reduced", "T"),
    "memo_interest_accrued": ("memo_interest_accrued", "memo_interest_reduced", "M"),
}


def eras_of(loans: Sequence[Loan]) -> dict[int, tuple[Era, ...]]:
    """How each of some loans was carried, from its opening on; read only for those of which that ever changed."""
    eras: dict[int, tuple[Era, ...]] = {loan.pk: (SINCE_OPENING,) for loan in loans}
    if changed := [loan.pk for loan in loans if loan.era]:
        for row in LoanCarrying.objects.filter(loan__in=changed).order_by("loan", "era"):
            eras[row.loan_id] = (*eras[row.loan_id], era_of(row))
    return eras


def era_of(row: LoanCarrying) -> Era:
    """A stored change of carrying."""
    return Era(**{name: getattr(row, name) for name in Era._fields})


def carrying_settle(
    *, loan: Loan, eras: tuple[Era, ...], event: Event, before: Reckoned, after: Position
) -> tuple[tuple[Era, ...], list[MoneyEvent]]:
    """The eras with an event, and what the books are to be told of the interest that it added or took.

    A new era is counted on the loan's unsaved row, and is still to be kept (``era_row``).

    ``before`` is what the plan without the event says of interest; it is told under the carrying that the event
    found. When the event changes the carrying, an era begins on the position's date. Interest that was earned while
    the loan was written off is told under what it becomes. With a sale the tax on what is not due becomes due; what
    comes back falls due on its day.
    """
    old, new, on = eras[-1], carrying_of(after), after.as_of
    told = list(interest_told(loan, interest_differences(old.carrying, before, reckoned(after)), event.id, on))
    if new == old.carrying:
        return eras, told
    if old.carrying == PERFORMING:
        due = due_today(after) + (not_due(after) if new == SOLD else 0)
        told += interest_told(loan, {"interest_due": due}, f"{event.id}/D", on)
    if (old.carrying, new) == (SOLD, PERFORMING):
        told += interest_told(loan, {"interest_due": -due_today(after) - not_due(after)}, f"{event.id}/D", on)
    era = _era(event, old, new, after)
    loan.era += 1
    if old.carrying == WRITTEN_OFF:
        kept = Reckoned(era.interest_earned, era.interest_due)
        told += interest_told(loan, interest_differences(new, kept, _reckoned(new, after)), f"{event.id}/B", on)
    return (*eras, era), told


def _reckoned(carrying: str, position: Position) -> Reckoned:
    """What the books of a loan so carried have reckoned with; a tax point of today is still to come if it performs."""
    found = reckoned(position)
    return found._replace(due=found.due - due_today(position)) if carrying == PERFORMING else found


def _era(event: Event, old: Era, new: str, after: Position) -> Era:
    earned = Reckoned(old.interest_earned, old.interest_due) if old.carrying == WRITTEN_OFF else _reckoned(new, after)
    return Era(
        carrying=new,
        event_no=event.id,
        on=after.as_of,
        interest_earned=earned.earned,
        interest_due=earned.due,
        fee_due=after.due.fee,
        claim=after.outstanding.total,
        price=event.price if isinstance(event, ClaimTransfer) else 0,
    )


def era_row(actor: Actor, loan: Loan, era: Era) -> LoanCarrying:
    """The last era of a loan as a row to store."""
    return LoanCarrying(loan=loan, era=loan.era, entered_by=actor.name, **era._asdict())


def interest_told(loan: Loan, differences: Mapping[str, int], event_no: str, on: date) -> Iterator[MoneyEvent]:
    """Differences of interest as the books read them, each by its kind or its opposite."""
    for name, amount in differences.items():
        if amount:
            more, less, letter = _KINDS[name]
            draft = PostingDraft(less if amount < 0 else more, on, {"interest": Fen(abs(amount))})
            yield money_event(loan, draft, f"{event_no}/{letter}")
