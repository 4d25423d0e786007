"""Documents behind vouchers; those of a voucher that was reversed prove the red one too."""

from collections import Counter
from collections.abc import Iterable

from axle.accounting.models import VoucherDocument
from axle.ledger.public import EntryView


def voucher_documents(entry: EntryView) -> list[VoucherDocument]:
    """The documents of a voucher, with their files."""
    rows = VoucherDocument.objects.filter(voucher__entry__entry_no__in=_numbers(entry))
    return list(rows.select_related("file").order_by("pk"))


def document_counts(entries: Iterable[EntryView]) -> dict[str, int]:
    """How many documents each of some vouchers has, by the number of its entry."""
    named = {entry.entry_no: _numbers(entry) for entry in entries}
    wanted = {number for numbers in named.values() for number in numbers}
    rows = VoucherDocument.objects.filter(voucher__entry__entry_no__in=wanted)
    counted = Counter(rows.values_list("voucher__entry__entry_no", flat=True))
    return {entry_no: sum(counted[number] for number in numbers) for entry_no, numbers in named.items()}


def _numbers(entry: EntryView) -> list[str]:
    return [number for number in (entry.entry_no, entry.reversal_of) if number]
