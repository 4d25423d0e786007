"""How a source brings inputs of the strategy: what its answers are held against, and how each input is read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from axle.kernel.money import Fen
from axle.sources.public import Answers


@dataclass(frozen=True)
class Stated:
    """What the form says, and what the loan would cost a month, that answers are held against."""

    on: date
    phone: str
    region_code: str
    home_code: str
    mileage_km: int | None
    monthly_income: Fen
    price: Fen
    instalment: Fen
    is_used: bool


@dataclass(frozen=True)
class Brought:
    """What one source brings: ``inputs`` by how they are read from its answer, ``nothing`` what "no record" says of
    them: a value, or how it follows from what is stated. An input that "no record" leaves open is unknown then."""

    asked_as: str
    answer: type[Any]
    inputs: Mapping[str, Callable[[Any, Stated], Any]]
    nothing: Mapping[str, Any] = field(default_factory=dict)

    def told(self, source: str, answers: Answers, stated: Stated) -> dict[str, Any]:
        answer = answers.hit(source, self.answer)
        if answer is not None:
            return {name: read(answer, stated) for name, read in self.inputs.items()}
        nothing = self.nothing if answers.knows_nothing(source) else {}
        return {name: _said(nothing.get(name), stated) for name in self.inputs}


def _said(value: Any, stated: Stated) -> Any:
    return value(stated) if callable(value) else value
