"""What the tables say, in the words of the model."""

from collections import Counter
from datetime import date
from typing import Any

from django.db.models import Count, F, QuerySet, Sum

from axle.ledger.models import EntryLine
from axle.servicing.models import Loan
from tests.model.plain_ledger import GROUPS

Row = tuple[str, date, int, int, int, int, int, int]


def rows_stored(loan: Loan) -> list[Row]:
    """The plan with what was paid on it."""
    columns = ("kind", "due_on", "principal", "interest", "fee", "principal_paid", "interest_paid", "fee_paid")
    return sorted(loan.instalments.values_list(*columns))


def balances_posted() -> Counter[str]:
    """The balance of each group of accounts, debit positive, from the lines themselves."""
    sums = _lines().values("account__code").annotate(net=Sum(F("debit") - F("credit")))
    found: Counter[str] = Counter()
    for row in sums:
        for group, codes in GROUPS.items():
            if any(row["account__code"] == code or row["account__code"].startswith(f"{code}.") for code in codes):
                found[group] += row["net"]
    return found


def _lines() -> QuerySet[EntryLine, EntryLine]:
    """All lines but those that bring income to the profit of the year, provisions, and what is taken off the income of
    impaired loans against them: the model knows of none."""
    told = EntryLine.objects.exclude(entry__kind__startswith="profit_").exclude(entry__kind="interest_netted")
    return told.exclude(entry__kind__startswith="provision_")


def tax_posted(code: str = "2221") -> tuple[int, int]:
    """The tax in the books, and by how many lines it came there: each was rounded once."""
    lines = _lines().filter(account__code__startswith=code)
    sums: dict[str, Any] = lines.aggregate(net=Sum(F("credit") - F("debit")), lines=Count("pk"))
    return sums["net"] or 0, sums["lines"]
