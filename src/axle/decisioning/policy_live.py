"""The policy values that count now: the latest activation points at a calibration, its content is kept per process."""

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from axle.decisioning.domain.canonical import content_hash
from axle.decisioning.domain.policy import PolicyValue, Resolver, values_parse
from axle.decisioning.models import PolicyActivation, PolicyContent
from axle.platform.public import Compiled


class PolicyUnusable(Exception):
    """The calibration in force is not as it was activated."""


class Pointer(NamedTuple):
    """The calibration that counts, and what its content must hash to."""

    calibration_id: int
    content_hash: str


def pointer_in_force() -> Pointer | None:
    """Where the latest activation points; None before the first."""
    found = _LATEST.first()
    return Pointer(*found) if found else None


_LATEST = Compiled(
    lambda: PolicyActivation.objects.order_by("-pk").values_list(
        "calibration_id", "calibration__content__content_hash"
    )[:1]
)


def resolver_in_force(on: date) -> Resolver:
    """The values that count, with the promotions of a date; none before the first activation.

    Errors: PolicyUnusable.
    """
    pointer = pointer_in_force()
    return Resolver(()) if pointer is None else _resolver(pointer, on)


def values_of(calibration_id: int | None) -> tuple[PolicyValue, ...]:
    """Every value of an activated calibration. Errors: PolicyUnusable."""
    if calibration_id is None:
        return ()
    content = PolicyContent.objects.get(pk=calibration_id)
    return _values(Pointer(calibration_id, content.content_hash))


@lru_cache(maxsize=16)
def _resolver(pointer: Pointer, on: date) -> Resolver:
    return Resolver(_values(pointer), on=on, calibration_id=pointer.calibration_id)


@lru_cache(maxsize=8)
def _values(pointer: Pointer) -> tuple[PolicyValue, ...]:
    content = PolicyContent.objects.get(pk=pointer.calibration_id)
    if content_hash(content.values) != pointer.content_hash:
        raise PolicyUnusable(f"calibration {pointer.calibration_id} is not as it was activated")
    return values_parse(content.values)
