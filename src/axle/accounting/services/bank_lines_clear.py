"""Clear lines of the books with lines of a bank's statement (勾对)."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from axle.accounting.domain.clearing import BankItem, alike
from axle.accounting.errors import BankLineNotOpen, BankLinesDiffer
from axle.accounting.models import BankClearing, BankStart, ClearedLine, ClearingWay
from axle.accounting.parameters import bank_clearing_days
from axle.accounting.selectors.bank_items import bank_start, book_lines_open, sides_sum, stated_lines_open
from axle.kernel.money import Fen, yuan
from axle.ledger.public import booking_date
from axle.payments.public import BankAccountView, bank_account_get
from axle.platform.public import Actor, business_date, note_change


def bank_lines_clear(
    *, actor: Actor, bank_account_id: int, book_lines: Sequence[int], statement_lines: Sequence[int]
) -> BankClearing:
    """Clear chosen lines with each other: both sides add up to the same, also when one of them has none.

    Errors: BankStartMissing, BankLineNotOpen, BankLinesDiffer.
    """
    account, start = bank_account_get(bank_account_id), _locked(bank_account_id)
    books = _chosen(book_lines_open(account, start, date.max), book_lines, "book_lines")
    stated = _chosen(stated_lines_open(account, start, date.max), statement_lines, "statement_lines")
    left, right = sides_sum(books, stated)
    if left != right or not (books or stated):
        raise BankLinesDiffer(field="book_lines", books=yuan(left), stated=yuan(right))
    last = max([*_days(books), *_days(stated)])
    clearing = _clearing(account, actor, ClearingWay.BY_HAND, left, _complete_days(account, [last])[last])
    clearing.save()
    lines = [ClearedLine(clearing=clearing, book_line_id=line.pk) for line in books]
    lines += [ClearedLine(clearing=clearing, statement_line_id=line.pk) for line in stated]
    ClearedLine.objects.bulk_create(lines)
    told = {"amount": left, "book_lines": list(book_lines), "statement_lines": list(statement_lines)}
    note_change(type="bank_clearing", id=clearing.pk, after=told)
    return clearing


def bank_lines_clear_alike(*, actor: Actor, bank_account_id: int) -> int:
    """Clear what is alike: entries with their reversals, and lines of the same amount a few days apart.

    Nothing is cleared of an account that is not reconciled. Gives how many clearings were made.
    """
    start = BankStart.objects.select_for_update().filter(bank_account_id=bank_account_id).first()
    if start is None:
        return 0
    account = bank_account_get(bank_account_id)
    books, stated = book_lines_open(account, start, date.max), stated_lines_open(account, start, date.max)
    reversed_pairs = _reversals(books)
    gone = {line.pk for pair in reversed_pairs for line in pair}
    days = bank_clearing_days(on=business_date(), legal_entity_id=account.legal_entity_id)
    pairs = alike(
        (item for item in _items(books, "booked_on", stated) if item.key not in gone),
        _items(stated, "value_on", books),
        days=days,
    )
    last_days = [max(_days(pair)) for pair in reversed_pairs] + [max(pair.book.on, pair.stated.on) for pair in pairs]
    complete_on = _complete_days(account, last_days)
    made, cleared = [], []
    for first, second in reversed_pairs:
        last = complete_on[max(_days([first, second]))]
        clearing = _clearing(account, actor, ClearingWay.REVERSAL, Fen(0), last)
        made.append(clearing)
        cleared += [ClearedLine(clearing=clearing, book_line=line) for line in (first, second)]
    for pair in pairs:
        last = complete_on[max(pair.book.on, pair.stated.on)]
        clearing = _clearing(account, actor, ClearingWay.ALIKE, pair.book.amount, last)
        made.append(clearing)
        cleared.append(ClearedLine(clearing=clearing, book_line_id=pair.book.key))
        cleared.append(ClearedLine(clearing=clearing, statement_line_id=pair.stated.key))
    BankClearing.objects.bulk_create(made)
    ClearedLine.objects.bulk_create(cleared)
    if made:
        note_change(type="bankstart", id=start.pk, after={"cleared": len(made)})
    return len(made)


def _locked(bank_account_id: int) -> BankStart:
    return BankStart.objects.select_for_update().get(pk=bank_start(bank_account_id).pk)


def _chosen(rows: Any, keys: Sequence[int], field: str) -> list[Any]:
    found = {line.pk: line for line in rows.filter(pk__in=list(keys), cleared__isnull=True)}
    for place, key in enumerate(keys):
        if key not in found:
            raise BankLineNotOpen(field=f"{field}.{place}", line=key)
    return list(found.values())


def _reversals(books: QuerySet[Any]) -> list[tuple[Any, Any]]:
    """Lines of entries and of those that take them back, line by line."""
    red = list(books.filter(entry__reversal_of__isnull=False).select_related("entry"))
    originals = books.filter(entry__in={line.entry.reversal_of_id for line in red}) if red else ()
    by_place = {(line.entry_id, line.line_no): line for line in originals}
    pairs = []
    for line in red:
        original = by_place.get((line.entry.reversal_of_id, line.line_no))
        if original is not None and original.net + line.net == 0:
            pairs.append((original, line))
    return pairs


def _items(lines: QuerySet[Any], day: str, others: QuerySet[Any]) -> Iterator[BankItem]:
    """Of the open lines of a side those whose amount is open on the other side, too: nothing else can be alike."""
    chosen = lines.filter(net__in=others.order_by().values("net")).values_list("pk", day, "net")
    return (BankItem(key, on, Fen(net)) for key, on, net in chosen.iterator())


def _day(line: Any) -> date:
    day: date = line.booked_on if hasattr(line, "booked_on") else line.value_on
    return day


def _days(lines: Sequence[Any]) -> list[date]:
    return [_day(line) for line in lines]


def _complete_days(account: BankAccountView, days: Iterable[date]) -> dict[date, date]:
    """On which day lines stop to be in transit, by the last of their days: that one, or the first open one."""
    firsts = {day.replace(day=1) for day in set(days)}
    opened = {first: booking_date(legal_entity_id=account.legal_entity_id, value_on=first) for first in firsts}
    return {day: max(day, opened[day.replace(day=1)]) for day in set(days)}


def _clearing(account: BankAccountView, actor: Actor, way: ClearingWay, amount: Fen, complete_on: date) -> BankClearing:
    return BankClearing(bank_account_id=account.id, complete_on=complete_on, amount=amount, way=way, made_by=actor.name)
