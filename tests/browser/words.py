"""What the pages say: the same catalogues as the console's, by key, in the language of the run."""

import json
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

LANGUAGES = ("zh-CN", "en-US")


def _flat(section: dict[str, Any], prefix: str = "") -> dict[str, str]:
    words: dict[str, str] = {}
    for key, value in section.items():
        words |= _flat(value, f"{prefix}{key}/") if isinstance(value, dict) else {f"{prefix}{key}": value}
    return words


def _read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


@cache
def _contexts(language: str) -> dict[str, dict[str, str]]:
    """The contexts' sections as the console's build merges them: a key has the same words in all contexts."""
    merged: dict[str, dict[str, str]] = {}
    for path in sorted((settings.ROOT / "src" / "axle").glob(f"*/locale/{language}.json")):
        for name, section in _read(path).items():
            merged[name] = _flat(section) | merged.get(name, {})
    return merged


@cache
def _pages(language: str) -> dict[str, str]:
    folder = settings.ROOT / "console" / "src" / "locale"
    return {key: text for path in folder.glob(f"*/{language}.json") for key, text in _read(path).items()}


class Words:
    """The words of one language; an unknown key is an error of the test."""

    def __init__(self, language: str) -> None:
        self.language = language

    def typed(self, name: str) -> str:
        """What a person writes."""
        return TYPED[self.language][name]

    def say(self, key: str, **params: object) -> str:
        """A word of the pages themselves."""
        return _pages(self.language)[key].format(**params)

    def command(self, name: str) -> str:
        """What a command is called."""
        return _contexts(self.language)["command"][name]

    def field(self, key: str, context: str = "") -> str:
        """What a field is called, in a context that may have words of its own for it."""
        fields = _contexts(self.language)["field"]
        return fields.get(f"@{context}/{key}") or fields[key]

    def listing(self, name: str) -> str:
        """What a list is called."""
        return _contexts(self.language)["listing"][name]

    def enum(self, name: str, member: str) -> str:
        """What a member of an enumeration is called."""
        return _contexts(self.language)["enum"][f"{name}/{member}"]

    def text(self, key: str) -> str:
        """A text of the server."""
        return _contexts(self.language)["text"][key]


TYPED = {
    "zh-CN": {"opinion": "资料齐全，同意", "original_seen": "已核对原件", "call_the_dealer": "请先与经销商核对账户"},
    "en-US": {
        "opinion": "Papers complete, approved",
        "original_seen": "Original seen",
        "call_the_dealer": "Check the account with the dealer first",
    },
}
"""What people of the story write themselves."""


def shown(yuan: str) -> str:
    """An amount as the pages write it: grouped."""
    return f"{Decimal(yuan):,.2f}"
