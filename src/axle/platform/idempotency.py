"""Idempotency keys, stored with the result of the command they came with."""

import hashlib
from dataclasses import dataclass
from typing import Any

from axle.platform.errors import IdempotencyKeyReused
from axle.platform.models import IdempotencyRecord


@dataclass(frozen=True)
class StoredResult:
    """The answer that the first request got."""

    status: int
    response: Any


def request_hash(body: str) -> str:
    """What makes two requests the same: the SHA-256 of the input as canonical JSON."""
    return hashlib.sha256(body.encode()).hexdigest()


def claim(*, actor_key: str, key: str, command: str, body_hash: str) -> IdempotencyRecord | StoredResult:
    """Take the key inside the command's transaction, or give the stored result.

    A concurrent request with the same key waits here until the first one commits.
    Errors: IdempotencyKeyReused when the key came with another request.
    """
    record, is_new = IdempotencyRecord.objects.get_or_create(
        actor_key=actor_key, key=key, defaults={"command": command, "request_hash": body_hash}
    )
    if is_new:
        return record
    if (record.command, record.request_hash) != (command, body_hash):
        raise IdempotencyKeyReused(key=key)
    return StoredResult(record.status, record.response)


def store(record: IdempotencyRecord, *, status: int, response: Any) -> None:
    """Keep the result with the key."""
    record.status, record.response = status, response
    record.save(update_fields=["status", "response"])
