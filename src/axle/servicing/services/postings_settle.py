"""What a loan's replay asks to be posted, against what stands: what differs is taken back and told anew, at once."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import NamedTuple

from django.db import connection
from django.db.models import Q

from axle.amortization.public import Event, Position, Reversal
from axle.kernel.money import Fen
from axle.ledger.events import MoneyEvent
from axle.platform.public import publish_all
from axle.servicing.domain.carrying import CHARGED, Era, Lowered, lowered
from axle.servicing.domain.postings import FEE, MOVE, Key, Money, PostingDraft, postings_of
from axle.servicing.models import Loan, Posting, Receipt
from axle.servicing.services.money_tell import money_event


@dataclass(frozen=True)
class Settling:
    """A loan whose postings are to follow its position.

    ``since`` is the first day on which money may have been split otherwise than it stands; None when that is unknown.
    Of the event that is new nothing was told before. ``told`` is what the books are told before that.
    """

    loan: Loan
    position: Position
    events: Sequence[Event]
    eras: Sequence[Era]
    since: date | None = None
    new_event_no: str = ""
    told: Sequence[MoneyEvent] = ()

    @property
    def first(self) -> date:
        """The first day that has to be read."""
        return self.since or date.min


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


class _Differing(NamedTuple):
    """What of a loan's postings no longer stands, and what is to be told instead."""

    of: Settling
    gone: list[_Told]
    new: dict[Key, PostingDraft]

    @property
    def absent(self) -> list[Key]:
        """Those of the new ones that may have been told before and of which none stands."""
        standing = {row.draft_key for row in self.gone}
        return [key for key in self.new if key not in standing and key[0] != self.of.new_event_no]


def postings_settle(settling: Sequence[Settling]) -> None:
    """Bring the postings of some loans to their positions and tell the books, in as few statements for many as for one.

    A loan comes once.
    """
    if not settling:
        return
    stands, receipts, earlier = _standing(settling), _receipts(settling), _taken_off_before(settling)
    differing = [
        _differing(one, stands[one.loan.pk], receipts[one.loan.pk], earlier.get(one.loan.pk, {})) for one in settling
    ]
    told_before = _told_before(differing)
    new = [
        [_posting(one.of.loan, key, draft, told_before[one.of.loan.pk, key] + 1) for key, draft in one.new.items()]
        for one in differing
    ]
    Posting.objects.filter(pk__in=[row.pk for one in differing for row in one.gone]).update(is_reversed=True)
    Posting.objects.bulk_create(chain.from_iterable(new))
    publish_all([event for one, rows in zip(differing, new, strict=True) for event in _telling(one, rows)])


def _differing(
    one: Settling, rows: Sequence[_Told], receipts: Sequence[tuple[str, int, bool, int]], earlier: dict[int, Lowered]
) -> _Differing:
    stands, drafts = {row.draft_key: row for row in rows}, standing_drafts(rows)
    money = money_by_event(receipts, one.events)
    wanted = postings_of(one.position, money, one.eras, drafts, since=one.since, earlier=earlier)
    gone = [row for key, row in stands.items() if wanted.get(key) != drafts[key]]
    kept = stands.keys() - {row.draft_key for row in gone}
    return _Differing(one, gone, {key: wanted[key] for key in sorted(wanted.keys() - kept)})


def _standing(settling: Sequence[Settling]) -> dict[int, list[_Told]]:
    """The postings that stand and may not stay, by loan: those of its days, and every change of its carrying."""
    rows = Posting.objects.filter(loan__in=[one.loan.pk for one in settling], is_reversed=False)
    first, firsts = min(one.first for one in settling), {one.loan.pk: one.first for one in settling}
    if first > date.min:
        of_days = Q(on__gte=first)
        rows = rows.filter(of_days | Q(key__startswith=MOVE) if any(len(one.eras) > 1 for one in settling) else of_days)
    found: dict[int, list[_Told]] = defaultdict(list)
    for loan_id, *values in rows.order_by("pk").values_list("loan_id", *_Told._fields):
        told = _Told(*values)
        if told.on >= firsts[loan_id] or told.key.startswith(MOVE):
            found[loan_id].append(told)
    return found


