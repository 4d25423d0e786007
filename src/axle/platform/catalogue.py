"""Locale catalogues: every word that people read, per context, in zh-CN and en-US.

``axle/<context>/locale/<locale>.json`` holds sections (field, enum, error, command, permission, listing, menu,
text). Sections are merged over all contexts; the console's build reads the same files. A key has the same words
in all contexts; where one calls a field otherwise, its own words stand in the group ``@<context>`` of the section, or
in the group of the schema, list or report that the field is of.
"""

import json
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any, Protocol

LOCALES = ("zh-CN", "en-US")
_ROOT = Path(__file__).resolve().parents[1]
current_locale: ContextVar[str] = ContextVar("current_locale", default=LOCALES[0])


class Named(Protocol):
    """Something with a name in each language."""

    @property
    def name_zh(self) -> str: ...

    @property
    def name_en(self) -> str: ...


def _merge(into: dict[str, Any], more: dict[str, Any]) -> None:
    for key, value in more.items():
        if isinstance(value, dict):
            _merge(into.setdefault(key, {}), value)
        else:
            into.setdefault(key, value)


@cache
def catalogue(locale: str) -> dict[str, Any]:
    """All sections of one language."""
    merged: dict[str, Any] = {}
    for path in sorted(_ROOT.glob(f"*/locale/{locale}.json")):
        _merge(merged, json.loads(path.read_text(encoding="utf-8")))
    return merged


def text(section: str, key: str, /, *, locale: str | None = None, **params: Any) -> str:
    """The words for a key, filled with params; the key itself when no catalogue knows it."""
    found: Any = catalogue(locale or current_locale.get()).get(section, {})
    for part in key.split("/"):
        found = found.get(part) if isinstance(found, dict) else None
    if not isinstance(found, str):
        return key
    try:
        return found.format(**params)
    except (KeyError, IndexError):
        return found


def own_text(section: str, context: str, owner: str, key: str) -> str:
    """The words for a key of a list or report of a context: its own, the context's, else the common; "" without any."""
    for path in (f"{owner}/{key}", f"@{context}/{key}", key):
        if (found := text(section, path)) != path:
            return found
    return ""


def name_shown(row: Named) -> str:
    """The name of something that has one in each language, in the reader's."""
    return row.name_en if current_locale.get() == "en-US" else row.name_zh


def actor_shown(name: str) -> str:
    """Who acted, for reading: a part of the system has words, a person their own name."""
    found = catalogue(current_locale.get()).get("actor", {}).get(name, name)
    return str(found)


def pick_locale(accepted: str) -> str:
    """The best language for an ``Accept-Language`` header; zh-CN unless English comes first."""
    first = accepted.split(",")[0].strip().lower()
    return "en-US" if first.startswith("en") else "zh-CN"
