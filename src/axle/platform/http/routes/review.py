"""Maker-checker: the inbox of registered commands, and which commands need a second person."""

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from pydantic import BaseModel, Field

from axle.kernel.types import ApiPath, Yuan
from axle.platform import approvals
from axle.platform import permissions as may
from axle.platform.audit import note_change
from axle.platform.commands import COMMANDS, Ctx, carry_out, command_named
from axle.platform.errors import NotFound, PolicyAmountUnknown
from axle.platform.http.actor_name import ActorName
from axle.platform.http.files import evidence_answer
from axle.platform.http.routes.base import Done, IdOut, api
from axle.platform.inputs import Input
from axle.platform.listing import Col, Listing
from axle.platform.masking import SECRETS, masked_tree
from axle.platform.models import ApprovalPolicy, PendingCommand, StoredFile
from axle.platform.models.approval import PendingState
from axle.platform.permissions import PERMISSIONS
from axle.platform.scope import Actor


class PendingIn(Input):
    pending_no: str = Field(max_length=24)


class CheckIn(PendingIn):
    opinion: str = Field("", max_length=500)


class RejectIn(PendingIn):
    opinion: str = Field(min_length=1, max_length=500)


class RevealIn(PendingIn):
    reason: str = Field(min_length=4, max_length=200)


class RevealOut(BaseModel):
    payload: dict[str, Any]


class CheckOut(BaseModel):
    """The answer of the command that was carried out."""

    result: Any = None


class PolicyIn(Input):
    """From ``min_amount`` on, ``command`` needs a person with ``checker_permission``."""

    command: str
    min_amount: Yuan = 0  # type: ignore[assignment]
    checker_permission: str
    is_active: bool = True


class PolicyEndIn(Input):
    policy_id: int


class ApprovableOut(BaseModel):
    """A command that may be made to need a second person; an amount can only be set where the command has one."""

    command: str
    context: str
    has_amount: bool


class PendingFileOut(BaseModel):
    """A file that the maker enclosed."""

    name: str
    file: ApiPath


class PendingOutDetail(BaseModel):
    pending_no: str
    command: str
    amount: Yuan | None
    state: str
    maker_name: ActorName
    made_at: str
    checker_name: ActorName
    opinion: str
    payload: dict[str, Any]
    files: list[PendingFileOut]
    actions: list[str]


def visible(actor: Actor) -> Any:
    """The registrations that a person made or may check."""
    scope, rows = actor.scope(may.PENDING_COMMAND_VIEW), PendingCommand.objects.all()
    if scope.is_all:
        return rows
    seen = Q(maker__employee__department_id__in=scope.department_ids) | Q(maker_id=actor.user_id)
    return rows.filter(seen | approvals.checkable(actor))


def _actions(pending: PendingCommand, actor: Actor) -> list[str]:
    if pending.state != PendingState.PENDING:
        return []
    if pending.maker_id == actor.user_id:
        return ["pending_command_withdraw"]
    is_checker = actor.may(pending.checker_permission)
    checks = ["pending_command_approve", "pending_command_reject", "pending_command_reveal"]
    return checks if is_checker else []


def _file_ids(payload: Any) -> set[int]:
    """The files that an input names, at whatever depth."""
    if isinstance(payload, list):
        return set[int]().union(*map(_file_ids, payload))
    if not isinstance(payload, dict):
        return set()
    named = {value for key, value in payload.items() if key.endswith("file_id") and isinstance(value, int)}
    return named.union(*map(_file_ids, payload.values()))


def _files(pending: PendingCommand) -> list[PendingFileOut]:
    rows = StoredFile.objects.filter(pk__in=_file_ids(pending.payload)).order_by("pk")
    path = f"/pending-commands/{pending.pending_no}/files"
    return [PendingFileOut(name=name, file=f"{path}/{pk}") for pk, name in rows.values_list("pk", "name")]


@api.query(
    "pending_command_file", "/pending-commands/{pending_no}/files/{file_id}", permission=may.PENDING_COMMAND_VIEW
)
def pending_command_file(actor: Actor, pending_no: str, file_id: int, download: bool = False) -> HttpResponse:
    """A file that the maker enclosed, for who checks the registration; every look is logged."""
    pending = visible(actor).filter(pending_no=pending_no).first()
    if pending is None or file_id not in _file_ids(pending.payload):
        raise NotFound(what="file")
    told = {"operation": "pending_command_file", "type": "pendingcommand", "id": pending_no}
    return evidence_answer(actor, **told, file_id=file_id, is_download=download)


