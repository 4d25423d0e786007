"""Maker-checker (登记/复核): commands registered by one person and carried out by another's approval."""

from collections import defaultdict
from typing import Any

from django.db.models import Q
from django.utils import timezone
from pydantic import BaseModel

from axle.platform.audit import acting, created, track
from axle.platform.businessday import business_date
from axle.platform.errors import CheckerMustBeEmployee, MakerMayNotCheck, NotFound, PendingCommandClosed
from axle.platform.models import ApprovalPolicy, PendingCommand, User
from axle.platform.models.approval import PendingState
from axle.platform.numbering import next_no
from axle.platform.scope import Actor, DataScope, system_actor


def policy_for(command: str, amount: int | None) -> ApprovalPolicy | None:
    """The active policy with the highest threshold that the amount reaches; no amount reaches zero only."""
    return (
        ApprovalPolicy.objects.filter(command=command, is_active=True, min_amount__lte=amount or 0)
        .order_by("-min_amount")
        .first()
    )


def approval_policy_set(
    *, command: str, min_amount: int, checker_permission: str, is_active: bool = True
) -> ApprovalPolicy:
    """From an amount of fen on, a command needs a person with ``checker_permission``."""
    policies = ApprovalPolicy.objects.select_for_update()
    policy, is_new = policies.get_or_create(
        command=command, min_amount=min_amount, defaults={"checker_permission": checker_permission}
    )
    (created if is_new else track)(policy)
    policy.checker_permission, policy.is_active = checker_permission, is_active
    policy.save()
    return policy


def approval_policy_end(*, policy_id: int) -> ApprovalPolicy:
    """Stop asking for a second person. Errors: NotFound."""
    policy = ApprovalPolicy.objects.select_for_update().filter(pk=policy_id, is_active=True).first()
    if policy is None:
        raise NotFound(field="policy_id", what="approval_policy")
    track(policy).is_active = False
    policy.save(update_fields=["is_active"])
    return policy


def register(
    *, command: str, data: BaseModel, amount: int | None, checker_permission: str, actor: Actor
) -> PendingCommand:
    """Keep a command and its input until another person has looked at it; what the system proposes has no maker."""
    maker = None if actor.kind == "system" else User.objects.get(pk=actor.user_id or 0)
    with acting(actor, f"{command}.register"):
        return created(
            PendingCommand.objects.create(
                pending_no=next_no("PC", on=business_date()),
                command=command,
                payload=data.model_dump(mode="json"),
                amount=amount,
                checker_permission=checker_permission,
                maker=maker,
                maker_name=actor.name,
            )
        )


def _open(pending_no: str) -> PendingCommand:
    pending = PendingCommand.objects.select_for_update().filter(pending_no=pending_no).first()
    if pending is None:
        raise NotFound(what="pending_command")
    if pending.state != PendingState.PENDING:
        raise PendingCommandClosed(state=pending.state)
    return pending


def _close(pending: PendingCommand, *, state: str, checker: Actor, opinion: str, result: Any = None) -> None:
    pending.state, pending.opinion, pending.result = state, opinion, result
    pending.checker_id, pending.checker_name = checker.user_id, checker.name
    pending.checked_at = timezone.now()
    pending.save()


def checkable(actor: Actor) -> Q:
    """The registrations whose permission to check reaches their maker's department."""
    by_reach: dict[DataScope, list[str]] = defaultdict(list)
    for permission, scope in actor.grants.items():
        by_reach[scope].append(permission)
    found = Q(pk__in=[])
    for scope, permissions in by_reach.items():
        reach = Q() if scope.is_all else Q(maker__employee__department_id__in=scope.department_ids)
        found |= reach & Q(checker_permission__in=permissions)
    return found


def take_for_check(*, pending_no: str, checker: Actor) -> PendingCommand:
    """Lock a pending command for its checker.

    Errors: NotFound (also out of the checker's scope), PermissionMissing, CheckerMustBeEmployee, MakerMayNotCheck,
    PendingCommandClosed.
    """
    pending = track(_open(pending_no))
    checker.require(pending.checker_permission)
    if checker.employee_id is None:
        raise CheckerMustBeEmployee()
    if pending.maker and (checker.user_id == pending.maker_id or checker.employee_id == pending.maker.employee_id):
        raise MakerMayNotCheck()
    if not PendingCommand.objects.filter(checkable(checker), pk=pending.pk).exists():
        raise NotFound(what="pending_command")
    return pending


def approve(pending: PendingCommand, *, checker: Actor, opinion: str, result: Any) -> None:
    """Close a pending command that has just been carried out."""
    _close(pending, state=PendingState.APPROVED, checker=checker, opinion=opinion, result=result)


def reject(*, pending_no: str, checker: Actor, opinion: str) -> PendingCommand:
    """Refuse a registration; nothing else happens."""
    pending = take_for_check(pending_no=pending_no, checker=checker)
    _close(pending, state=PendingState.REJECTED, checker=checker, opinion=opinion)
    return pending


def withdraw(*, pending_no: str, maker: Actor) -> PendingCommand:
    """The maker takes a registration back. Errors: NotFound for anybody else's."""
    pending = track(_open(pending_no))
    if pending.maker_id != maker.user_id:
        raise NotFound(what="pending_command")
    _close(pending, state=PendingState.WITHDRAWN, checker=maker, opinion="")
    return pending


def maker_actor(pending: PendingCommand) -> Actor:
    """The maker as an actor of today: their present roles, so that a person who lost a right cannot use it."""
    from axle.platform.identity import actor_of

    if pending.maker_id is None:
        return system_actor(pending.maker_name)
    return actor_of(User.objects.get(pk=pending.maker_id))


def pending_of(*commands: str) -> int:
    """How many registrations of some commands wait for a check, whoever may make it."""
    return PendingCommand.objects.filter(command__in=commands, state=PendingState.PENDING).count()


def pending_for(actor: Actor) -> int:
    """How many registrations of others wait for this person's check."""
    waiting = PendingCommand.objects.filter(checkable(actor), state=PendingState.PENDING)
    return waiting.exclude(maker_id=actor.user_id).count()
