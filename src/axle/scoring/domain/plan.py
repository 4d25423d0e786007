"""The plan of a development: which file columns are the target, the key and the candidates, and how each is read."""

import re
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from axle.scoring.domain.binning import TELLING

NAME = r"^[a-z][a-z0-9_]{0,59}$"


class Candidate(BaseModel):
    """A column that may become a characteristic. ``trend`` ``any`` lets bad rates turn, as with age."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    column: str
    name: str = Field(pattern=NAME)
    zh: str = ""
    en: str = ""
    kind: Literal["number", "category"] | None = None
    reason_code: str = Field("R09", pattern=r"^R\d\d$")
    trend: Literal["one_way", "any"] = "one_way"


class FairnessGroup(BaseModel):
    """A column by which people are compared; ``bounds`` cut numbers into groups. It is no candidate by itself."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    column: str
    zh: str = ""
    en: str = ""
    bounds: tuple[float, ...] = ()


class Plan(BaseModel):
    """A plan as its TOML file says it. ``target`` holds 1 for a bad case, 0 for a good one.

    ``needed`` names columns without which a row is left out (and counted); ``ignored`` columns are no candidates;
    without ``candidates`` every other column is one. ``salt`` makes another split of the same rows.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    target: str
    key: str = ""
    missing: tuple[str, ...] = ("", "NA", "NaN", "nan", "null")
    needed: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    groups: tuple[FairnessGroup, ...] = ()
    salt: str = "axle"
    least_information: float = 0.02
    most_correlation: float = 0.7
    approval_share: float = Field(0.7, gt=0, lt=1)
    least_rows: int = Field(10 * TELLING, ge=2 * TELLING)

    def candidates_of(self, columns: list[str]) -> tuple[Candidate, ...]:
        """The candidates among the columns of a file."""
        if self.candidates:
            return self.candidates
        apart = {self.target, self.key, *self.ignored, *(group.column for group in self.groups)}
        found: list[Candidate] = []
        for no, column in enumerate(columns, start=1):
            if column not in apart:
                name = name_of(column)
                is_taken = not name or any(one.name == name for one in found)
                name = f"column_{no}" if is_taken else name
                found.append(Candidate(column=column, name=name, zh=column, en=column))
        return tuple(found)


def name_of(column: str) -> str:
    """A characteristic's name from a column's heading; empty when the heading has no letter or digit of ours."""
    plain = re.sub(r"[^a-z0-9]+", "_", column.lower()).strip("_")[:59]
    return plain if not plain or plain[0].isalpha() else f"c_{plain}"[:60]


def plan_parse(data: Mapping[str, Any]) -> Plan:
    """Read a plan from TOML data. Errors: ValueError with the first fault in words."""
    try:
        return Plan.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        raise ValueError(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error
