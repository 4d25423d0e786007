"""Controls: what a sub-ledger holds must stand on its control accounts (总分核对).

Contexts below do not know accounting; ``config.wiring`` registers a provider for each of their totals.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from axle.kernel.money import Fen
from axle.ledger.public import account_balance

Provider = Callable[[int], Fen]
"""From a legal entity's id to the present total of its sub-ledger, positive on the accounts' normal side."""


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


_CONTROLS: dict[str, Control] = {}


def register_control(
    name: str,
    account_codes: tuple[str, ...],
    provider: Provider,
    *,
    normal_side: Literal["debit", "credit"] = "debit",
) -> None:
    """Declare a control, once, in ``axle.config.wiring``. A code stands for all accounts below it."""
    _CONTROLS[name] = Control(name, account_codes, normal_side, provider)


def controls_compare(legal_entity_id: int) -> list[ControlResult]:
    """Both sides of every control, as of now."""
    return [_compare(control, legal_entity_id) for _name, control in sorted(_CONTROLS.items())]


def _compare(control: Control, legal_entity_id: int) -> ControlResult:
    net = account_balance(legal_entity_id=legal_entity_id, codes=control.account_codes, on=date.max)
    standing = net if control.normal_side == "debit" else Fen(-net)
    return ControlResult(control.name, control.account_codes, standing, control.provider(legal_entity_id))
