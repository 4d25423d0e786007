"""Facts that party publishes, in the same transaction."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CustomerChanged:
    """A customer was created or their particulars changed; ``fields`` names what."""

    customer_id: int
    fields: tuple[str, ...]
    is_new: bool = False
