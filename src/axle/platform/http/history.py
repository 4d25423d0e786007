"""How operations and what they changed leave the server."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel

from axle.platform.http.actor_name import ActorName


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
    actor_name: ActorName
    checker_name: ActorName
    note: str
    changes: list[ChangeOut]
