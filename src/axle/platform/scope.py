"""Who is acting and which rows they may see."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from django.db.models import Model, Q, QuerySet

from axle.platform.errors import ActorHasNoDepartment, PermissionMissing, ScopeTooNarrow

Row = TypeVar("Row", bound=Model)
ActorKind = Literal["staff", "dealer", "customer", "machine", "system"]


@dataclass(frozen=True)
class Subject:
    """The business object that something is about: ``Subject("application", 17)``."""

    type: str
    id: int


@dataclass(frozen=True)
class DataScope:
    """The rows that a permission reaches: everything, or the union of the four id sets."""

    is_all: bool = False
    department_ids: frozenset[int] = frozenset()
    owner_ids: frozenset[int] = frozenset()
    channel_ids: frozenset[int] = frozenset()
    customer_ids: frozenset[int] = frozenset()

    def filter(
        self,
        rows: QuerySet[Row],
        *,
        department: str | None = "department_id",
        owner: str | None = "owner_id",
        channel: str | None = None,
        customer: str | None = None,
    ) -> QuerySet[Row]:
        """Keep the rows in scope; a dimension given as None does not open any row."""
        if self.is_all:
            return rows
        allowed = Q(pk__in=[])
        for column, ids in self._pairs(department, owner, channel, customer):
            allowed |= Q(**{f"{column}__in": ids})
        return rows.filter(allowed)

    def covers(
        self,
        *,
        department: int | None = None,
        owner: int | None = None,
        channel: int | None = None,
        customer: int | None = None,
    ) -> bool:
        """Whether one row with these ids is in scope."""
        return (
            self.is_all
            or department in self.department_ids
            or owner in self.owner_ids
            or channel in self.channel_ids
            or customer in self.customer_ids
        )

    def __or__(self, other: "DataScope") -> "DataScope":
        return DataScope(
            self.is_all or other.is_all,
            self.department_ids | other.department_ids,
            self.owner_ids | other.owner_ids,
            self.channel_ids | other.channel_ids,
            self.customer_ids | other.customer_ids,
        )

    def _pairs(self, *columns: str | None) -> Iterable[tuple[str, frozenset[int]]]:
        sets = (self.department_ids, self.owner_ids, self.channel_ids, self.customer_ids)
        return ((column, ids) for column, ids in zip(columns, sets, strict=True) if column and ids)


NOTHING = DataScope()
EVERYTHING = DataScope(is_all=True)


@dataclass(frozen=True)
class Actor:
    """A person or machine behind a request, with what each permission reaches."""

    kind: ActorKind
    name: str
    user_id: int | None = None
    employee_id: int | None = None
    department_id: int | None = None
    customer_id: int | None = None
    channel_ids: frozenset[int] = frozenset()
    roles: tuple[str, ...] = ()
    grants: Mapping[str, DataScope] = field(default_factory=dict)
    ip: str | None = None
    device: str = ""
    control: str = ""

    def may(self, permission: str) -> bool:
        """Whether any role grants the permission."""
        return self.kind == "system" or permission in self.grants

    def require(self, permission: str) -> None:
        """Errors: PermissionMissing."""
        if not self.may(permission):
            raise PermissionMissing(permission=permission)

    def require_all(self, permission: str) -> None:
        """Errors: PermissionMissing, ScopeTooNarrow when the grant does not reach the whole institution."""
        self.require(permission)
        if not self.scope(permission).is_all:
            raise ScopeTooNarrow(permission=permission)

    def scope(self, permission: str) -> DataScope:
        """The rows that the permission reaches; nothing when it is not granted."""
        return EVERYTHING if self.kind == "system" else self.grants.get(permission, NOTHING)

    def home_department_id(self) -> int:
        """The department that new rows of this actor belong to. Errors: ActorHasNoDepartment."""
        if self.department_id is None:
            raise ActorHasNoDepartment()
        return self.department_id

    @property
    def key(self) -> str:
        """A stable text identity, for idempotency and rate limits."""
        return f"{self.kind}:{self.user_id or self.customer_id or self.name}"


def system_actor(name: str = "system", **fields: Any) -> Actor:
    """The actor of jobs, event handlers and commands run on the server itself."""
    return Actor(kind="system", name=name, roles=("system",), **fields)
