"""Where loans stood at the end of a past day, as it was known then."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db import connection

from axle.amortization.public import Position
from axle.kernel.money import Fen
from axle.servicing.domain.carrying import reckoned
from axle.servicing.models import Loan, LoanCarrying, LoanEvent
from axle.servicing.selectors.accrual import interest_earned_of
from axle.servicing.services.loan_restate import life_from


def positions_at(loan_ids: Iterable[int], on: date, *, known_on: date | None = None) -> dict[int, Position]:
    """The positions of some loans at the end of a date, by the events entered up to ``known_on``, else up to it."""
    payloads: dict[int, list[dict[str, Any]]] = defaultdict(list)
    known = known_on or on
    events = LoanEvent.objects.filter(loan_id__in=list(loan_ids), entered_on__lte=known, on__lte=on).order_by("pk")
    for loan_id, payload in events.values_list("loan_id", "payload"):
        payloads[loan_id].append(payload)
    loans = Loan.objects.filter(pk__in=payloads)
    return {loan.pk: life_from(loan, payloads[loan.pk]).position(on) for loan in loans}


def carryings_at(loan_ids: Sequence[int], on: date) -> dict[int, str]:
    """How some loans were carried at the end of a day; a loan that is not named performed."""
    rows = LoanCarrying.objects.filter(loan_id__in=list(loan_ids), on__lte=on).order_by("loan_id", "era")
    return dict(rows.values_list("loan_id", "carrying"))


class PeriodAt(NamedTuple):
    """The period of a loan on a date, and what its instalment asks for, in fen."""

    no: int
    due: Fen


_PERIODS = """
SELECT asked.loan_id, asked.at, plan.no, plan.principal + plan.interest + plan.fee
FROM unnest(%(loan_ids)s::bigint[], %(days)s::date[]) AS asked(loan_id, at)
JOIN LATERAL (
    SELECT no, principal, interest, fee FROM servicing_instalment row
    WHERE row.loan_id = asked.loan_id AND row.kind = 'instalment'
    ORDER BY row.due_on > asked.at, abs(row.due_on - asked.at) LIMIT 1
) AS plan ON true
"""


def periods_of(asked: Sequence[tuple[int, date]]) -> dict[tuple[int, date], PeriodAt]:
    """The instalment that fell due last before or on each date, or the first one, by loan and date."""
    loan_ids, days = zip(*asked, strict=True) if asked else ((), ())
    with connection.cursor() as cursor:
        cursor.execute(_PERIODS, {"loan_ids": list(loan_ids), "days": list(days)})
        return {(loan_id, at): PeriodAt(no, Fen(due)) for loan_id, at, no, due in cursor.fetchall()}


def interest_earned_at(loan_ids: Sequence[int], on: date) -> dict[int, Fen]:
    """What some loans had earned by the end of a day, due or not, as it was known then.

    The stored plan tells it, except for loans whose plan was changed later: those are replayed.
    """
    later = LoanEvent.objects.filter(loan_id__in=loan_ids, entered_on__gt=on).exclude(kind="receipt")
    changed = set(later.values_list("loan_id", flat=True))
    after = on + timedelta(days=1)
    earned = interest_earned_of([loan_id for loan_id in loan_ids if loan_id not in changed], after)
    positions = positions_at(changed, after, known_on=on)
    return earned | {pk: Fen(reckoned(position).earned) for pk, position in positions.items()}