def _receipts(settling: Sequence[Settling]) -> dict[int, list[tuple[str, int, bool, int]]]:
    """The receipts of the days that have to be read, by loan, each as ``MONEY_COLUMNS``; at first all of a loan."""
    firsts = {one.loan.pk: one.first if one.first > one.loan.disbursed_on else date.min for one in settling}
    rows, first = Receipt.objects.filter(loan__in=list(firsts)), min(firsts.values())
    rows = rows.filter(value_on__gte=first) if first > date.min else rows
    found: dict[int, list[tuple[str, int, bool, int]]] = defaultdict(list)
    for loan_id, value_on, *values in rows.values_list("loan_id", "value_on", *MONEY_COLUMNS):
        if value_on >= firsts[loan_id]:
            found[loan_id].append(tuple(values))
    return found


def _told_before(differing: Sequence[_Differing]) -> Counter[tuple[int, Key]]:
    """How often each of some postings of some loans was told: those that go now, and those of which none stands."""
    found: Counter[tuple[int, Key]] = Counter()
    absent: set[tuple[int, Key]] = set()
    for one in differing:
        key = one.of.loan.pk
        found.update({(key, row.draft_key): int(row.event_no.rpartition("/")[2]) for row in one.gone})
        absent.update((key, name) for name in one.absent)
    if absent:
        names = {"loan__in": {key for key, _name in absent}, "key__in": {name for _key, (name, _day) in absent}}
        rows = Posting.objects.filter(is_reversed=True, **names).values_list("loan_id", "key", "on")
        found.update(told for loan_id, name, on in rows if (told := (loan_id, (name, on.isoformat()))) in absent)
    return found


_BEFORE = f"""
SELECT p.loan_id, p.era, CASE WHEN starts_with(p.key, '{FEE}') THEN '{CHARGED}' ELSE part.key END,
    sum(part.value::bigint)
FROM unnest(%s::bigint[], %s::date[]) AS loan (id, since)
JOIN servicing_posting p ON p.loan_id = loan.id AND p.on < loan.since
CROSS JOIN LATERAL jsonb_each_text(p.amounts) AS part
WHERE NOT p.is_reversed AND NOT starts_with(p.key, '{MOVE}')
GROUP BY 1, 2, 3
"""


def _taken_off_before(settling: Sequence[Settling]) -> dict[int, dict[int, Lowered]]:
    """What postings that count before a loan's first day took off or charged, by their era.

    What a change of carrying moved is counted back over them; a loan of which it never changed has no need of it.
    """
    asked = {one.loan.pk: one.since for one in settling if one.since and len(one.eras) > 1}
    if not asked:
        return {}
    sums: dict[int, dict[int, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    with connection.cursor() as cursor:
        cursor.execute(_BEFORE, [list(asked), list(asked.values())])
        for loan_id, era, name, amount in cursor.fetchall():
            sums[loan_id][era][name] = int(amount)
    return {key: {era: lowered(amounts) for era, amounts in eras.items()} for key, eras in sums.items()}


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


MONEY_COLUMNS = ("receipt_no", "amount", "is_from_suspense", "bank_account_id")


def money_by_event(receipts: Iterable[tuple[str, int, bool, int]], events: Iterable[Event]) -> dict[str, Money]:
    """The money behind each receipt event of a loan that was not reversed, by event number.

    ``receipts`` are as ``MONEY_COLUMNS``.
    """
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


def _telling(one: _Differing, new: Sequence[Posting]) -> Iterator[MoneyEvent]:
    loan = one.of.loan
    yield from one.of.told
    yield from (_taking_back(loan, row) for row in one.gone)
    yield from (money_event(loan, _draft(posting), posting.event_no) for posting in new)


def _taking_back(loan: Loan, posting: _Told) -> MoneyEvent:
    event = money_event(loan, _draft(posting), f"{posting.event_no}R", reverses=posting.event_no)
    return replace(event, reverses=None, part_of=posting.told_in) if posting.told_in else event


def _draft(posting: Posting | _Told) -> PostingDraft:
    return PostingDraft(posting.kind, posting.on, posting.amounts, posting.bank_account)
