"""Mapping files: which column of a foreign file means what, as data."""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from axle.config.intake.book_row import OPTIONAL_FACTS, REQUIRED_FACTS
from axle.config.intake.errors import IntakeMappingBroken
from axle.config.intake.faults import Fault, RowRefused
from axle.config.intake.records import Columns
from axle.config.intake.values import Kind, Unreadable, range_fault, rate_rounded, value_read

SHIPPED = Path(__file__).parent / "mappings"
_MAX_TEXT = 60

Name = Annotated[str, StringConstraints(min_length=1, max_length=120)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class MappedFact(_Part):
    """How one fact is read: its column and kind, what its texts mean, and its bounds (in the unit of the file).

    ``unknown`` adds texts that mean "nobody said" here; ``places`` rounds a rate that a program printed as a double.
    """

    column: Name
    kind: Kind
    choices: Mapping[str, Any] = {}
    unknown: frozenset[str] = frozenset()
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    places: Annotated[int, Field(ge=0, le=8)] | None = None

    @model_validator(mode="after")
    def _choices_belong_to_a_choice(self) -> Self:
        if (self.kind == "choice") != bool(self.choices):
            raise ValueError(f"{self.column}: choices belong to kind = choice")
        return self

    def read(self, said: Any, unknown: frozenset[str]) -> Any:
        """The fact, or None when nobody said it. Errors: RowRefused."""
        text = _as_text(self.column, said)
        if text in unknown or text in self.unknown:
            return None
        try:
            return self._bounded(value_read(text, self.kind))
        except Unreadable as error:
            raise RowRefused(Fault(str(error), self.column, {"value": text})) from error

    def _bounded(self, value: Any) -> Any:
        if self.kind == "choice":
            if value not in self.choices:
                raise Unreadable("not_a_choice")
            return self.choices[value]
        if self.kind == "text" and len(value) > _MAX_TEXT:
            raise Unreadable("text_too_long")
        unit = 100 if self.kind == "yuan" else 1
        if fault := range_fault(
            self.column, Decimal(value) / unit if self._is_number else 0, self.minimum, self.maximum
        ):
            raise RowRefused(fault)
        return value if self.places is None else rate_rounded(value, self.places)

    @property
    def _is_number(self) -> bool:
        return self.kind in ("yuan", "rate", "integer")


class Currency(_Part):
    """The currency of the file and the one that its amounts are called here; always one to one (只换名，不换算)."""

    said: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    called: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]


class BookMapping(_Part):
    """A mapping of an imported book. ``unknown`` are texts that mean "nobody said" in every column."""

    name: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
    title: Name
    product: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9-]{2,40}$")]
    catalogue: Name
    strategy: Name
    legal_entity: Name
    department: Name
    currency: Currency
    unknown: frozenset[str]
    ignored: frozenset[str] = frozenset()
    facts: Mapping[str, MappedFact]

    @model_validator(mode="after")
    def _facts_are_the_known_ones(self) -> Self:
        names = set(self.facts)
        if missing := REQUIRED_FACTS - names:
            raise ValueError(f"facts missing: {', '.join(sorted(missing))}")
        if strange := names - REQUIRED_FACTS - OPTIONAL_FACTS:
            raise ValueError(f"facts unknown: {', '.join(sorted(strange))}")
        return self

    @cached_property
    def columns(self) -> Columns:
        """What the head of a file must hold."""
        read = frozenset(fact.column for fact in self.facts.values())
        return Columns(required=read, known=read, ignored=self.ignored)

    def facts_of(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """Every fact of a row. Errors: RowRefused with one fault per field."""
        facts: dict[str, Any] = {}
        faults: list[Fault] = []
        for name, fact in self.facts.items():
            try:
                facts[name] = fact.read(said[fact.column], self.unknown)
            except RowRefused as refused:
                faults.extend(refused.faults)
                continue
            if facts[name] is None and name in REQUIRED_FACTS:
                faults.append(Fault("field_missing", fact.column))
        if faults:
            raise RowRefused(*faults)
        return facts


def mapping_read(name: str) -> BookMapping:
    """A shipped mapping by its name, or one in a file. Errors: OSError, IntakeMappingBroken."""
    shipped = SHIPPED / f"{name}.toml"
    path = shipped if shipped.is_file() else Path(name)
    try:
        return BookMapping.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise IntakeMappingBroken(file=path.name, reason=str(error)) from error
    except ValidationError as error:
        first = error.errors()[0]
        reason = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
        raise IntakeMappingBroken(file=path.name, reason=reason) from error


def _as_text(column: str, said: Any) -> str:
    if said is None:
        return ""
    if isinstance(said, bool):
        return "true" if said else "false"
    if not isinstance(said, str):
        raise RowRefused(Fault("not_a_value", column))
    return said.strip()
