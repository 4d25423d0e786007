"""Maker-checker: the inbox of registered commands, and which commands need a second person."""

from typing import Any

from pydantic import BaseModel, Field

from axle.kernel.types import Yuan
from axle.platform import approvals
from axle.platform import permissions as may
from axle.platform.commands import Ctx, carry_out, command_named
from axle.platform.errors import NotFound
from axle.platform.http.routes.base import Done, IdOut, api
from axle.platform.listing import Col, Listing
from axle.platform.models import ApprovalPolicy, PendingCommand
from axle.platform.models.approval import PendingState
from axle.platform.scope import Actor


class PendingIn(BaseModel):
    pending_no: str = Field(max_length=24)


class CheckIn(PendingIn):
    opinion: str = Field("", max_length=500)


class RejectIn(PendingIn):
    opinion: str = Field(min_length=1, max_length=500)


class CheckOut(BaseModel):
    """The answer of the command that was carried out."""

    result: Any = None


class PolicyIn(BaseModel):
    """From ``min_amount`` on, ``command`` needs a person with ``checker_permission``."""

    command: str
    min_amount: Yuan = 0  # type: ignore[assignment]
    checker_permission: str
    is_active: bool = True


class PendingOutDetail(BaseModel):
    pending_no: str
    command: str
    amount: Yuan | None
    state: str
    maker_name: str
    made_at: str
    checker_name: str
    opinion: str
    payload: dict[str, Any]
    actions: list[str]


def visible(actor: Actor) -> Any:
    """The registrations that a person made or may check."""
    rows = PendingCommand.objects.all()
    if actor.scope(may.PENDING_COMMAND_VIEW).is_all:
        return rows
    return rows.filter(checker_permission__in=list(actor.grants)) | rows.filter(maker_id=actor.user_id)


def _actions(pending: PendingCommand, actor: Actor) -> list[str]:
    if pending.state != PendingState.PENDING:
        return []
    if pending.maker_id == actor.user_id:
        return ["pending_command_withdraw"]
    is_checker = actor.may(pending.checker_permission)
    return ["pending_command_approve", "pending_command_reject"] if is_checker else []


@api.query("pending_command_get", "/pending-commands/{pending_no}", permission=may.PENDING_COMMAND_VIEW)
def pending_command_get(actor: Actor, pending_no: str) -> PendingOutDetail:
    """A registration with its input and what this person may do with it."""
    pending = visible(actor).filter(pending_no=pending_no).first()
    if pending is None:
        raise NotFound(what="pending_command")
    return PendingOutDetail(
        pending_no=pending.pending_no,
        command=pending.command,
        amount=pending.amount,
        state=pending.state,
        maker_name=pending.maker_name,
        made_at=pending.made_at.isoformat(timespec="seconds"),
        checker_name=pending.checker_name,
        opinion=pending.opinion,
        payload=pending.payload,
        actions=_actions(pending, actor),
    )


@api.command("pending_command_approve", permission=may.PENDING_COMMAND_VIEW, subject="pending_command")
def pending_command_approve(ctx: Ctx, data: CheckIn) -> CheckOut:
    """Carry out what another person registered, with the maker's rights of today."""
    pending = approvals.take_for_check(pending_no=data.pending_no, checker=ctx.actor)
    command = command_named(pending.command)
    maker = approvals.maker_actor(pending)
    maker.require(command.permission)
    result = carry_out(command, command.input.model_validate(pending.payload), actor=maker, checker=ctx.actor)
    approvals.approve(pending, checker=ctx.actor, opinion=data.opinion, result=result)
    return CheckOut(result=result)


@api.command("pending_command_reject", permission=may.PENDING_COMMAND_VIEW, subject="pending_command")
def pending_command_reject(ctx: Ctx, data: RejectIn) -> Done:
    approvals.reject(pending_no=data.pending_no, checker=ctx.actor, opinion=data.opinion)
    return Done()


@api.command("pending_command_withdraw", permission=may.PENDING_COMMAND_VIEW, subject="pending_command")
def pending_command_withdraw(ctx: Ctx, data: PendingIn) -> Done:
    approvals.withdraw(pending_no=data.pending_no, maker=ctx.actor)
    return Done()


@api.command("approval_policy_set", permission=may.APPROVAL_POLICY_MANAGE, subject="approval_policy")
def approval_policy_set(ctx: Ctx, data: PolicyIn) -> IdOut:
    command_named(data.command)
    return IdOut(id=approvals.approval_policy_set(**data.model_dump()).pk)


api.listing(
    Listing(
        name="pending_commands",
        permission=may.PENDING_COMMAND_VIEW,
        queryset=visible,
        columns=[
            Col("pending_no"),
            Col("command", "enum", enum="Command"),
            Col("amount", "money"),
            Col("state", "enum", enum="PendingState", choices=PendingState.values),
            Col("maker_name"),
            Col("made_at", "datetime"),
            Col("checker_name"),
            Col("checked_at", "datetime"),
            Col("opinion"),
        ],
        search=["pending_no", "maker_name"],
        filters=["state", "made_at", "amount"],
        default_sort="-made_at",
        row_link="/review/pending/{pending_no}",
    )
)
api.listing(
    Listing(
        name="approval_policies",
        permission=may.APPROVAL_POLICY_MANAGE,
        queryset=lambda actor: ApprovalPolicy.objects.all(),
        columns=[
            Col("command", "enum", enum="Command"),
            Col("min_amount", "money"),
            Col("checker_permission"),
            Col("is_active", "bool"),
        ],
        default_sort="command",
        toolbar=["approval_policy_set"],
    )
)
