"""The account that the embedded database runs under when we are root, and its way to its files."""

import os
import pwd
import stat
import subprocess
from pathlib import Path

from axle.config.runtime.failures import SetupFailed
from axle.config.runtime.processes import SystemUser
from axle.config.runtime.progress import say

_NAME = "pgserver"


def database_account(data: Path) -> SystemUser | None:
    """Give the account for a data folder: none unless we are root, else its owner or ``pgserver``.

    Errors: SetupFailed when the folder is somebody else's, or when no account can be made.
    """
    owner = data.stat() if data.exists() else None
    if os.geteuid() != 0:
        if owner and owner.st_uid != os.geteuid():
            raise SetupFailed(f"{data} belongs to another user", "run as that user, or set AXLE_VAR")
        return None
    if owner and owner.st_uid != 0:
        return SystemUser(owner.st_uid, owner.st_gid)
    return _named_account()


def _named_account() -> SystemUser:
    try:
        entry = pwd.getpwnam(_NAME)
    except KeyError:
        _create_account()
        entry = pwd.getpwnam(_NAME)
    return SystemUser(entry.pw_uid, entry.pw_gid)


def _create_account() -> None:
    argv = ["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/bin/false", _NAME]
    way_on = f"add a user named {_NAME}, or set DATABASE_URL to a PostgreSQL 16 or newer"
    try:
        run = subprocess.run(argv, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise SetupFailed("PostgreSQL does not run as root and useradd is missing", way_on) from error
    if run.returncode:
        raise SetupFailed(f"PostgreSQL does not run as root and useradd said: {run.stderr.strip()}", way_on)


def reachable_make(path: Path, user: SystemUser | None) -> None:
    """Let the account pass through the folders above ``path`` (search permission only, nothing readable)."""
    if user is None:
        return
    for folder in path.parents:
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH and folder.stat().st_uid != user.uid:
            say(f"chmod o+x {folder}: the database's account must pass through it to {path}")
            folder.chmod(mode | stat.S_IXOTH)


def readable_make(tree: Path) -> None:
    """Let other accounts read the programs of a tree that a strict umask closed."""
    if tree.stat().st_mode & stat.S_IROTH:
        return
    for path in (tree, *tree.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | stat.S_IROTH | (stat.S_IXOTH if mode & stat.S_IXUSR else 0))
