"""Commands: every write goes through here, and gets permission, idempotency, review and log from here."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import get_resolver
from django.utils import timezone
from pydantic import BaseModel, ValidationError

from axle.platform import approvals, idempotency, ratelimit
from axle.platform.audit import acting
from axle.platform.errors import InputInvalid, UnknownCommand
from axle.platform.inputs import Input
from axle.platform.permissions import INSTITUTIONAL
from axle.platform.scope import Actor, Subject

Amount = Callable[[Any], int | None]


@dataclass(frozen=True)
class Ctx:
    """What a command handler knows besides its input."""

    actor: Actor
    business_on: date
    now: datetime
    checker: Actor | None = None


@dataclass(frozen=True)
class Limit:
    """How often one actor may try a command, right or wrong."""

    uses: int
    seconds: int


@dataclass(frozen=True)
class Command:
    """A declared write. ``amount`` gives the fen that maker-checker thresholds look at."""

    name: str
    context: str
    permission: str
    handler: Callable[[Ctx, Any], Any]
    input: type[Input]
    output: type[BaseModel] | None
    amount: Amount | None = None
    subject: str = ""
    limit: Limit | None = None

    def permit(self, actor: Actor) -> None:
        """Errors: PermissionMissing, ScopeTooNarrow for a command on what the whole institution shares."""
        actor.require(self.permission)
        if self.permission in INSTITUTIONAL:
            actor.require_all(self.permission)


@dataclass(frozen=True)
class CommandResult:
    """What a command answered: ``status`` 200 done, 202 registered and waiting for review."""

    status: int
    response: Any


COMMANDS: dict[str, Command] = {}


def declare(command: Command) -> None:
    """Register a command; names are unique over all contexts, and nothing but an ``Input`` is taken."""
    if not issubclass(command.input, Input):
        raise TypeError(f"{command.name} takes {command.input.__name__}, which is no Input")
    if command.name in COMMANDS:
        raise ValueError(f"command {command.name} is declared twice")
    COMMANDS[command.name] = command


def command_named(name: str) -> Command:
    """Errors: UnknownCommand."""
    try:
        return COMMANDS[name]
    except KeyError as error:
        raise UnknownCommand(command=name) from error


def _read(command: Command, data: BaseModel | dict[str, Any]) -> BaseModel:
    if isinstance(data, BaseModel):
        return data
    try:
        return command.input.model_validate(data)
    except ValidationError as error:
        raise InputInvalid(errors=error.errors(include_url=False, include_context=False)) from error


def _subject(command: Command, data: BaseModel) -> Subject | None:
    """What the input says that the command is about; a new thing is known only by its first change."""
    number = getattr(data, f"{command.subject}_id", None) if command.subject else None
    return Subject(command.subject, number) if isinstance(number, int) else None


def carry_out(command: Command, data: BaseModel, *, actor: Actor, checker: Actor | None = None) -> Any:
    """Run a command's handler as one logged transaction and give its answer as JSON data."""
    with acting(actor, command.name, subject=_subject(command, data), checker=checker, is_whole=True) as recording:
        answer = command.handler(Ctx(actor, recording.business_on, timezone.now(), checker), data)
    return answer.model_dump(mode="json") if isinstance(answer, BaseModel) else answer


def _rehearse(command: Command, data: BaseModel, actor: Actor) -> None:
    """Carry a command out and undo it: what would be refused is refused to its maker, before anybody checks it.

    Errors: the command's own.
    """
    somebody = replace(actor, user_id=0, employee_id=0, name="")
    with transaction.atomic():
        carry_out(command, data, actor=actor, checker=somebody)
        transaction.set_rollback(True)


def _decide(command: Command, data: BaseModel, actor: Actor) -> CommandResult:
    amount = command.amount(data) if command.amount else None
    policy = approvals.policy_for(command.name, amount)
    if policy is None:
        return CommandResult(200, carry_out(command, data, actor=actor))
    _rehearse(command, data, actor)
    checker_permission = policy.checker_permission
    pending = approvals.register(
        command=command.name, data=data, amount=amount, checker_permission=checker_permission, actor=actor
    )
    return CommandResult(202, {"pending_no": pending.pending_no})


def command_propose(name: str, data: BaseModel | dict[str, Any], *, actor: Actor, key: str) -> bool:
    """Register what the system itself advises: it is carried out when a person agrees who may check the command or,
    where no policy asks for a second person, may run it. The same key proposes once; gives whether it is new.

    Errors: the command's own; then nothing is kept.
    """
    assert get_resolver().url_patterns  # a worker declares the commands now, which a web process did at its start
    command = command_named(name)
    read = _read(command, data)
    with transaction.atomic():
        claimed = idempotency.claim(actor_key=actor.key, key=key, command=name, body_hash=idempotency.request_hash(key))
        if isinstance(claimed, idempotency.StoredResult):
            return False
        _rehearse(command, read, actor)
        policy = approvals.policy_for(name, None)
        permission = policy.checker_permission if policy else command.permission or ""
        pending = approvals.register(command=name, data=read, amount=None, checker_permission=permission, actor=actor)
        idempotency.store(claimed, status=202, response={"pending_no": pending.pending_no})
    return True


def command_execute(
    name: str, data: BaseModel | dict[str, Any], *, actor: Actor, idempotency_key: str | None = None
) -> CommandResult:
    """Carry out a command, or register it for review.

    Errors: UnknownCommand, PermissionMissing, ScopeTooNarrow, InputInvalid, TooManyRequests, IdempotencyKeyReused,
    and the command's own; after any error nothing is kept but the count of a limited command.
    """
    command = command_named(name)
    command.permit(actor)
    read = _read(command, data)
    if command.limit:
        ratelimit.spend(f"{name}:{actor.key}", limit=command.limit.uses, seconds=command.limit.seconds)
    with transaction.atomic():
        if idempotency_key is None:
            return _decide(command, read, actor)
        claimed = idempotency.claim(
            actor_key=actor.key,
            key=idempotency_key,
            command=name,
            body_hash=idempotency.request_hash(read.model_dump_json()),
        )
        if isinstance(claimed, idempotency.StoredResult):
            return CommandResult(claimed.status, claimed.response)
        result = _decide(command, read, actor)
        idempotency.store(claimed, status=result.status, response=result.response)
        return result
