"""How personal data is shown to people who need only recognise it."""

from collections.abc import Callable, Mapping
from typing import Any


def _keep(value: str, head: int, tail: int) -> str:
    if len(value) <= head + tail:
        return "*" * len(value)
    return value[:head] + "*" * (len(value) - head - tail) + (value[-tail:] if tail else "")


_MASKS: dict[str, Callable[[str], str]] = {
    "id_no": lambda value: _keep(value, 4, 4),
    "phone": lambda value: _keep(value, 3, 4),
    "card": lambda value: _keep(value, 4, 4),
    "address": lambda value: _keep(value, 6, 0),
    "name": lambda value: _keep(value, 1, 0),
    "text": lambda value: _keep(value, 1, 1),
    "secret": lambda value: "******",
}


def mask(value: str | None, kind: str) -> str:
    """Mask by kind: ``id_no`` 3201**********0011, ``phone`` 138****5678, ``card``, ``address``, ``name``."""
    return _MASKS[kind](value) if value else ""


SECRETS: Mapping[str, str] = dict.fromkeys(("password", "old_password", "new_password", "token"), "secret")
"""Fields that nobody is ever shown."""

PERSONAL: Mapping[str, str] = {
    **SECRETS,
    **dict.fromkeys(("phone", "contact_phone", "reserved_phone"), "phone"),
    **dict.fromkeys(("card_no", "account_no", "bank_account_no", "payee_account", "payer_account"), "card"),
    **dict.fromkeys(("residence_address", "address"), "address"),
    "id_no": "id_no",
    "watched_value": "text",
}
"""Fields of commands that hold personal data, and how each is masked."""


def masked_tree(value: Any, *, kinds: Mapping[str, str] = PERSONAL) -> Any:
    """The input of a command with its personal data masked, at any depth."""
    if isinstance(value, dict):
        return {
            name: mask(item, kinds[name]) if name in kinds and isinstance(item, str) else masked_tree(item, kinds=kinds)
            for name, item in value.items()
        }
    return [masked_tree(item, kinds=kinds) for item in value] if isinstance(value, list) else value
