"""Reads of the books for reports."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from axle.accounting.models import Voucher
from axle.accounting.standard import account_of
from axle.kernel.money import Fen
from axle.ledger.public import account_balance, account_ids_under, accounts, income_by_product


@dataclass(frozen=True)
class VoucherFacts:
    """The printed number of a voucher, and the amounts of the event behind it in fen."""

    voucher_no: str
    amounts: Mapping[str, Fen]


def voucher_facts(entry_ids: Iterable[int]) -> dict[int, VoucherFacts]:
    """The vouchers of some entries, by entry; a voucher without a number yet has none."""
    rows = Voucher.objects.filter(entry_id__in=list(entry_ids)).values_list("entry_id", "word", "number", "amounts")
    return {
        entry_id: VoucherFacts(f"{word}-{number}" if number else "", amounts)
        for entry_id, word, number, amounts in rows
    }


def income_of_products(legal_entity_id: int, first: date, last: date) -> dict[str, Fen]:
    """Interest income of a span of days by product, from the lines of the books."""
    ids = account_ids_under(legal_entity_id, account_of("interest_income").rpartition(".")[0])
    return income_by_product(legal_entity_id=legal_entity_id, account_ids=ids, first=first, last=last)


def allowance_of_books(legal_entity_id: int, on: date) -> Fen:
    """What the books hold against losses on loans at the end of a day, all stages."""
    codes = tuple(account_of(f"allowance_{stage}") for stage in (1, 2, 3))
    return Fen(-account_balance(legal_entity_id=legal_entity_id, codes=codes, on=on))


def principal_account_ids(legal_entity_id: int) -> list[int]:
    """The accounts that hold loan principal, in whatever standing: those beside the one that it is paid out on.

    Interest adjustments, which stand under the same summing account, are no principal.
    """
    summing = account_of("principal").rpartition(".")[0]
    adjustment = account_of("interest_adjustment")
    found = accounts(legal_entity_id)
    return [a.account_id for a in found if a.code.startswith(f"{summing}.") and a.code != adjustment and a.is_postable]
