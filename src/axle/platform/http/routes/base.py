"""The platform's ContextApi and the answers that several routes share."""

from pydantic import BaseModel

from axle.platform.http.contextapi import ContextApi

api = ContextApi("platform")


class IdOut(BaseModel):
    """The id of the row written."""

    id: int


class Done(BaseModel):
    """Carried out; there is nothing more to tell."""
