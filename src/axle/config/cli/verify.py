"""``./axle test``: every check and test of the repository; the last line counts them."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Lock

from axle.config.cli.tally import Tally, tally_of_check, tally_of_pytest, tally_of_vitest
from axle.config.runtime.chromium import chromium_find
from axle.config.runtime.console import console_build, npm, packages_install
from axle.config.runtime.database import throwaway_database_ready
from axle.config.runtime.failures import SetupFailed
from axle.config.runtime.home import Home, find_home
from axle.config.runtime.locks import held
from axle.config.runtime.migrated import migrated_database
from axle.config.runtime.progress import say, step

_SHOWN_LINES = 120
_PROGRAMS = Path(sys.executable).parent
_USAGE = """usage: ./axle test [PATH… and options of pytest]

Without arguments: every check and test. With arguments: pytest on those paths only."""


@dataclass
class Report:
    """What has been run so far, in order."""

    lines: list[str] = field(default_factory=list)
    total: Tally = field(default_factory=Tally)
    lock: Lock = field(default_factory=Lock)

    def run(self, name: str, task: Callable[[], Tally]) -> None:
        """Run one step; one that cannot start is a failure with its reason."""
        begun_at = time.monotonic()
        try:
            tally = task()
        except SetupFailed as failure:
            say(f"{name}: {failure}")
            tally = Tally(failed=1)
        seconds = time.monotonic() - begun_at
        verdict = "FAILED" if tally.failed else "ok"
        with self.lock:
            self.total += tally
            self.lines.append(f"{name:24} {verdict:6} {seconds:7.1f} s  {tally}")
        say(f"{name}: {verdict} ({seconds:.1f} s)")

    def close(self) -> int:
        """Print every step, then the line that counts all tests; gives the exit status."""
        for line in ["", *self.lines, str(self.total)]:
            say(line)
        return 1 if self.total.failed else 0


def run(arguments: Sequence[str]) -> int:
    """Run everything, or pytest on the paths (and with the options) given."""
    if arguments[:1] in (["-h"], ["--help"]):
        print(_USAGE)
        return 0
    home, report = find_home(), Report()
    with held(home.var / "test.lock", purpose="another ./axle test is running", way_on="wait for it to end"):
        shutil.rmtree(home.var / "test", ignore_errors=True)
        (home.var / "test").mkdir()
        if arguments:
            _narrow(home, report, arguments)
        else:
            os.chdir(home.root)
            _everything(home, report)
    return report.close()


def _narrow(home: Home, report: Report, arguments: Sequence[str]) -> None:
    extra: dict[str, str] = {}
    if any("browser" in argument for argument in arguments):
        extra["AXLE_CHROMIUM"] = chromium_find(home)
    if extra or not (home.var / "fonts").is_dir():
        console_build(home)
    with throwaway_database_ready(home):
        report.run("tests", partial(_pytest, home, "narrow", arguments, extra))


def _everything(home: Home, report: Report) -> None:
    with ThreadPoolExecutor() as beside:  # two programs that use one processor each
        for checks in [beside.submit(part, home, report) for part in (_program, _console)]:
            checks.result()
    with throwaway_database_ready(home):
        _with_database(home, report)


def _program(home: Home, report: Report) -> None:
    for name, program, arguments in (
        ("format", "ruff", ["format", "--check"]),
        ("lint", "ruff", ["check"]),
        ("import contract", "lint-imports", []),
        ("types", "mypy", []),
    ):
        report.run(name, partial(_check, home, name, [_PROGRAMS / program, *arguments]))


def _console(home: Home, report: Report) -> None:
    report.run("console packages", partial(_done, packages_install, home))
    report.run("console lint", partial(_npm_check, home, "lint"))
    report.run("console types", partial(_npm_check, home, "typecheck"))
    report.run("console tests", partial(_vitest, home))
    report.run("console build", partial(_done, console_build, home))
    report.run("console budget", partial(_npm_check, home, "budget"))


def _with_database(home: Home, report: Report) -> None:
    axle = [sys.executable, "-m", "axle"]
    migrations = [*axle, "manage", "makemigrations", "--check", "--dry-run"]
    report.run("migrations", partial(_check, home, "migrations", migrations))
    report.run("published files", partial(_check, home, "published files", [*axle, "docs", "--check"]))
    *stories, browser = [home.root / "tests" / name for name in ("durability", "journeys", "browser")]
    rest = ["-n", "2", *(f"--ignore={folder}" for folder in (*stories, browser))]
    report.run("unit and service tests", partial(_pytest, home, "unit", rest, {}))
    by_file = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]  # a file's tests share a book; the long first
    report.run("journeys and killed processes", partial(_pytest, home, "journeys", [*by_file, *stories], {}))
    report.run("browser tests", partial(_browser, home, browser))


def _browser(home: Home, folder: Path) -> Tally:
    return _pytest(home, "browser", [folder], {"AXLE_CHROMIUM": chromium_find(home)})


def _done(prepare: Callable[[Home], object], home: Home) -> Tally:
    prepare(home)
    return Tally(passed=1)


def _check(home: Home, name: str, argv: Sequence[str | Path]) -> Tally:
    """Run a program that counts as one test."""
    log = home.var / "test" / f"{name}.log"
    with step(name), log.open("wb") as output:
        run = subprocess.run(argv, cwd=home.root, stdin=subprocess.DEVNULL, stdout=output, stderr=output, check=False)
    return _shown(log, run.returncode)


def _npm_check(home: Home, script: str) -> Tally:
    log = home.var / "test" / f"console-{script}.log"
    node = packages_install(home)
    with step(f"console {script}"):
        status = npm(home, node, ["run", "--silent", script], log)
    return _shown(log, status)


def _shown(log: Path, status: int) -> Tally:
    """Show a log's last lines when its program failed."""
    if status:
        print("\n".join(log.read_text(errors="replace").splitlines()[-_SHOWN_LINES:]), flush=True)
    return tally_of_check(status)


def _vitest(home: Home) -> Tally:
    log, result = home.var / "test" / "console-tests.log", home.var / "test" / "vitest.json"
    reporters = ["--reporter=default", "--reporter=json", f"--outputFile.json={result}"]
    node = packages_install(home)
    with step("console tests"):
        status = npm(home, node, ["run", "--silent", "test", "--", *reporters], log)
    _shown(log, status)
    return tally_of_vitest(result, status)


def _pytest(home: Home, name: str, arguments: Sequence[str | Path], extra: Mapping[str, str]) -> Tally:
    """Run pytest with its output on the terminal and a folder of its own for what the tests keep."""
    kept, result = home.var / "test" / name, home.var / "test" / f"{name}.xml"
    kept.mkdir()
    if (home.var / "fonts").is_dir():
        (kept / "fonts").symlink_to(home.var / "fonts")
    options = ["-q", f"-c{home.root / 'pyproject.toml'}", f"--rootdir={home.root}", f"--junitxml={result}"]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", *options, *map(str, arguments)],
        env={
            **os.environ,
            "AXLE_VAR": str(kept),
            "AXLE_TSA_URL": "local",
            "AXLE_TEST_TEMPLATE": migrated_database(home),
            **extra,
        },
        stdin=subprocess.DEVNULL,
        check=False,
    )
    return tally_of_pytest(result, run.returncode)
