"""The plan of a loan as it is stored, and the interest that it tells without a replay."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from axle.amortization.public import Instalment as Row
from axle.amortization.public import Terms, row_accrued
from axle.kernel.money import ZERO
from axle.servicing.domain.carrying import Reckoned
from axle.servicing.models import Instalment

PLAN_COLUMNS = [field.name for field in Instalment._meta.concrete_fields if field.name not in {"id", "loan"}]
"""The columns of a row of the plan, its position first."""


@dataclass(frozen=True)
class StoredPlan:
    """The rows of a plan by their position, each with the values of ``PLAN_COLUMNS``."""

    rows: dict[int, tuple[Any, ...]]

    def reckoned(self, terms: Terms, scale: int, on: date) -> Reckoned:
        """Interest that was earned and that fell due up to a date, by the plan as it is stored."""
        rows = [_instalment(row) for row in self.rows.values()]
        due = sum(row.interest for row in rows if row.due_on <= on)
        running = (row for row in rows if row.due_on > on and (row.starts_on < on or row.carried))
        return Reckoned(due + sum(row_accrued(terms, row, scale, on) for row in running), due)


def stored_plans(loan_ids: Sequence[int]) -> dict[int, StoredPlan]:
    """The plans of some loans."""
    plans = {key: StoredPlan({}) for key in loan_ids}
    for key, *row in Instalment.objects.filter(loan__in=loan_ids).values_list("loan_id", *PLAN_COLUMNS):
        plans[key].rows[row[0]] = tuple(row)
    return plans


_AT = {name: index for index, name in enumerate(PLAN_COLUMNS)}


def _instalment(row: tuple[Any, ...]) -> Row:
    """A stored row as the engine lays it out."""
    own = {name: row[_AT[name]] for name in Row._fields if name in _AT}
    return Row(**own | {"total": ZERO, "exact": int(own["exact"])})
