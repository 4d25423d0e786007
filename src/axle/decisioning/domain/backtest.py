"""A back-test (回测): what a strategy version, or other policy values, would have answered, beside what was answered.

Both sides are counted over the same cases. Expected loss is that of approved cases whose probability of default a
scorecard told: probability x loss given default x amount, in fen. Figures of parts are added up, name by name.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from axle.decisioning.domain.evaluation import APPROVE, REFER
from axle.kernel.rounding import round_fen

_AMOUNTS = ("suggested_amount_fen", "loan_amount_fen")
Figures = Mapping[str, Any]


@dataclass(frozen=True)
class Answer:
    """An answer as far as it is compared. ``loss`` is the expected loss in fen, None where nobody knows it."""

    outcome: str
    rules: frozenset[str]
    score: int | None
    loss: int | None = None


def answer_of(result: Figures, given: Figures, inputs: Figures, *, loss_given_default: Decimal) -> Answer:
    """An answer out of what a record keeps: result, score and inputs."""
    return Answer(
        outcome=result["outcome"],
        rules=frozenset(hit["code"] for hit in result["hits"]),
        score=result["score"],
        loss=_loss(result, given, inputs, loss_given_default),
    )


def _loss(result: Figures, given: Figures, inputs: Figures, loss_given_default: Decimal) -> int | None:
    rate = given.get("default_rate")
    amounts = (source.get(name) for source, name in zip((result["results"], inputs), _AMOUNTS, strict=True))
    amount = next((amount for amount in amounts if isinstance(amount, int)), None)
    if result["outcome"] != APPROVE or rate is None or amount is None:
        return None
    return round_fen(Decimal(rate) * loss_given_default * amount)


@dataclass
class Side:
    """How cases came out."""

    outcomes: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    losses_known: int = 0
    loss_fen: int = 0

    def add(self, answer: Answer) -> None:
        self.outcomes[answer.outcome] += 1
        self.rules.update(answer.rules)
        if answer.loss is not None:
            self.losses_known += 1
            self.loss_fen += answer.loss

    def stored(self) -> dict[str, Any]:
        return {
            "outcomes": dict(self.outcomes),
            "rules": dict(self.rules),
            "losses_known": self.losses_known,
            "loss_fen": self.loss_fen,
        }


@dataclass
class Comparison:
    """Figures of one stretch of cases; ``skipped`` ones could not be decided again."""

    cases: int = 0
    skipped: int = 0
    before: Side = field(default_factory=Side)
    after: Side = field(default_factory=Side)
    moves: Counter[str] = field(default_factory=Counter)

    def skip(self) -> None:
        """Count a case that cannot be decided again."""
        self.cases += 1
        self.skipped += 1

    def add(self, before: Answer, after: Answer) -> None:
        """Count a case on both sides."""
        self.cases += 1
        self.before.add(before)
        self.after.add(after)
        if before.outcome != after.outcome:
            self.moves[f"{before.outcome}>{after.outcome}"] += 1

    def stored(self) -> dict[str, Any]:
        return {
            "cases": self.cases,
            "skipped": self.skipped,
            "before": self.before.stored(),
            "after": self.after.stored(),
            "moves": dict(self.moves),
        }


def added_up(parts: Iterable[Figures]) -> dict[str, Any]:
    """The sum of figures in stored form."""
    total = Comparison().stored()
    for part in parts:
        total = _sum(total, part)
    return total


def _sum(one: Figures, other: Figures) -> dict[str, Any]:
    return {name: _added(one.get(name), other.get(name)) for name in (*one, *(set(other) - set(one)))}


def _added(one: Any, other: Any) -> Any:
    if isinstance(one or other, Mapping):
        return _sum(one or {}, other or {})
    return (one or 0) + (other or 0)


@dataclass(frozen=True)
class Share:
    """Shares of one side, as decimal fractions of four places. Automatic is whatever no person had to decide."""

    approved: Decimal
    automatic: Decimal
    declined: Decimal


def shares_of(side: Figures) -> Share:
    """The shares of a side in stored form; of nothing they are zero."""
    outcomes = side["outcomes"]
    total = sum(outcomes.values())

    def share(count: int) -> Decimal:
        return (Decimal(count) / total if total else Decimal(0)).quantize(Decimal("0.0001"))

    approved, referred = outcomes.get(APPROVE, 0), outcomes.get(REFER, 0)
    return Share(share(approved), share(total - referred), share(total - approved - referred))
