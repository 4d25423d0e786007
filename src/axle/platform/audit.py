"""The operation log: what a write changed is collected while it runs and written with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils import timezone

from axle.kernel.money import yuan
from axle.platform.businessday import business_date_held
from axle.platform.fields import EncryptedTextField, FenField
from axle.platform.masking import mask
from axle.platform.models import OperationLog
from axle.platform.scope import Actor, Subject
from axle.platform.statements import row_insert

Instance = TypeVar("Instance", bound=models.Model)
_UNLOGGED = {"password", "totp_secret", "totp_last_step", "token_hash", "last_login"}


@dataclass
class Recording:
    """The changes of one operation so far."""

    actor: Actor
    operation: str
    subject: Subject | None = None
    note: str = ""
    checker_name: str = ""
    business_on: date = date.min
    seen: list[tuple[models.Model, dict[str, Any] | None]] = field(default_factory=list)
    noted: list[dict[str, Any]] = field(default_factory=list)


_recording: ContextVar[Recording | None] = ContextVar("recording", default=None)


def _shown(instance: models.Model, column: models.Field[Any, Any]) -> Any:
    value = column.value_from_object(instance)
    if isinstance(column, EncryptedTextField):
        return mask(str(value), column.mask) if value is not None else None
    if isinstance(column, FenField):
        return yuan(value) if value is not None else None
    if isinstance(value, bytes | memoryview):
        return f"{len(value)} bytes"
    return value if value is None or isinstance(value, bool | int | list | dict) else str(value)


def snapshot(instance: models.Model) -> dict[str, Any]:
    """The stored fields of a row as they may appear in the log: personal data masked, secrets left out."""
    deferred = instance.get_deferred_fields()
    return {
        column.attname: _shown(instance, column)
        for column in instance._meta.concrete_fields
        if column.attname not in deferred and column.attname not in _UNLOGGED
    }


def track(instance: Instance) -> Instance:
    """Note a row as it is before a change; what differs at the end goes to the log."""
    recording = _recording.get()
    if recording is not None:
        recording.seen.append((instance, snapshot(instance)))
    return instance


def created(instance: Instance) -> Instance:
    """Note a new row."""
    recording = _recording.get()
    if recording is not None:
        recording.seen.append((instance, None))
    return instance


def note_change(*, type: str, id: object, before: Any = None, after: Any = None) -> None:
    """Note a change that no single row shows, such as a set-based update."""
    recording = _recording.get()
    if recording is not None:
        recording.noted.append({"type": type, "id": str(id), "before": before, "after": after})


def _difference(instance: models.Model, before: dict[str, Any] | None) -> dict[str, Any] | None:
    after = snapshot(instance) if instance.pk is not None else None
    if before is not None and after is not None:
        changed = {key for key in after if before.get(key) != after[key]}
        before = {key: before.get(key) for key in sorted(changed)}
        after = {key: after[key] for key in sorted(changed)}
        if not changed:
            return None
    return {"type": instance._meta.model_name, "id": str(instance.pk), "before": before, "after": after}


def _jsonable(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _jsonable(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_jsonable(item) for item in value]
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def _write(recording: Recording) -> None:
    actor, subject = recording.actor, recording.subject
    changes = [change for row, before in recording.seen if (change := _difference(row, before))]
    if subject is None and changes:
        subject = Subject(changes[0]["type"], changes[0]["id"])
    log = OperationLog(
        at=timezone.now(),
        business_on=recording.business_on,
        operation=recording.operation,
        actor_kind=actor.kind,
        user_id=actor.user_id,
        actor_name=actor.name,
        roles=",".join(actor.roles)[:200],
        checker_name=recording.checker_name,
        subject_type=subject.type if subject else "",
        subject_id=str(subject.id) if subject else "",
        changes=_jsonable(changes + recording.noted),
        note=recording.note,
        ip=actor.ip,
        device=actor.device[:200],
        control=actor.control[:120],
    )
    row_insert(log)


@contextmanager
def acting(
    actor: Actor,
    operation: str,
    *,
    subject: Subject | None = None,
    note: str = "",
    checker: Actor | None = None,
    is_whole: bool = False,
) -> Iterator[Recording]:
    """Run one operation of an actor in one transaction and log it; nothing is kept when it raises.

    The business date does not roll while it runs. An operation that ``is_whole`` takes the transaction around it down
    with it when it fails.
    """
    recording = Recording(actor, operation, subject, note, checker.name if checker else "")
    with transaction.atomic(savepoint=not is_whole), business_date_held() as recording.business_on:
        token = _recording.set(recording)
        try:
            yield recording
        finally:
            _recording.reset(token)
        _write(recording)


@contextmanager
def attempt() -> Iterator[None]:
    """Try a part of an operation that may fail without the whole: what it wrote and noted is undone with it."""
    recording = _recording.get()
    seen, noted = (len(recording.seen), len(recording.noted)) if recording else (0, 0)
    try:
        with transaction.atomic():
            yield
    except BaseException:
        if recording is not None:
            del recording.seen[seen:], recording.noted[noted:]
        raise
