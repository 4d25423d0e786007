"""When an approval would not stand any more, told by what was answered then and what would be answered today. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from axle.kernel.money import Fen


class HoldCause(StrEnum):
    """Why an approval is looked at again: policy changed, or later applications show a ring."""

    POLICY = "policy"
    RING = "ring"


class HoldState(StrEnum):
    """How a hold ended; LAPSED: the case ended another way before anybody settled it."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    LOWERED = "lowered"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class HoldEnd(StrEnum):
    """How a case ended while its approval was held: the applicant withdrew, the approval's last day passed, it was
    taken back for another hold, people were asked to decide anew, or the money was with the bank already and left."""

    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    DECLINED = "declined"
    ASKED_AGAIN = "asked_again"
    DISBURSED = "disbursed"


STRICT = frozenset({"knock_out", "refer"})
"""Severities of rules that keep a machine from approving."""


@dataclass(frozen=True)
class Answer:
    """What a strategy said: its outcome, the rules that applied with their severities, its results."""

    outcome: str
    rules: Mapping[str, str]
    results: Mapping[str, Any]
    is_faulty: bool = False

    @property
    def strict(self) -> frozenset[str]:
        return frozenset(code for code, severity in self.rules.items() if severity in STRICT)

    @property
    def amount_limit(self) -> int | None:
        found = self.results.get("offer_amount_fen", self.results.get("limit_amount_fen"))
        return None if found is None else int(found)

    @property
    def periods_limit(self) -> int | None:
        found = self.results.get("term_limit_months")
        return None if found is None else int(found)


@dataclass(frozen=True)
class Fallen:
    """Why an approval does not stand: the answer of today, the rules that are new, the limits that it exceeds."""

    outcome: str
    rules: tuple[str, ...] = ()
    amount_limit: int | None = None
    periods_limit: int | None = None


def fallen(then: Answer, now: Answer | None, *, amount: Fen, periods: int) -> Fallen | None:
    """None while the approval would still be given. People who approved knew what was said then: only what is new
    counts. What cannot be decided by the kept facts is for people to look at."""
    if now is None or now.is_faulty:
        return None if then.is_faulty else Fallen("refer")
    new = now.strict - then.strict
    limit = _lower(now.amount_limit, then.amount_limit, amount)
    months = _lower(now.periods_limit, then.periods_limit, periods)
    is_worse = now.outcome != "approve" and then.outcome == "approve"
    if not (new or is_worse or limit is not None or months is not None):
        return None
    return Fallen(now.outcome, tuple(sorted(new)), limit, months)


def _lower(now: int | None, then: int | None, approved: int) -> int | None:
    """The limit of today, when the approval exceeds it and it is lower than it was."""
    if now is None or now >= approved or (then is not None and now >= then):
        return None
    return now


def known_rules(hits: Collection[Mapping[str, Any]]) -> dict[str, str]:
    """The rules of a stored result, with their severities."""
    return {hit["code"]: hit["severity"] for hit in hits}
