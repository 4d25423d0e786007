"""Balances of accounts at the end of a day."""

from collections.abc import Iterable
from datetime import date

from django.db.models import F, Q, Sum, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce

from axle.kernel.money import Fen
from axle.ledger.models import AccountMovement, EntryLine


def _under(codes: Iterable[str]) -> Q:
    wanted = Q(pk__in=[])
    for code in codes:
        wanted |= Q(account__code=code) | Q(account__code__startswith=f"{code}.")
    return wanted


def account_balance(*, legal_entity_id: int, codes: Iterable[str], on: date) -> Fen:
    """Debits minus credits of accounts, and of all below them, up to the end of a day (booking date)."""
    rows = AccountMovement.objects.filter(_under(codes), legal_entity_id=legal_entity_id, booked_on__lte=on)
    return Fen(int(rows.aggregate(net=Sum(F("debit") - F("credit")))["net"] or 0))


def balances_by_code(*, legal_entity_id: int, on: date) -> dict[str, Fen]:
    """Debits minus credits of every account of a company that moved, by its code, up to the end of a day."""
    rows = AccountMovement.objects.filter(legal_entity_id=legal_entity_id, booked_on__lte=on)
    nets = rows.values_list("account__code").annotate(net=Sum(F("debit") - F("credit"))).order_by("account__code")
    return {code: Fen(int(net)) for code, net in nets}


def balances_by_loan(*, legal_entity_id: int, codes: Iterable[str], on: date) -> dict[str, Fen]:
    """Debits minus credits of accounts per ``loan_no`` up to the end of a day; loans at zero are left out."""
    rows = EntryLine.objects.filter(_under(codes), legal_entity_id=legal_entity_id, booked_on__lte=on)
    nets = rows.values("loan_no").annotate(net=Sum(F("debit") - F("credit"))).exclude(net=0).order_by("loan_no")
    return {row["loan_no"]: Fen(int(row["net"])) for row in nets}


def balances_by_bank_account(
    *, legal_entity_id: int, codes: Iterable[str], on: date, without_kind: str
) -> dict[str, Fen]:
    """Debits minus credits of accounts per dimension ``bank_account`` ("" without one) up to the end of a day.

    Entries of one kind, and the reversals of such, are left out.
    """
    rows = EntryLine.objects.filter(_under(codes), legal_entity_id=legal_entity_id, booked_on__lte=on)
    named = rows.exclude(entry__kind=without_kind).annotate(
        bank_account=Coalesce(KeyTextTransform("bank_account", "dimensions"), Value("", output_field=TextField()))
    )
    nets = named.values("bank_account").annotate(net=Sum(F("debit") - F("credit"))).order_by("bank_account")
    return {row["bank_account"]: Fen(int(row["net"])) for row in nets}


def income_by_product(
    *, legal_entity_id: int, account_ids: Iterable[int], first: date, last: date, without_kind: str = ""
) -> dict[str, Fen]:
    """Credits minus debits over a span of days by dimension ``product_code``, without one kind of entries."""
    rows = EntryLine.objects.filter(
        legal_entity_id=legal_entity_id, account_id__in=list(account_ids), booked_on__range=(first, last)
    ).exclude(entry__kind=without_kind)
    named = rows.annotate(
        product=Coalesce(KeyTextTransform("product_code", "dimensions"), Value("", output_field=TextField()))
    )
    nets = named.values("product").annotate(net=Sum(F("credit") - F("debit"))).order_by("product")
    return {row["product"]: Fen(int(row["net"])) for row in nets}


def balance_of_accounts(*, legal_entity_id: int, account_ids: Iterable[int], on: date) -> Fen:
    """Debits minus credits of some accounts up to the end of a day."""
    rows = AccountMovement.objects.filter(
        account_id__in=list(account_ids), legal_entity_id=legal_entity_id, booked_on__lte=on
    )
    return Fen(int(rows.aggregate(net=Sum(F("debit") - F("credit")))["net"] or 0))
