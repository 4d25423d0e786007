"""What a loan's replay asks to be posted, against what stands: what differs is taken back and told anew, at once."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from django.db import connection
from django.db.models import Q, QuerySet

from axle.amortization.public import Event, Position, Reversal
from axle.kernel.money import Fen
from axle.ledger.events import MoneyEvent
from axle.platform.public import publish_all
from axle.servicing.domain.carrying import Era, Lowered, lowered
from axle.servicing.domain.postings import FEE, MOVE, Key, Money, PostingDraft, postings_of
from axle.servicing.models import Loan, Posting, Receipt
from axle.servicing.services.money_tell import money_event


class _Told(NamedTuple):
    """What is stored of a posting."""

    pk: int
    event_no: str
    key: str
    on: date
    kind: str
    amounts: dict[str, Fen]
    bank_account: str
    era: int
    told_in: str

    @property
    def draft_key(self) -> Key:
        return self.key, self.on.isoformat()


def postings_settle(
    loan: Loan,
    position: Position,
    events: Iterable[Event],
    eras: Sequence[Era],
    *,
    since: date | None = None,
    new_event_no: str = "",
    told: Sequence[MoneyEvent] = (),
) -> None:
    """Bring a loan's postings to its position and tell the books, in as few statements for many as for one.

    ``since`` is the first day on which money may have been split otherwise than it stands; None when that is unknown.
    Of the event that is new nothing was told before. ``told`` is what the books are told before that.
    """
    standing, receipts = Posting.objects.filter(loan=loan, is_reversed=False), loan.receipts.all()
    earlier: dict[int, Lowered] = {}
    if since is not None:
        of_days = Q(on__gte=since)
        standing = standing.filter(of_days | Q(key__startswith=MOVE) if len(eras) > 1 else of_days)
        earlier = _taken_off_before(loan, since) if len(eras) > 1 else {}
        receipts = receipts.filter(value_on__gte=since) if since > loan.disbursed_on else receipts
    rows = [_Told(*row) for row in standing.order_by("pk").values_list(*_Told._fields)]
    stands = {row.draft_key: row for row in rows}
    drafts = standing_drafts(rows)
    wanted = postings_of(position, money_of(receipts, events), eras, drafts, since=since, earlier=earlier)
    gone = [row for key, row in stands.items() if wanted.get(key) != drafts[key]]
    kept = stands.keys() - {row.draft_key for row in gone}
    told_before = _revisions(loan, gone, [key for key in wanted.keys() - stands.keys() if key[0] != new_event_no])
    new = [_posting(loan, key, wanted[key], told_before[key] + 1) for key in sorted(wanted.keys() - kept)]
    Posting.objects.filter(pk__in=[row.pk for row in gone]).update(is_reversed=True)
    Posting.objects.bulk_create(new)
    publish_all([*told, *(_taking_back(loan, row) for row in gone), *(_telling(loan, posting) for posting in new)])


def _revisions(loan: Loan, gone: Iterable[_Told], absent: Sequence[Key]) -> Counter[Key]:
    """How often each of some postings was told: those that go now, and those of which none stands."""
    found = Counter({row.draft_key: int(row.event_no.rpartition("/")[2]) for row in gone})
    if absent:
        rows = Posting.objects.filter(loan=loan, key__in={name for name, _day in absent}, is_reversed=True)
        found.update(
            (name, on.isoformat()) for name, on in rows.values_list("key", "on") if (name, on.isoformat()) in absent
        )
    return found


_BEFORE = f"""
SELECT p.era, part.key, sum(part.value::bigint)
FROM servicing_posting p CROSS JOIN LATERAL jsonb_each_text(p.amounts) AS part
WHERE p.loan_id = %s AND p.on < %s AND NOT p.is_reversed AND NOT starts_with(p.key, '{FEE}')
    AND NOT starts_with(p.key, '{MOVE}')
GROUP BY 1, 2
"""


def _taken_off_before(loan: Loan, since: date) -> dict[int, Lowered]:
    """What postings of money that count before a day took off, by their era; what a change moved is counted back."""
    sums: dict[int, dict[str, int]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(_BEFORE, [loan.pk, since])
        for era, name, amount in cursor.fetchall():
            sums[era][name] = int(amount)
    return {era: lowered(amounts) for era, amounts in sums.items()}


def first_day_of(loan: Loan, event: Event, events: Iterable[Event]) -> date:
    """The first day on which a new event of a loan may split money otherwise. Ask before its position is stored.

    Money that waits pays on the next due date, even if nobody has looked at the loan since.
    """
    days = [event.on]
    if isinstance(event, Reversal):
        days += [target.on for target in events if target.id == event.of]
    if loan.unapplied and loan.next_unpaid_due_on:
        days.append(loan.next_unpaid_due_on)
    return min(days)


def money_of(receipts: QuerySet[Receipt], events: Iterable[Event]) -> dict[str, Money]:
    """The money behind each receipt event of a loan that was not reversed, by event number."""
    return money_by_event(receipts.values_list(*MONEY_COLUMNS), events)


MONEY_COLUMNS = ("receipt_no", "amount", "is_from_suspense", "bank_account_id")


def money_by_event(receipts: Iterable[tuple[str, int, bool, int]], events: Iterable[Event]) -> dict[str, Money]:
    """The same of receipts that are read already, each as ``MONEY_COLUMNS``."""
    entered = list(events)
    gone = {event.of for event in entered if isinstance(event, Reversal)}
    dates = {event.id: event.on for event in entered if event.id not in gone}
    return {
        number: Money(Fen(amount), dates[number], "from_suspense" if is_from_suspense else "cash", str(account))
        for number, amount, is_from_suspense, account in receipts
        if number in dates
    }


def standing_drafts(stands: Iterable[Posting | _Told]) -> dict[Key, PostingDraft]:
    """Postings that stand, as they were told."""
    return {
        (row.key, row.on.isoformat()): PostingDraft(row.kind, row.on, row.amounts, row.bank_account, row.era)
        for row in stands
    }


def _posting(loan: Loan, key: Key, draft: PostingDraft, revision: int) -> Posting:
    return Posting(
        loan=loan,
        event_no=f"{loan.loan_no}/{key[0]}/{draft.on:%y%m%d}/{revision}",
        key=key[0],
        on=draft.on,
        kind=draft.kind,
        amounts=draft.amounts,
        bank_account=draft.bank_account,
        era=draft.era,
    )


def _telling(loan: Loan, posting: Posting) -> MoneyEvent:
    return money_event(loan, _draft(posting), posting.event_no)


def _taking_back(loan: Loan, posting: _Told) -> MoneyEvent:
    event = money_event(loan, _draft(posting), f"{posting.event_no}R", reverses=posting.event_no)
    return replace(event, reverses=None, part_of=posting.told_in) if posting.told_in else event


def _draft(posting: Posting | _Told) -> PostingDraft:
    return PostingDraft(posting.kind, posting.on, posting.amounts, posting.bank_account)
