"""What must always hold in servicing."""

from collections.abc import Iterator

from axle.amortization.public import Position
from axle.platform.public import business_date, invariant
from axle.servicing.domain.postings import postings_of
from axle.servicing.models import Instalment, Loan, Posting
from axle.servicing.services.loan_restate import Life, instalments_of, life_of, money_of

_ROW = ("principal", "interest", "fee", "principal_paid", "interest_paid", "fee_paid", "due_on", "settled_on")


def _stored(loan: Loan) -> tuple[object, ...]:
    return (loan.principal_balance, loan.unapplied, loan.interest_paid, loan.fee_outstanding, loan.settled_on)


def _replayed(position: Position) -> tuple[object, ...]:
    return (
        position.principal_balance,
        position.unapplied,
        position.paid.interest,
        position.outstanding.fee,
        position.settled_on,
    )


def _row(row: Instalment) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in _ROW)


def _loans() -> Iterator[tuple[Loan, Life, Position]]:
    today = business_date()
    for loan in Loan.objects.order_by("pk").iterator(chunk_size=500):
        life = life_of(loan)
        yield loan, life, life.position(today)


@invariant("servicing_position_is_the_replay")
def position_is_the_replay() -> list[str]:
    """Stored position and plan equal the replay of the loan's events."""
    failures = []
    for loan, _life, position in _loans():
        if _stored(loan) != _replayed(position):
            failures.append(f"{loan.loan_no}: stored {_stored(loan)}, replayed {_replayed(position)}")
        stored = [_row(row) for row in loan.instalments.order_by("position")]
        if stored != [_row(row) for row in instalments_of(loan, position)]:
            failures.append(f"{loan.loan_no}: the stored plan is not the replayed one")
    return failures


@invariant("servicing_postings_are_what_the_replay_asks")
def postings_are_what_the_replay_asks() -> list[str]:
    """Every split of money has one posting that stands, with the replay's amounts."""
    failures = []
    for loan, life, position in _loans():
        wanted = {key: draft.amounts for key, draft in postings_of(position, money_of(loan, life.events)).items()}
        standing = Posting.objects.filter(loan=loan, is_reversed=False)
        if {(row.key, row.on.isoformat()): row.amounts for row in standing} != wanted:
            failures.append(f"{loan.loan_no}: its postings are not those of its replay")
    return failures
