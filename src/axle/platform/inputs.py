"""What a person or a machine sends."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints


class Input(BaseModel):
    """What is sent to be done.

    Blanks around a text are no part of it, so that a text of blanks alone is empty; a key that nobody asked for is
    refused rather than passed over.
    """

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


Password = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200, strip_whitespace=False),
    Field(json_schema_extra={"format": "password"}),
]
