"""How the name of whoever acted leaves the server."""

from typing import Annotated

from pydantic import PlainSerializer

from axle.platform.catalogue import actor_shown

ActorName = Annotated[str, PlainSerializer(actor_shown, return_type=str, when_used="json")]
"""A person's name as it is, a part of the system in the reader's language."""
