"""How operations and what they changed leave the server."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel


class ChangeLineOut(BaseModel):
    """One field before and after."""

    field: str
    enum: str
    before: Any
    after: Any


class ChangeOut(BaseModel):
    """What an operation did to one row."""

    type: str
    id: str
    act: str
    lines: list[ChangeLineOut]


class HistoryItemOut(BaseModel):
    """One operation on a thing, with what it changed."""

    at: datetime
    operation: str
    actor_name: str
    checker_name: str
    note: str
    changes: list[ChangeOut]
