"""Findings in words. The compiler says in English what it met; its sentences are told again by their form."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from axle.decisioning.http.schemas import FindingOut
from axle.platform.public import catalogue, text

_OR_NULL = " or null"


def finding_out(finding: Mapping[str, Any]) -> FindingOut:
    """A stored finding, with a sentence in the caller's language."""
    told = {**finding, "detail": detail_told(finding["code"], finding["detail"])}
    return FindingOut(**finding, text=text("text", f"strategy_finding/{finding['code']}", **told))


def detail_told(code: str, detail: str) -> str:
    """What was met in words; as it stands when nobody gave the form words."""
    if code == "golden_case":
        return " ".join(_named("enum", f"DecisionOutcome/{word}", word) for word in detail.split(" "))
    for name, form in _forms():
        if met := form.fullmatch(detail):
            values = {key: _kind(value) if "kind" in key else value for key, value in met.groupdict().items()}
            return text("text", f"strategy_reason/{name}", **values)
    return detail


@lru_cache(maxsize=1)
def _forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    forms: Mapping[str, str] = catalogue("en-US")["text"]["strategy_reason"]
    return tuple((name, re.compile(_pattern(form), re.DOTALL)) for name, form in forms.items())


def _pattern(form: str) -> str:
    parts = re.split(r"\{(\w+)\}", form)
    return "".join(f"(?P<{part}>.+)" if place % 2 else re.escape(part) for place, part in enumerate(parts))


def _kind(word: str) -> str:
    kind = word.removesuffix(_OR_NULL)
    named = _named("text", f"strategy_kind/{kind}", kind)
    return named if kind == word else text("text", "strategy_kind_or_null", kind=named)


def _named(section: str, key: str, word: str) -> str:
    found = text(section, key)
    return word if found == key else found
