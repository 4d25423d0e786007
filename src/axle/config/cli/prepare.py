"""``./axle prepare``: bring the database and the books up to date; on an empty one, load the demo institution.

The owner of the tables migrates; the institution is loaded by the role that works with it afterwards.
"""

import argparse
import os
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from axle.config.cli.borrowed import borrow
from axle.config.cli.framework import as_owner, books_open
from axle.config.runtime.failures import SetupFailed
from axle.config.runtime.home import Home, find_home
from axle.config.runtime.progress import say, step
from axle.config.runtime.rights import rights_give


def run(arguments: Sequence[str]) -> int:
    """Migrate, bring the books what the release ships, and load what a first run needs."""
    argparse.ArgumentParser(prog="./axle prepare", description=run.__doc__).parse_args(arguments)
    note = sign_in_note(find_home())
    with books_open():
        migrate()
        _books_upgrade()
        if os.environ.get("AXLE_DEMO", "1") == "0":
            note.unlink(missing_ok=True)
        else:
            _load_demo(note)
    return 0


def sign_in_note(home: Home) -> Path:
    """The file that tells the demo institution's sign-ins, readable by its owner only."""
    return home.var / "sign-ins.txt"


def migrate() -> None:
    """Bring the tables up to date as their owner, and give the role that works with them its rights."""
    with as_owner() as worker:
        _migrate()
        if worker:
            rights_give(worker)


def _migrate() -> None:
    """Run what is missing, each migration whole and on record or not at all.

    Waits for another process that is at it, also for the last statement of one that was killed.
    """
    from django.core.management import call_command
    from django.core.management.commands import migrate as django_migrate
    from django.db import connection, transaction
    from django.db.migrations.executor import MigrationExecutor

    class WholeMigrations(MigrationExecutor):
        """Django records a migration that leaves indexes for the end only after their tables are there for good."""

        def apply_migration(self, state: Any, migration: Any, fake: bool = False, fake_initial: bool = False) -> Any:
            with transaction.atomic() if migration.atomic else nullcontext():
                return super().apply_migration(state, migration, fake, fake_initial)

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext('axle_migrate'))")
    executor = MigrationExecutor(connection)
    _refuse_halfway(executor.loader)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        django_migrate.MigrationExecutor = WholeMigrations  # type: ignore[attr-defined]
        with step("migrating the database"):
            call_command("migrate", interactive=False, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(hashtext('axle_migrate'))")


def _refuse_halfway(loader: Any) -> None:
    """Migrations that were folded into one are there from before as a whole, or that one runs: nothing in between."""
    for migration in loader.disk_migrations.values():
        there = [one in loader.applied_migrations for one in migration.replaces]
        if any(there) and not all(there):
            raise SetupFailed(
                "the database is of a version whose migrations have since been folded",
                "bring it to the last version before that (docs/decisions/0022), then to this one",
            )


def _books_upgrade() -> None:
    """Add what a new release ships for the books, and tell what waits for an accountant."""
    from axle.accounting.public import books_upgrade
    from axle.platform.public import business_date, system_actor

    done = books_upgrade(actor=system_actor("upgrade"), on=business_date())
    if done.accounts:
        say(f"books: {done.accounts} accounts added")
    told = {"added": done.added, "renewed": done.renewed, "to be activated by an accountant": done.drafts}
    for what, names in (told | {"could not be added": done.refused}).items():
        if names:
            say(f"books: {what}: {', '.join(names)}")


def _load_demo(note: Path) -> None:
    load = borrow("axle.config.demo:load", waits_for="the demo institution")
    sign_ins = borrow("axle.config.demo:sign_ins", waits_for="the demo institution")
    with step("loading the demo institution") as ticker:

        def tell(detail: str) -> None:
            ticker.detail = f"({detail})"

        load(tell)
    note.touch(mode=0o600)
    note.write_text("".join(f"{user:20} {password:20} {role}\n" for role, user, password in sign_ins()))
