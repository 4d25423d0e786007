"""A real Chromium for the browser tests: the machine's own, else installed."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from axle.config.runtime.failures import SetupFailed
from axle.config.runtime.home import Home
from axle.config.runtime.progress import step

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_PACKAGES = ("chromium", "fonts-noto-cjk")


def chromium_find(home: Home) -> str:
    """Give the path of a Chromium; when there is none, install it by apt-get (as root), else by Playwright.

    Errors: SetupFailed.
    """
    known = os.environ.get("AXLE_CHROMIUM") or _on_path() or _of_playwright()
    if known:
        return known
    if os.geteuid() == 0 and shutil.which("apt-get"):
        with step("installing Chromium by apt-get"):
            _run(home, ["apt-get", "update", "-q"])
            _run(home, ["apt-get", "install", "-q", "-y", "--no-install-recommends", *_PACKAGES])
    if not _on_path():
        with step("installing Playwright's Chromium"):
            _run(home, [sys.executable, "-m", "playwright", "install", "chromium"])
    found = _on_path() or _of_playwright()
    if not found:
        log = home.var / "log" / "chromium.log"
        raise SetupFailed("no Chromium for the browser tests", f"set AXLE_CHROMIUM to one; why is in {log}")
    return found


def _on_path() -> str | None:
    return next(filter(None, map(shutil.which, _NAMES)), None)


def _of_playwright() -> str | None:
    code = "from playwright.sync_api import sync_playwright as s; p = s().start()"
    code += "; print(p.chromium.executable_path); p.stop()"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    path = run.stdout.strip()
    return path if path and Path(path).exists() else None


def _run(home: Home, argv: Sequence[str]) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with (home.var / "log" / "chromium.log").open("ab") as output:
        subprocess.run(argv, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output, check=False)
