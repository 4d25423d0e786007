"""What tests of every context build on: actors, clients, queued jobs run in place."""

import json
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connection
from django.test import Client

from axle.platform import audit, eventbus
from axle.platform.jobs import JOBS
from axle.platform.models import Department, Employee, LegalEntity, Role, RoleGrant, User
from axle.platform.organisation import department_create
from axle.platform.scope import EVERYTHING, Actor, DataScope

PASSWORD = "right-horse-battery"


def make_entity(code: str = "AXF", name: str = "车轴汽车金融有限公司", kind: str = "auto_finance") -> LegalEntity:
    """A legal entity, made once."""
    return LegalEntity.objects.get_or_create(code=code, defaults={"name": name, "kind": kind})[0]


def make_department(name: str = "总部", parent: Department | None = None) -> Department:
    """A department, made once per parent and name."""
    found = Department.objects.filter(name=name, parent=parent).first()
    return found or department_create(name=name, parent_id=parent.pk if parent else None)


def make_employee(name: str = "测试员", department: Department | None = None) -> Employee:
    """An employee with a number of their own."""
    number = f"E{Employee.objects.count() + 1:05d}"
    return Employee.objects.create(employee_no=number, name=name, department=department or make_department())


def make_user(
    username: str,
    *,
    permissions: Iterable[str] = (),
    scope: str = "all",
    kind: str = "staff",
    department: Department | None = None,
    channel_ids: Iterable[int] = (),
) -> User:
    """A user whose own role grants the permissions with one scope."""
    role = Role.objects.create(code=f"r_{username}", name=username)
    RoleGrant.objects.bulk_create(RoleGrant(role=role, permission=p, scope=scope) for p in set(permissions))
    employee = make_employee(username, department) if kind == "staff" else None
    user = User(username=username, display_name=username, kind=kind, employee=employee, channel_ids=list(channel_ids))
    user.set_password(PASSWORD)
    user.save()
    user.roles.add(role)
    return user


def make_actor(
    *permissions: str,
    name: str = "tester",
    scope: DataScope = EVERYTHING,
    user_id: int | None = None,
    **fields: Any,
) -> Actor:
    """An actor without a user behind it, for service tests."""
    kind = fields.pop("kind", "staff")
    return Actor(kind=kind, name=name, user_id=user_id, grants=dict.fromkeys(permissions, scope), **fields)


@contextmanager
def act(actor: Actor, operation: str = "test") -> Iterator[Actor]:
    """Run services inside one logged transaction, as a command does."""
    with audit.acting(actor, operation):
        yield actor


class ApiClient:
    """A signed-in person at the API: ``client.command("dealer_create", {...})`` gives status and JSON."""

    def __init__(self, user: User | None = None, *, language: str = "zh-CN") -> None:
        self._client = Client(headers={"Accept-Language": language})
        if user is not None:
            session = self._client.session
            session["user_id"], session["password_tail"] = user.pk, user.password[-16:]
            session.save()

    @property
    def raw(self) -> Client:
        """Django's client with this person's session."""
        return self._client

    def command(self, name: str, data: dict[str, Any], *, key: str | None = None) -> tuple[int, Any]:
        """Send a command; gives status and body."""
        headers = {"Idempotency-Key": key} if key else {}
        answer = self._client.post(
            f"/api/v1/commands/{name}", json.dumps(data), content_type="application/json", headers=headers
        )
        return answer.status_code, answer.json()

    def get(self, path: str, **params: Any) -> tuple[int, Any]:
        """Read a path under /api/v1; gives status and body."""
        answer = self._client.get(f"/api/v1{path}", params)
        is_json = "json" in answer.headers.get("Content-Type", "")
        return answer.status_code, answer.json() if is_json else answer


def client_for(user: User | None = None, *, language: str = "zh-CN") -> ApiClient:
    """A client signed in as the user, or nobody's."""
    return ApiClient(user, language=language)


