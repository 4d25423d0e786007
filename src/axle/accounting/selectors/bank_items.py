"""What the books and the statement of a bank account have, and what of it is in transit (未达账项)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, Case, F, Q, QuerySet, Sum, When

from axle.accounting.errors import BankStartMissing
from axle.accounting.models import BankStart
from axle.kernel.money import Fen
from axle.ledger.public import account_ids_under, lines_journal
from axle.payments.public import BankAccountView, bank_account_get, statement_journal

_BOOKED = F("debit") - F("credit")
_STATED = Case(When(direction="in", then=F("amount_fen")), default=-F("amount_fen"), output_field=BigIntegerField())


@dataclass(frozen=True)
class BankBalances:
    """A bank account at the end of a day in fen: both balances, and the four kinds of items in transit."""

    book: Fen
    stated: Fen
    received_not_booked: Fen
    paid_not_booked: Fen
    booked_in_not_stated: Fen
    booked_out_not_stated: Fen

    @property
    def book_adjusted(self) -> Fen:
        return Fen(self.book + self.received_not_booked - self.paid_not_booked)

    @property
    def stated_adjusted(self) -> Fen:
        return Fen(self.stated + self.booked_in_not_stated - self.booked_out_not_stated)


def bank_start(bank_account_id: int) -> BankStart:
    """From when on the account is reconciled. Errors: BankStartMissing, NotFound."""
    start = BankStart.objects.filter(bank_account_id=bank_account_id).first()
    if start is None:
        raise BankStartMissing(field="bank_account_id", name=bank_account_get(bank_account_id).name)
    return start


def book_lines(account: BankAccountView) -> QuerySet[Any]:
    """The lines of the books on a bank account; ``net`` is positive for money that came in."""
    ids = account_ids_under(account.legal_entity_id, account.ledger_account_code)
    rows = lines_journal().filter(legal_entity_id=account.legal_entity_id, account_id__in=ids)
    return rows.filter(dimensions__bank_account=str(account.id)).annotate(net=_BOOKED)


def stated_lines(account: BankAccountView) -> QuerySet[Any]:
    """The movements that the bank stated; ``net`` as of the books."""
    return statement_journal().filter(bank_account_id=account.id).annotate(net=_STATED)


def book_lines_open(account: BankAccountView, start: BankStart, on: date) -> QuerySet[Any]:
    """Lines of the books that were in transit at the end of a day."""
    rows = book_lines(account).filter(booked_on__gte=start.start_on, booked_on__lte=on)
    return rows.filter(_not_cleared(on)).order_by("booked_on", "pk")


def stated_lines_open(account: BankAccountView, start: BankStart, on: date) -> QuerySet[Any]:
    """Movements of the statement that were in transit at the end of a day."""
    rows = stated_lines(account).filter(value_on__gte=start.start_on, value_on__lte=on)
    return rows.filter(_not_cleared(on)).order_by("value_on", "pk")


def _not_cleared(on: date) -> Q:
    return Q(cleared__isnull=True) | Q(cleared__clearing__complete_on__gt=on)


def bank_balances(account: BankAccountView, start: BankStart, on: date) -> BankBalances:
    """Both balances of an account at the end of a day, and what is in transit between them."""
    stated = stated_lines(account).filter(value_on__gte=start.start_on, value_on__lte=on)
    came, went = _split(stated_lines_open(account, start, on))
    booked_in, booked_out = _split(book_lines_open(account, start, on))
    return BankBalances(
        book=_sum(book_lines(account).filter(booked_on__lte=on)),
        stated=Fen(start.balance + _sum(stated)),
        received_not_booked=came,
        paid_not_booked=went,
        booked_in_not_stated=booked_in,
        booked_out_not_stated=booked_out,
    )


def _sum(rows: QuerySet[Any]) -> Fen:
    return Fen(int(rows.order_by().aggregate(total=Sum("net"))["total"] or 0))


def _split(rows: QuerySet[Any]) -> tuple[Fen, Fen]:
    """What came in and what went out, each as a positive sum; a red line takes off its own side."""
    sums = rows.order_by().aggregate(came=Sum("net", filter=Q(net__gt=0)), went=Sum("net", filter=Q(net__lt=0)))
    return Fen(int(sums["came"] or 0)), Fen(-int(sums["went"] or 0))


def starts_of(legal_entity_id: int) -> list[BankStart]:
    """The reconciled accounts of a company."""
    return list(BankStart.objects.filter(legal_entity_id=legal_entity_id).order_by("pk"))


def sides_sum(books: Iterable[Any], stated: Iterable[Any]) -> tuple[Fen, Fen]:
    """What some lines of each side add up to."""
    return Fen(sum(line.net for line in books)), Fen(sum(line.net for line in stated))
