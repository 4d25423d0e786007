"""How a form was filled in (填表行为): counts and times of each field, never what was typed.

What a page reports is a claim of that page: it can send a case to a person, and never spares it one.
"""

from collections.abc import Mapping
from decimal import Decimal
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, Field, StringConstraints, field_validator

from axle.kernel.rounding import round_rate
from axle.origination.domain.form import ApplicationForm, Part

COUNTS = ("focuses", "keys", "deletions", "edits", "pastes", "after_error", "dwell_ms")
COURSE = ("jumps_back", "switches", "away_seconds", "strokes", "path_px", "span_px", "pauses")
FIELDS_MAX = 80
SESSIONS_MAX = 100
COUNT_MAX = 1_000_000
_CONTACTS = 5
DAY_MS = 86_400_000
ID, EMPLOYER, INCOME = "customer.id_no", "customer.employer", "customer.monthly_income"
_STROKES_LEAST, _STRAIGHT_PERMILLE = 20, 998
Count = Annotated[int, Field(ge=0, le=10_000)]


def _parts(kind: Any) -> list[Any]:
    """The members of an optional or annotated type."""
    origin = get_origin(kind)
    if origin in (Union, UnionType, Annotated):
        return [part for member in get_args(kind) for part in _parts(member)]
    return [kind]


def _paths(model: type[BaseModel], prefix: str = "") -> set[str]:
    found: set[str] = set()
    for name, field in model.model_fields.items():
        inside = [part for part in _parts(field.annotation) if isinstance(part, type) and issubclass(part, BaseModel)]
        rows = [get_args(part)[0] for part in _parts(field.annotation) if get_origin(part) is list]
        if inside:
            found |= _paths(inside[0], f"{prefix}{name}.")
        elif rows:
            found |= {path for no in range(_CONTACTS) for path in _paths(rows[0], f"{prefix}{name}.{no}.")}
        else:
            found.add(f"{prefix}{name}")
    return found


FORM_PATHS = frozenset(_paths(ApplicationForm))
"""Every field of the form: ``customer.id_no``, ``customer.contacts.0.phone`` …"""


class FieldBehaviour(Part):
    """What happened at one field: how often it was entered, keys, deletions, changes after it had been left filled,
    pastes, changes after it was shown as wrong, and the time spent in it."""

    path: str
    focuses: Count = 0
    keys: Count = 0
    deletions: Count = 0
    edits: Count = 0
    pastes: Count = 0
    after_error: Count = 0
    dwell_ms: Annotated[int, Field(ge=0, le=DAY_MS)] = 0

    @field_validator("path")
    @classmethod
    def _of_the_form(cls, path: str) -> str:
        if path not in FORM_PATHS:
            raise ValueError("extra_forbidden")
        return path


class CoursePart(Part):
    """How the whole was gone through: entries into a field before the last one, turns to something else and how long,
    and of the mouse its strokes, their length, how far their ends are apart, and rests of a second: no point of it."""

    jumps_back: Count = 0
    switches: Count = 0
    away_seconds: Annotated[int, Field(ge=0, le=86_400)] = 0
    strokes: Count = 0
    path_px: Annotated[int, Field(ge=0, le=100_000_000)] = 0
    span_px: Annotated[int, Field(ge=0, le=100_000_000)] = 0
    pauses: Count = 0


class FormBehaviourPart(Part):
    """What happened since the form was last kept, on one page opened once. Whoever typed agreed that it is recorded."""

    is_agreed: Literal[True]
    page: Literal["console", "phone"]
    session: Annotated[str, StringConstraints(pattern=r"^[0-9a-z]{8,32}$")]
    seconds: Annotated[int, Field(ge=0, le=86_400)]
    fields: Annotated[list[FieldBehaviour], Field(max_length=FIELDS_MAX)]
    course: CoursePart | None = None


Kept = Mapping[str, Mapping[str, int]]
"""Counts by field, as they are stored."""


def behaviour_added(kept: Kept, told: FormBehaviourPart) -> dict[str, dict[str, int]]:
    """Counts so far and those that came, together."""
    both = {path: dict(counts) for path, counts in kept.items()}
    for field in told.fields:
        counts = both.setdefault(field.path, dict.fromkeys(COUNTS, 0))
        for name in COUNTS:
            counts[name] = min(COUNT_MAX * 100, counts.get(name, 0) + getattr(field, name))
    return both


def course_added(kept: Mapping[str, int], told: CoursePart) -> dict[str, int]:
    """The course so far and what came, together."""
    return {name: min(2_000_000_000, kept.get(name, 0) + getattr(told, name)) for name in COURSE}


def course_told(kept: Kept, course: Mapping[str, int]) -> dict[str, Any]:
    """As inputs of the strategy (source ``behaviour_course``)."""
    return {
        "form_jumps_back": min(course["jumps_back"], 10_000),
        "app_switches": min(course["switches"], 10_000),
        "edits_after_error": min(sum(counts.get("after_error", 0) for counts in kept.values()), 10_000),
        "cursor_kind": _cursor_kind(course),
    }


def _cursor_kind(course: Mapping[str, int]) -> Literal["none", "by_hand", "mechanical"]:
    """A hand makes detours; a path of many strokes without any is a program's. A touch screen has no path."""
    if course["strokes"] < _STROKES_LEAST:
        return "none" if not course["strokes"] else "by_hand"
    return "mechanical" if course["span_px"] * 1_000 >= course["path_px"] * _STRAIGHT_PERMILLE else "by_hand"


def behaviour_told(kept: Kept, *, seconds: int, sessions: int) -> dict[str, Any]:
    """As inputs of the strategy (source ``behaviour``)."""

    def of(path: str, name: str) -> int:
        return min(kept.get(path, {}).get(name, 0), 10_000)

    keys, deletions = (sum(counts[name] for counts in kept.values()) for name in ("keys", "deletions"))
    touched = keys + deletions
    return {
        "form_seconds": min(seconds, 100_000),
        "pasted_fields": sum(counts["pastes"] > 0 for counts in kept.values()),
        "id_field_edits": of(ID, "edits"),
        "employer_field_edits": of(EMPLOYER, "edits"),
        "income_field_edits": of(INCOME, "edits"),
        "form_delete_rate": round_rate(Decimal(deletions) / touched, 4) if touched else Decimal(0),
        "form_sessions": min(sessions, 1_000),
    }
