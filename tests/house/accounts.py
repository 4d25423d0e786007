"""An ordinary user's process and a small disk, for tests that run as root or in a container."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ORDINARY_USER = ("unshare", "--user", "--map-user=1000", "--map-group=1000")
"""Runs a command as user 1000 without any privilege, where the kernel lets us."""


def _works(*argv: str) -> bool:
    if not shutil.which(argv[0]):
        return False
    return subprocess.run(argv, capture_output=True, check=False).returncode == 0


ordinary_user_possible = pytest.mark.skipif(
    not _works(*ORDINARY_USER, "true"), reason="the kernel gives us no other user"
)
mount_possible = pytest.mark.skipif(
    os.geteuid() != 0 or not _works("unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"),
    reason="only root mounts a small disk",
)


class SmallDisk:
    """A disk of a few megabytes that can grow."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def resize(self, megabytes: int) -> None:
        """Give it another size, with what is on it."""
        subprocess.run(["mount", "-o", f"remount,size={megabytes}m", self.path], check=True)


@contextmanager
def disk(path: Path, options: str) -> Iterator[SmallDisk]:
    """A disk at a folder, such as ``size=2m`` or ``ro``."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"mode=755,{options}", "tmpfs", path], check=True)
    try:
        yield SmallDisk(path)
    finally:
        subprocess.run(["umount", path], check=True)
