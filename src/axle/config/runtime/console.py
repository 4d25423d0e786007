"""Building the console: packages and bundle are made again only when what they come from has changed."""

import shutil
import signal
from collections.abc import Sequence
from pathlib import Path

from axle.config.runtime.digest import digest, files_below, is_stamped, stamp_write
from axle.config.runtime.failures import SetupFailed
from axle.config.runtime.home import Home
from axle.config.runtime.node import Node, find_node
from axle.config.runtime.processes import end_group, spawn
from axle.config.runtime.progress import step

_STAMP = ".axle-stamp"
_MADE = ("node_modules", "dist")


def console_build(home: Home) -> None:
    """Build the console into ``console/dist`` when something has changed.

    Errors: SetupFailed with the last line of the build's output and the file that holds all of it.
    """
    stamp, wanted = home.console / "dist" / _STAMP, _source_digest(home)
    if is_stamped(stamp, wanted) and (home.var / "fonts").is_dir():
        return
    node = packages_install(home)
    with step("building the console"):
        _require(home, node, ["run", "build"])
    stamp_write(stamp, wanted)


def packages_install(home: Home) -> Node:
    """Install the locked npm packages unless they are there already; gives the Node to use them with.

    Errors: SetupFailed.
    """
    node = find_node(home)
    files = [home.console / "package.json", home.console / "package-lock.json"]
    stamp, wanted = home.console / "node_modules" / _STAMP, digest(files, root=home.console)
    if not is_stamped(stamp, wanted):
        with step("installing the console's packages"):
            _require(home, node, ["ci", "--no-audit", "--no-fund", "--loglevel=error"])
        stamp_write(stamp, wanted)
    return node


def npm(home: Home, node: Node, arguments: Sequence[str], log: Path) -> int:
    """Run npm in the console's folder with all its output in a file; gives its exit status.

    It ends with us, so that the next run does not meet it in the same folder.
    """
    environment = {**node.env(), "AXLE_VAR": str(home.var)}
    argv = [shutil.which("npm", path=environment["PATH"]) or "npm", *arguments]
    with log.open("wb") as output:
        process = spawn(argv, env=environment, cwd=home.console, output=output.fileno(), last_signal=signal.SIGTERM)
        try:
            return process.wait()
        finally:
            end_group(process, first=signal.SIGTERM, patience=5.0)


def _require(home: Home, node: Node, arguments: Sequence[str]) -> None:
    log = home.var / "log" / "console.log"
    if npm(home, node, arguments, log):
        command = " ".join(arguments[:2])
        raise SetupFailed(f"npm {command} failed: {_telling_line(log)}", f"all of it is in {log}")


def _telling_line(log: Path) -> str:
    lines = [line.strip() for line in log.read_text(errors="replace").splitlines() if line.strip()]
    told = [line for line in lines if "error" in line.lower() and "A complete log" not in line]
    return (told or lines or ["no output"])[-1]


def _source_digest(home: Home) -> str:
    sources = files_below(home.console, without=_MADE)
    catalogues = list((home.root / "src" / "axle").glob("*/locale/*.json"))
    published = home.root / "docs" / "reference" / "openapi.json"
    return digest([*sources, *catalogues, published], root=home.root)
