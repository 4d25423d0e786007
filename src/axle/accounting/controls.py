"""Controls: what a sub-ledger holds must stand on its control accounts (总分核对).

Contexts below do not know accounting; ``config.wiring`` registers a provider for each of their totals.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from axle.accounting.standard import account_of
from axle.kernel.money import Fen
from axle.ledger.public import balances_by_bank_account, balances_by_code

Provider = Callable[[int], Fen]
"""From a legal entity's id to the present total of its sub-ledger, positive on the accounts' normal side."""

TotalsProvider = Callable[[], Mapping[str, Mapping[int, int]]]
"""The same totals of several controls, by their names and the legal entities' ids, right after a date was closed: read
at once, and from what the close kept. A company that is not named has none."""

CashProvider = Callable[[int], Mapping[int, Fen]]
"""From a legal entity's id to the money that came in (negative: went out) by bank account, over all time."""

MANUAL = "manual"
"""The kind of entries that an accountant wrote by hand: no receipt or payment stands behind them."""


@dataclass(frozen=True)
class Control:
    """One sub-ledger total and the accounts that must carry it."""

    name: str
    account_codes: tuple[str, ...]
    normal_side: Literal["debit", "credit"]
    provider: Provider


@dataclass(frozen=True)
class ControlResult:
    """Both sides of a control in fen; they tie when equal."""

    name: str
    account_codes: tuple[str, ...]
    general_ledger: Fen
    sub_ledger: Fen

    @property
    def is_tied(self) -> bool:
        return self.general_ledger == self.sub_ledger


@dataclass(frozen=True)
class CashResult:
    """A bank account in the books and in what was received and paid, in fen; ``bank_account`` is its id as text."""

    bank_account: str
    general_ledger: Fen
    received_less_paid: Fen

    @property
    def is_tied(self) -> bool:
        return self.general_ledger == self.received_less_paid


_CONTROLS: dict[str, Control] = {}
_AT_CLOSE: list[TotalsProvider] = []
_CASH: dict[str, CashProvider] = {}


def register_control(
    name: str,
    account_codes: tuple[str, ...],
    provider: Provider,
    *,
    normal_side: Literal["debit", "credit"] = "debit",
) -> None:
    """Declare a control, once, in ``axle.config.wiring``. A code stands for all accounts below it."""
    _CONTROLS[name] = Control(name, account_codes, normal_side, provider)


def register_totals_at_close(provider: TotalsProvider) -> None:
    """Declare where the comparison at the close of a date finds totals of controls, once, in ``axle.config.wiring``."""
    _AT_CLOSE[:] = [provider]


def register_cash(name: str, provider: CashProvider) -> None:
    """Declare a source of movements on our bank accounts, once, in ``axle.config.wiring``."""
    _CASH[name] = provider


def cash_compare(legal_entity_id: int) -> list[CashResult]:
    """Every bank account in the books and in the receipts and payments, as of now.

    A posted line on the bank's account that names no bank account stands under "". What an accountant writes by
    hand (bank charges, interest on deposits) has no receipt or payment behind it and is left to reconciliation.
    """
    if not _CASH:
        return []
    books = balances_by_bank_account(
        legal_entity_id=legal_entity_id, codes=(account_of("bank"),), on=date.max, without_kind=MANUAL
    )
    moved: dict[str, int] = defaultdict(int)
    for provider in _CASH.values():
        for bank_account_id, amount in provider(legal_entity_id).items():
            moved[str(bank_account_id)] += amount
    names = sorted(books.keys() | moved.keys())
    return [CashResult(name, books.get(name, Fen(0)), Fen(moved[name])) for name in names]


def controls_compare(legal_entity_id: int) -> list[ControlResult]:
    """Both sides of every control, as of now."""
    return _compare(legal_entity_id, {})


def controls_compare_at_close(legal_entity_ids: Sequence[int]) -> dict[int, list[ControlResult]]:
    """The same of companies right after a date was closed, for less."""
    totals = {name: by_entity for provider in _AT_CLOSE for name, by_entity in provider().items()}
    return {
        entity_id: _compare(entity_id, {name: Fen(of.get(entity_id, 0)) for name, of in totals.items()})
        for entity_id in legal_entity_ids
    }


def _compare(legal_entity_id: int, known: Mapping[str, Fen]) -> list[ControlResult]:
    books, results = balances_by_code(legal_entity_id=legal_entity_id, on=date.max), list[ControlResult]()
    for name, control in sorted(_CONTROLS.items()):
        below = tuple(f"{code}." for code in control.account_codes)
        codes = (code for code in books if code in control.account_codes or code.startswith(below))
        net = sum(books[code] for code in codes)
        standing = Fen(net if control.normal_side == "debit" else -net)
        held = known[name] if name in known else control.provider(legal_entity_id)
        results.append(ControlResult(name, control.account_codes, standing, held))
    return results
