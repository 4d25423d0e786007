"""Conditions precedent as the institution demands them."""

import json
from dataclasses import dataclass
from pathlib import Path

from axle.origination.models import ConditionDefinition
from axle.platform.public import created, track

STANDARD = Path(__file__).parents[1] / "data" / "conditions_precedent.json"


def conditions_install() -> int:
    """Add the standard conditions that are not there yet; gives how many were added."""
    known = set(ConditionDefinition.objects.values_list("code", flat=True))
    rows = [row for row in json.loads(STANDARD.read_text(encoding="utf-8")) if row["code"] not in known]
    for position, row in enumerate(rows, start=len(known) + 1):
        created(ConditionDefinition.objects.create(position=position, **row))
    return len(rows)


@dataclass(frozen=True)
class ConditionWish:
    """How a condition is asked for."""

    title: str
    title_en: str
    needs_document: bool
    applies_to: str
    is_active: bool


def condition_define(*, code: str, wish: ConditionWish) -> ConditionDefinition:
    """Add a manual condition, or change how one is asked for; disbursements already open keep theirs."""
    condition = ConditionDefinition.objects.select_for_update().filter(code=code).first()
    if condition is None:
        position = ConditionDefinition.objects.count() + 1
        return created(ConditionDefinition.objects.create(code=code, kind="manual", position=position, **vars(wish)))
    track(condition)
    for name, value in vars(wish).items():
        setattr(condition, name, value)
    condition.save()
    return condition