@api.query("pending_command_get", "/pending-commands/{pending_no}", permission=may.PENDING_COMMAND_VIEW)
def pending_command_get(actor: Actor, pending_no: str) -> PendingOutDetail:
    """A registration with its input, personal data masked, and what this person may do with it."""
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
        payload=masked_tree(pending.payload),
        files=_files(pending),
        actions=_actions(pending, actor),
    )


@api.command("pending_command_approve", permission=may.PENDING_COMMAND_VIEW, subject="pending_command")
def pending_command_approve(ctx: Ctx, data: CheckIn) -> CheckOut:
    """Carry out what another person registered, with the maker's rights of today."""
    pending = approvals.take_for_check(pending_no=data.pending_no, checker=ctx.actor)
    command = command_named(pending.command)
    maker = approvals.maker_actor(pending)
    command.permit(maker)
    result = carry_out(command, command.input.model_validate(pending.payload), actor=maker, checker=ctx.actor)
    approvals.approve(pending, checker=ctx.actor, opinion=data.opinion, result=result)
    return CheckOut(result=result)


@api.command("pending_command_reveal", permission=may.PENDING_COMMAND_VIEW, subject="pending_command")
def pending_command_reveal(ctx: Ctx, data: RevealIn) -> RevealOut:
    """The input in full but for secrets, to who is to check it; the log keeps who asked and why."""
    pending = approvals.take_for_check(pending_no=data.pending_no, checker=ctx.actor)
    note_change(type="pending_command", id=pending.pk, after={"revealed": True, "reason": data.reason})
    return RevealOut(payload=masked_tree(pending.payload, kinds=SECRETS))


@api.command("pending_command_reject", permission=may.PENDING_COMMAND_VIEW, subject="pending_command")
def pending_command_reject(ctx: Ctx, data: RejectIn) -> Done:
    approvals.reject(pending_no=data.pending_no, checker=ctx.actor, opinion=data.opinion)
    return Done()


@api.command("pending_command_withdraw", permission=may.PENDING_COMMAND_VIEW, subject="pending_command")
def pending_command_withdraw(ctx: Ctx, data: PendingIn) -> Done:
    approvals.withdraw(pending_no=data.pending_no, maker=ctx.actor)
    return Done()


_OWN_ACTS = ("pending_command_", "approval_policy_")


def _approvable() -> list[ApprovableOut]:
    """Everything but the review itself and what people do with their own account."""
    commands = [c for c in COMMANDS.values() if not c.name.startswith(_OWN_ACTS) and c.permission != may.ACCOUNT_SELF]
    return [
        ApprovableOut(command=c.name, context=c.context, has_amount=c.amount is not None)
        for c in sorted(commands, key=lambda found: found.name)
    ]


@api.query("approvable_commands", "/approvable-commands", permission=may.APPROVAL_POLICY_MANAGE)
def approvable_commands(actor: Actor) -> list[ApprovableOut]:
    """The commands that a policy may name."""
    return _approvable()


@api.command("approval_policy_set", permission=may.APPROVAL_POLICY_MANAGE, subject="approval_policy")
def approval_policy_set(ctx: Ctx, data: PolicyIn) -> IdOut:
    """From an amount on, a command needs a second person. Errors: NotFound, PolicyAmountUnknown."""
    command = next((found for found in _approvable() if found.command == data.command), None)
    if command is None:
        raise NotFound(field="command", what="command")
    if data.checker_permission not in PERMISSIONS:
        raise NotFound(field="checker_permission", what="permission")
    if data.min_amount and not command.has_amount:
        raise PolicyAmountUnknown(field="min_amount")
    return IdOut(id=approvals.approval_policy_set(**data.model_dump()).pk)


@api.command("approval_policy_end", permission=may.APPROVAL_POLICY_MANAGE, subject="approval_policy")
def approval_policy_end(ctx: Ctx, data: PolicyEndIn) -> IdOut:
    """A command no longer needs a second person by this policy; what waits already still does."""
    return IdOut(id=approvals.approval_policy_end(policy_id=data.policy_id).pk)


api.listing(
    Listing(
        name="pending_commands",
        is_growing=True,
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
            Col("checker_permission", "enum", enum="Permission"),
            Col("is_active", "bool"),
        ],
        filters=["command", "is_active"],
        default_sort="command",
        toolbar=["approval_policy_set"],
        row_actions=["approval_policy_end"],
        row_rules={"approval_policy_end": lambda row: row["is_active"]},
    )
)
