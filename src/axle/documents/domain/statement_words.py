"""What banks and people write on statements: summaries that tell salary, own transfers, loans, refunds, interest, and
gambling; tools that change a PDF; the headings of columns. The lists are data (``statement_words.json``)."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from axle.documents.domain.text_forms import squeezed

_DATA: Mapping[str, Any] = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
HEADINGS: Mapping[str, tuple[str, ...]] = {kind: tuple(words) for kind, words in _DATA["headings"].items()}
"""By the kind of a column, the headings that banks give it, as ``heading_form`` writes them."""
INFLOW_WORDS: frozenset[str] = frozenset(_DATA["directions"]["in"])
OUTFLOW_WORDS: frozenset[str] = frozenset(_DATA["directions"]["out"])
HOME_CURRENCY: frozenset[str] = frozenset(_DATA["home_currency"])


def _any_of(name: str) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word.lower()) for word in _DATA[name]))


_SALARY, _OWN, _LOAN, _REFUND = (_any_of(name) for name in ("salary", "own", "loan", "refund"))
_INTEREST, _GAMBLING, _TOOL = (_any_of(name) for name in ("interest", "gambling", "editing_tools"))


def heading_form(text: str) -> str:
    """A heading without spaces, brackets and what stands in them, in small letters."""
    return re.sub(r"\(.*?\)|\W", "", squeezed(text)).lower()


def is_salary(text: str) -> bool:
    return bool(_SALARY.search(text.lower()))


def is_own(text: str) -> bool:
    """Money that moves between somebody's own accounts, funds and purses."""
    return bool(_OWN.search(text.lower()))


def is_loan(text: str) -> bool:
    return bool(_LOAN.search(text.lower()))


def is_refund(text: str) -> bool:
    return bool(_REFUND.search(text.lower()))


def is_interest(summary: str) -> bool:
    return bool(_INTEREST.search(summary.lower()))


def is_gambling(text: str) -> bool:
    return bool(_GAMBLING.search(text.lower()))


def editing_tool(text: str) -> str:
    """The tool named in a PDF's producer or creator that changes pages by hand; empty for none."""
    found = _TOOL.search(text.lower())
    return found.group() if found else ""
