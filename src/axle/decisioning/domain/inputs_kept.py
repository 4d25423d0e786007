"""Which inputs a record keeps when they did not fulfil the contract: enough to explain, nothing personal."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from axle.decisioning.domain.contract import InputContract

_MAX_TEXT = 60


def inputs_kept(contract: InputContract, values: Mapping[str, Any]) -> dict[str, Any]:
    """Checked inputs in stored form; of refused ones the declared names with plain values.

    A text is kept only when its field accepts it: what was refused may be personal.
    """
    if not contract.check(values):
        return contract.stored(values)
    wrong = {fault.where for fault in contract.check(values)}
    return {name: _kept(value, name in wrong) for name, value in values.items() if name in contract.known}


def _kept(value: Any, is_wrong: bool) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if is_wrong:
        return f"<{type(value).__name__}>"
    if isinstance(value, date):
        return value.isoformat()
    return str(value)[:_MAX_TEXT] if isinstance(value, str | Decimal | float) else f"<{type(value).__name__}>"
