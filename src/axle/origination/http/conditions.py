"""The institution's conditions precedent."""

from typing import Literal

from pydantic import BaseModel, Field

from axle.origination import permissions as may
from axle.origination.http.base import api
from axle.origination.services.conditions_install import ConditionWish, condition_define
from axle.platform.public import Ctx, Input


class ConditionDefineIn(Input):
    """How a condition is asked for from now on; an unknown ``code`` adds a manual condition."""

    code: str = Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")
    condition_title: str = Field(min_length=1, max_length=120)
    condition_title_en: str = Field(min_length=1, max_length=120)
    needs_document: bool = True
    applies_to: Literal["all", "new", "used", "asked"] = "all"
    is_active: bool = True


class ConditionDefinedOut(BaseModel):
    code: str
    is_active: bool


@api.command("condition_define", permission=may.CONDITION_MANAGE, subject="condition")
def condition_define_command(ctx: Ctx, data: ConditionDefineIn) -> ConditionDefinedOut:
    """Add or change a condition; disbursements already open keep theirs."""
    wish = ConditionWish(
        title=data.condition_title,
        title_en=data.condition_title_en,
        needs_document=data.needs_document,
        applies_to=data.applies_to,
        is_active=data.is_active,
    )
    condition = condition_define(code=data.code, wish=wish)
    return ConditionDefinedOut(code=condition.code, is_active=condition.is_active)
