"""What must always hold in servicing. Loans are read by the batch, never one by one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

from axle.amortization.public import Position
from axle.platform.public import business_date, invariant
from axle.servicing.domain.carrying import SINCE_OPENING
from axle.servicing.domain.postings import postings_of
from axle.servicing.models import Instalment, Loan, LoanCarrying, LoanEvent, Posting, Receipt
from axle.servicing.services.carrying_settle import era_of
from axle.servicing.services.loan_restate import Life, cache_of, instalments_of, life_from
from axle.servicing.services.postings_settle import MONEY_COLUMNS, money_by_event, standing_drafts

Row = TypeVar("Row", bound=Model)
_BATCH = 500
_ROW = tuple(field.attname for field in Instalment._meta.concrete_fields if field.name not in {"id", "loan"})


def _differences(loan: Loan, position: Position) -> str:
    """The columns of a loan's row that are not what its position says, each with both values."""
    replayed = cache_of(position)
    return ", ".join(
        f"{name} is {getattr(loan, name)}, replayed {value}"
        for name, value in replayed.items()
        if getattr(loan, name) != value
    )


def _row(row: Instalment) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in _ROW)


def _batches() -> Iterator[Sequence[Loan]]:
    last = 0
    while batch := list(Loan.objects.filter(pk__gt=last).order_by("pk")[:_BATCH]):
        yield batch
        last = batch[-1].pk


def _by_loan(rows: "QuerySet[Row]", loans: Sequence[Loan]) -> dict[int, list[Row]]:
    """The rows of some loans, by loan, in the order of the query."""
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows.filter(loan__in=[loan.pk for loan in loans]):
        found[row.loan_id].append(row)  # type: ignore[attr-defined]  # every such row has its loan
    return found


def _lives(loans: Sequence[Loan]) -> Iterator[tuple[Loan, Life, Position]]:
    today, events = business_date(), _by_loan(LoanEvent.objects.order_by("pk"), loans)
    for loan in loans:
        life = life_from(loan, (event.payload for event in events[loan.pk]))
        yield loan, life, life.position(today)


@invariant("servicing_position_is_the_replay")
def position_is_the_replay() -> list[str]:
    """Stored position and plan equal the replay of the loan's events."""
    return [failure for loans in _batches() for failure in _position_failures(loans)]


def _position_failures(loans: Sequence[Loan]) -> Iterator[str]:
    plans = _by_loan(Instalment.objects.order_by("position"), loans)
    for loan, _life, position in _lives(loans):
        if differences := _differences(loan, position):
            yield f"{loan.loan_no}: {differences}"
        if _rows(plans[loan.pk]) != _rows(instalments_of(loan, position)):
            yield f"{loan.loan_no}: the stored plan is not the replayed one"


def _rows(plan: Iterable[Instalment]) -> list[tuple[object, ...]]:
    return [_row(row) for row in plan]


@invariant("servicing_postings_are_what_the_replay_asks")
def postings_are_what_the_replay_asks() -> list[str]:
    """Every split of money has one posting that stands, with the replay's amounts."""
    return [failure for loans in _batches() for failure in _posting_failures(loans)]


def _posting_failures(loans: Sequence[Loan]) -> Iterator[str]:
    receipts = {
        loan_id: [tuple(getattr(row, name) for name in MONEY_COLUMNS) for row in rows]
        for loan_id, rows in _by_loan(Receipt.objects.all(), loans).items()
    }
    standing = _by_loan(Posting.objects.filter(is_reversed=False), loans)
    carryings = _by_loan(LoanCarrying.objects.order_by("era"), [loan for loan in loans if loan.era])
    for loan, life, position in _lives(loans):
        stands = standing_drafts(standing[loan.pk])
        eras = (SINCE_OPENING, *map(era_of, carryings[loan.pk]))
        if postings_of(position, money_by_event(receipts.get(loan.pk, ()), life.events), eras, stands) != stands:
            yield f"{loan.loan_no}: its postings are not those of its replay"


@invariant("servicing_carrying_is_its_last_change")
def carrying_is_its_last_change() -> list[str]:
    """Each loan is carried as the last row of its history says, and the rows are numbered without a gap."""
    with connection.cursor() as cursor:
        cursor.execute(_CARRYING)
        return [f"{number}: carried as {stored}, its history says {last}" for number, stored, last in cursor.fetchall()]


_CARRYING = """
SELECT loan.loan_no, loan.carrying, coalesce(last.carrying, 'performing')
FROM servicing_loan AS loan
LEFT JOIN servicing_loancarrying AS last ON last.loan_id = loan.id AND last.era = loan.era
LEFT JOIN (SELECT loan_id, count(*) AS changes, max(era) AS era FROM servicing_loancarrying GROUP BY loan_id) AS told
    ON told.loan_id = loan.id
WHERE loan.carrying <> coalesce(last.carrying, 'performing')
   OR loan.era <> coalesce(told.era, 0) OR loan.era <> coalesce(told.changes, 0)
ORDER BY loan.loan_no
"""
