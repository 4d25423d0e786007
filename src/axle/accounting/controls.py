"""Controls: what a sub-ledger holds must stand on its control accounts (总分核对).

Contexts below do not know accounting; ``config.wiring`` registers a provider for each of their totals.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from axle.accounting.standard import account_of
from axle.kernel.money import Fen
from axle.ledger.public import account_balance, balances_by_bank_account

Provider = Callable[[int], Fen]
"""From a legal entity's id to the present total of its sub-ledger, positive on the accounts' normal side."""

CashProvider = Callable[[int], Mapping[int, Fen]]
"""From a legal entity's id to the money that came in (negative: went out) by bank account, over all time."""

MANUAL = "manual"
"""The kind of entries that an accountant wrote by hand: no receipt or payment stands behind them."""


@dataclass(frozen=True)
class Control:
    """One sub-ledger total and the accounts that must carry it.

    ``at_close`` gives the same right after a date was closed, for less: from what the close kept.
    """

    name: str
    account_codes: tuple[str, ...]
    normal_side: Literal["debit", "credit"]
    provider: Provider
    at_close: Provider | None = None


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
_CASH: dict[str, CashProvider] = {}


def register_control(
    name: str,
    account_codes: tuple[str, ...],
    provider: Provider,
    *,
    normal_side: Literal["debit", "credit"] = "debit",
    at_close: Provider | None = None,
) -> None:
    """Declare a control, once, in ``axle.config.wiring``. A code stands for all accounts below it."""
    _CONTROLS[name] = Control(name, account_codes, normal_side, provider, at_close)


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


def controls_compare(legal_entity_id: int, *, is_at_close: bool = False) -> list[ControlResult]:
    """Both sides of every control, as of now; ``is_at_close``: by what the close of the last date kept."""
    return [_compare(control, legal_entity_id, is_at_close) for _name, control in sorted(_CONTROLS.items())]


def _compare(control: Control, legal_entity_id: int, is_at_close: bool) -> ControlResult:
    provider = (is_at_close and control.at_close) or control.provider
    net = account_balance(legal_entity_id=legal_entity_id, codes=control.account_codes, on=date.max)
    standing = net if control.normal_side == "debit" else Fen(-net)
    return ControlResult(control.name, control.account_codes, standing, provider(legal_entity_id))
