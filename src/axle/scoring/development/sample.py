"""The sample: rows of a file with a target, read as the plan says, with what was left out and why."""

import csv
import hashlib
import io
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from axle.scoring.domain.plan import Candidate, FairnessGroup, Plan
from axle.scoring.domain.sample_split import held_out
from axle.scoring.errors import SampleRefused

Floats = NDArray[np.float64]
Texts = list[str | None]
_FEW = 10
"""A column of numbers with no more distinct values than this is taken for a category."""
_MANY = 300
"""A category with more distinct values than this is a name, not a category."""


@dataclass(frozen=True)
class Sample:
    """Columns of text (None is missing), the target, and for each row whether it is held out."""

    keys: list[str]
    columns: dict[str, Texts]
    bad: Floats
    held: NDArray[np.bool_]
    left_out: dict[str, int]
    repeated_keys: int
    file_sha256: str

    def __len__(self) -> int:
        return len(self.bad)

    def numbers(self, column: str) -> Floats:
        """A column as numbers, NaN where missing. Errors: SampleRefused naming the first text that is none."""
        found = np.full(len(self), np.nan)
        for row, text in enumerate(self.columns[column]):
            if text is not None:
                found[row] = _number(text, column, row)
        return found

    def kind(self, candidate: Candidate) -> str:
        """``number`` or ``category``, or why the column is no candidate."""
        values = {text for text in self.columns[candidate.column] if text is not None}
        if len(values) < 2:
            return "one_value"
        if candidate.kind:
            return candidate.kind
        if len(values) > _FEW and all(_is_number(value) for value in values):
            return "number"
        return "category" if len(values) <= _MANY else "too_many_values"

    def groups(self, group: FairnessGroup) -> list[str | None]:
        """The group of each row."""
        if not group.bounds:
            return self.columns[group.column]
        names = _band_names(group.bounds)
        places = np.searchsorted(np.array(group.bounds), self.numbers(group.column), side="right")
        return [
            None if text is None else names[place]
            for text, place in zip(self.columns[group.column], places, strict=True)
        ]


def sample_read(content: bytes, plan: Plan) -> Sample:
    """Read a CSV (comma, semicolon or tab) with a head; UTF-8 or GB18030.

    Errors: SampleRefused for a file without head or columns of the plan, a row of another width, a target that is
    neither 0 nor 1, too few rows or cases of one kind.
    """
    head, rows = _table(content)
    _columns_check(head, plan)
    places = {name: no for no, name in enumerate(head)}
    left_out: Counter[str] = Counter()
    kept: list[list[str]] = []
    missing = set(plan.missing)
    for row in rows:
        gap = next((name for name in (plan.target, *plan.needed) if row[places[name]].strip() in missing), None)
        if gap:
            left_out[gap] += 1
        else:
            kept.append(row)
    keys = [row[places[plan.key]] if plan.key else "\x1f".join(row) for row in kept]
    bad = _target([row[places[plan.target]].strip() for row in kept], plan)
    columns = {
        name: [None if (text := row[no].strip()) in missing else text for row in kept] for name, no in places.items()
    }
    digest = hashlib.sha256(content).hexdigest()
    return Sample(
        keys, columns, bad, held_out(keys, salt=plan.salt), dict(left_out), len(keys) - len(set(keys)), digest
    )


def _table(content: bytes) -> tuple[list[str], list[list[str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("gb18030")
        except UnicodeDecodeError:
            raise SampleRefused(detail="neither UTF-8 nor GB18030") from None
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    head, *rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)) or [[]]
    head = [name.strip() for name in head]
    if len(head) < 2 or len(set(head)) < len(head):
        raise SampleRefused(detail="the first line must name at least two columns, each once")
    for number, row in enumerate(rows, start=2):
        if len(row) != len(head) and row:
            raise SampleRefused(detail=f"line {number} has {len(row)} columns, the head has {len(head)}")
    return head, [row for row in rows if row]


def _columns_check(head: list[str], plan: Plan) -> None:
    wanted = [plan.target, *plan.needed, *([plan.key] if plan.key else [])]
    wanted += [one.column for one in plan.candidates] + [one.column for one in plan.groups]
    absent = [name for name in wanted if name not in head]
    if absent:
        raise SampleRefused(detail=f"no column {', '.join(absent)}")


def _target(texts: list[str], plan: Plan) -> Floats:
    strange = next((text for text in texts if text not in {"0", "1", "0.0", "1.0"}), None)
    if strange is not None:
        raise SampleRefused(detail=f"{plan.target} must be 0 or 1, not {strange[:20]!r}")
    bad = np.array([float(text) for text in texts])
    fewest = min(bad.sum(), len(bad) - bad.sum()) if len(bad) else 0
    if len(bad) < plan.least_rows or fewest < plan.least_rows / 10:
        raise SampleRefused(
            detail=f"{len(bad)} rows with {int(bad.sum())} bad ones; needed are {plan.least_rows} rows"
            f" and {plan.least_rows // 10} of each kind"
        )
    return bad


def _number(text: str, column: str, row: int) -> float:
    if not _is_number(text):
        raise SampleRefused(detail=f"{column}, row {row + 1}: {text[:20]!r} is not a number")
    return float(text)


def _is_number(text: str) -> bool:
    try:
        return bool(np.isfinite(float(text)))
    except ValueError:
        return False


def _band_names(bounds: tuple[float, ...]) -> list[str]:
    shown = [f"{bound:g}" for bound in bounds]
    return [f"<{shown[0]}", *(f"{a}–{b}" for a, b in pairwise(shown)), f"≥{shown[-1]}"]
