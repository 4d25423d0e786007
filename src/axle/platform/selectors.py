"""Which people, departments, sign-ins, tokens and log rows an actor reaches."""

from django.db.models import Q, QuerySet

from axle.platform import permissions as may
from axle.platform.errors import NotFound
from axle.platform.models import ApiToken, Department, Employee, OperationLog, User
from axle.platform.scope import Actor, DataScope, Row


def departments_reached(actor: Actor, permission: str) -> QuerySet[Department]:
    """The departments in scope; owning oneself opens none."""
    return actor.scope(permission).filter(Department.objects.all(), department="pk", owner=None)


def employees_reached(actor: Actor, permission: str) -> QuerySet[Employee]:
    """The employees in scope."""
    return actor.scope(permission).filter(Employee.objects.all(), department="department_id", owner="pk")


def users_reached(actor: Actor, permission: str) -> QuerySet[User]:
    """The sign-ins of people in scope, and of dealers whose every channel is."""
    scope = actor.scope(permission)
    rows = User.objects.all()
    return rows if scope.is_all else rows.filter(_users(scope))


def tokens_reached(actor: Actor, permission: str) -> QuerySet[ApiToken]:
    """The tokens of users in scope."""
    return ApiToken.objects.filter(user__in=users_reached(actor, permission))


def operations_reached(actor: Actor) -> QuerySet[OperationLog]:
    """What people in scope have done; what machines, customers and the system did, only to who sees all."""
    rows = OperationLog.objects.all()
    if actor.scope(may.OPERATION_LOG_VIEW).is_all:
        return rows
    people = users_reached(actor, may.OPERATION_LOG_VIEW)
    return rows.filter(user_id__in=people.values("pk"))


def whole(actor: Actor, permission: str, rows: QuerySet[Row]) -> QuerySet[Row]:
    """Rows of the institution itself: a grant narrower than ``all`` shows none."""
    return actor.scope(permission).filter(rows, department=None, owner=None)


def reached(rows: QuerySet[Row], pk: int, *, what: str) -> Row:
    """One row of those, locked. Errors: NotFound."""
    row = rows.model._default_manager.select_for_update().filter(pk=pk, pk__in=rows.values("pk")).first()
    if row is None:
        raise NotFound(field=f"{what}_id", what=what)
    return row


def _users(scope: DataScope) -> Q:
    staff = Q(employee__department_id__in=scope.department_ids) | Q(employee_id__in=scope.owner_ids)
    dealers = Q(channel_ids__len__gt=0, channel_ids__contained_by=sorted(scope.channel_ids))
    return staff | dealers if scope.channel_ids else staff