def _take_jobs(limit: int) -> list[tuple[str, dict[str, Any]]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE id IN (SELECT id FROM procrastinate_jobs WHERE status = 'todo'"
            " ORDER BY id LIMIT %s) RETURNING id, task_name, args",
            [limit],
        )
        rows = sorted(cursor.fetchall())
    return [(name, args if isinstance(args, dict) else json.loads(args)) for _id, name, args in rows]


def forget_jobs() -> None:
    """Drop what is queued: the emptying of a database after a test leaves the queue's own tables."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def run_jobs(*, rounds: int = 20) -> list[str]:
    """Run the queued jobs here and now, and those that they queue; gives their names in order."""
    done: list[str] = []
    for _round in range(rounds):
        batch = _take_jobs(100)
        if not batch:
            return done
        for name, args in batch:
            JOBS[name](**args)
            done.append(name)
    raise AssertionError(f"jobs keep queueing jobs: {done[-5:]}")


@contextmanager
def captured(*event_types: type) -> Iterator[list[Any]]:
    """Collect published events of these types instead of handling them, so that a context is tested alone."""
    seen: list[Any] = []
    handlers = {event_type: eventbus.same_transaction_handlers(event_type) for event_type in event_types}
    kept = {event_type: list(found) for event_type, found in handlers.items()}
    for found in handlers.values():
        found[:] = [seen.append]
    try:
        yield seen
    finally:
        for event_type, found in handlers.items():
            found[:] = kept[event_type]


_Told = TypeVar("_Told")


@dataclass(frozen=True)
class _Rows:
    """What the tables that a fixture wrote hold after it, and how far the series of numbers are."""

    tables: dict[str, bytes]
    series: dict[str, int | None]
    told: Any


_KEPT: dict[Hashable, _Rows] = {}
_TOUCHED = "SELECT relid::regclass::text FROM pg_stat_xact_user_tables WHERE n_tup_ins + n_tup_upd > 0"
_SERIES = "SELECT sequencename, last_value FROM pg_sequences WHERE starts_with(sequencename, 'axle_no_')"
_OWN = "xmin::text::bigint >= (pg_current_xact_id()::text::bigint & 4294967295)"
_SET_BY_ALL = {"platform_businessday"}


def kept_rows(key: Hashable, make: Callable[[], _Told]) -> _Told:
    """What ``make`` gives, with every row that it stored.

    The first test of a process makes them; later ones find the same rows put back, which takes milliseconds where weeks
    of closed days take seconds. ``make`` depends on nothing but ``key`` and gives what needs no database. Where other
    rows were stored before, or the test is no transaction, the rows are made anew.
    """
    kept = _KEPT.get(key)
    if not connection.in_atomic_block or _written(kept.tables if kept else _touched()) - _SET_BY_ALL:
        return make()
    if kept is None:
        told = make()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
            cursor.execute(_SERIES)
            series = dict(cursor.fetchall())
        kept = _KEPT[key] = _Rows({name: _copied_out(name) for name in _written(_touched())}, series, told)
    else:
        _put_back(kept)
    told_again: _Told = kept.told
    return told_again


def _touched() -> list[str]:
    """Tables that this connection wrote lately, this test's among them."""
    with connection.cursor() as cursor:
        cursor.execute(_TOUCHED)
        return [name for (name,) in cursor.fetchall()]


def _written(tables: Iterable[str]) -> set[str]:
    """Those that hold rows of the transaction that a test is."""
    asked = [f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name} WHERE {_OWN})" for name in tables]
    if not asked:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        return {name for (name,) in cursor.fetchall()}


def _copied_out(table: str) -> bytes:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} TO STDOUT (FORMAT binary)") as rows:
        return b"".join(rows)


def _put_back(kept: _Rows) -> None:
    """As the tables were: no trigger runs, since what it would check or add is among the rows."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table, content in kept.tables.items():
            cursor.execute(f"DELETE FROM {table}")
            with cursor.copy(f"COPY {table} FROM STDIN (FORMAT binary)") as rows:
                rows.write(content)
        cursor.execute("SET LOCAL session_replication_role = origin")
        for name, reached in kept.series.items():
            cursor.execute("SELECT axle_number_series_begin(%s)", [name])
            if reached is not None:
                cursor.execute("SELECT setval(%s::regclass, %s)", [name, reached])
