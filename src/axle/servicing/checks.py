"""What must always hold in servicing. Loans are read by the batch, never one by one."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Max, Min, QuerySet

from axle.amortization.public import Position, Rules, event_from_json, rules_from_json, terms_from_json
from axle.platform.public import business_date, invariant
from axle.servicing.domain.carrying import SINCE_OPENING, Era
from axle.servicing.domain.postings import postings_of
from axle.servicing.models import Instalment, Loan, LoanCarrying, LoanEvent, Posting, Receipt
from axle.servicing.services.carrying_settle import era_of
from axle.servicing.services.loan_restate import Life, cache_of
from axle.servicing.services.postings_settle import MONEY_COLUMNS, money_by_event, standing_drafts

_BATCH = 500
_POSITION = "servicing_position_is_the_replay"
_POSTINGS = "servicing_postings_are_what_the_replay_asks"
_PLAN = tuple(field.attname for field in Instalment._meta.concrete_fields if field.name not in {"id", "loan"})
_DRAFT = ("key", "on", "kind", "amounts", "bank_account", "era")


def _differences(loan: Loan, position: Position) -> str:
    """The columns of a loan's row that are not what its position says, each with both values."""
    replayed = cache_of(position)
    return ", ".join(
        f"{name} is {getattr(loan, name)}, replayed {value}"
        for name, value in replayed.items()
        if getattr(loan, name) != value
    )


def _plan_of(position: Position) -> list[tuple[object, ...]]:
    """The rows of a plan as they have to be stored, in the order of the columns."""
    rows = (row for row in position.rows if row.kind != "charge")
    return [
        (
            index,
            row.kind,
            plan.no,
            plan.starts_on,
            plan.due_on,
            plan.days,
            plan.principal,
            plan.interest,
            plan.fee,
            plan.balance,
            plan.exact,
            plan.carried,
            row.paid.principal,
            row.paid.interest,
            row.paid.fee,
            row.settled_on,
        )
        for index, (row, plan) in enumerate(zip(rows, position.schedule.instalments, strict=True), 1)
    ]


def _batches(shard: int, shards: int) -> Iterator[Sequence[Loan]]:
    """Loans of a shard, which is a stretch of their keys."""
    ends = Loan.objects.aggregate(first=Min("pk"), last=Max("pk"))
    first, last = ends["first"] or 0, ends["last"] or 0
    after, until = (first - 1 + (last - first + 1) * part // shards for part in (shard, shard + 1))
    while batch := list(Loan.objects.filter(pk__gt=after, pk__lte=until).order_by("pk")[:_BATCH]):
        yield batch
        after = batch[-1].pk


def _by_loan(rows: QuerySet[Any], loans: Sequence[Loan], *columns: str) -> dict[int, list[Any]]:
    """Columns of the rows of some loans, by loan, in the order of the query."""
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows.filter(loan__in=[loan.pk for loan in loans]).values_list("loan_id", *columns, named=True):
        found[row.loan_id].append(row)
    return found


@lru_cache(maxsize=1000)
def _rules(document: str) -> Rules:
    """Many loans have the same ones."""
    return rules_from_json(json.loads(document))


def replays_fail(shard: int, shards: int) -> Iterator[tuple[str, str]]:
    """What both invariants of the replay find in a shard of the loans, each replayed once: invariant and line."""
    today = business_date()
    for loans in _batches(shard, shards):
        events = _by_loan(LoanEvent.objects.order_by("pk"), loans, "payload")
        plans = _by_loan(Instalment.objects.order_by("position"), loans, *_PLAN)
        receipts = _by_loan(Receipt.objects.all(), loans, *MONEY_COLUMNS)
        standing = _by_loan(Posting.objects.filter(is_reversed=False), loans, *_DRAFT)
        carryings = _by_loan(LoanCarrying.objects.order_by("era"), [loan for loan in loans if loan.era], *Era._fields)
        for loan in loans:
            life = Life(
                terms_from_json(loan.terms),
                _rules(json.dumps(loan.rules)),
                tuple(event_from_json(event.payload) for event in events[loan.pk]),
            )
            position = life.position(today)
            if differences := _differences(loan, position):
                yield _POSITION, f"{loan.loan_no}: {differences}"
            if [row[1:] for row in plans[loan.pk]] != _plan_of(position):
                yield _POSITION, f"{loan.loan_no}: the stored plan is not the replayed one"
            money = [row[1:] for row in receipts[loan.pk]]
            stands = standing_drafts(standing[loan.pk])
            eras = (SINCE_OPENING, *map(era_of, carryings[loan.pk]))
            if postings_of(position, money_by_event(money, life.events), eras, stands) != stands:
                yield _POSTINGS, f"{loan.loan_no}: its postings are not those of its replay"


@invariant(_POSITION, sweep=replays_fail)
def position_is_the_replay() -> list[str]:
    """Stored position and plan equal the replay of the loan's events."""
    return [line for name, line in replays_fail(0, 1) if name == _POSITION]


@invariant(_POSTINGS, sweep=replays_fail)
def postings_are_what_the_replay_asks() -> list[str]:
    """Every split of money has one posting that stands, with the replay's amounts."""
    return [line for name, line in replays_fail(0, 1) if name == _POSTINGS]


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
