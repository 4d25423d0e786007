"""Every command of ``./axle``, and how it is found and run."""

import importlib
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from axle.config.runtime.failures import SetupFailed, explain
from axle.config.runtime.progress import say
from axle.kernel.errors import AxleError
from axle.platform.catalogue import text

Run = Callable[[Sequence[str]], int]

OK, FAILED, NOT_BUILT = 0, 1, 2


class NotBuilt(Exception):
    """The command waits for a feature that this version does not have."""


@dataclass(frozen=True)
class Command:
    """A command: its name, what it does in one line, and ``module:function`` to run."""

    name: str
    summary: str
    entry: str

    def load(self) -> Run:
        """Import the function; only the command that is run pays for its imports."""
        module, _, function = self.entry.partition(":")
        run: Run = getattr(importlib.import_module(f"axle.config.cli.{module}"), function)
        return run


_COMMANDS = (
    Command("up", "start everything: console, database, demo institution, web, worker, sandbox", "up:run"),
    Command("test", "run every check and test, or pytest on the paths given", "verify:run"),
    Command("quote", "terms as JSON in, schedule, totals and annual rates as JSON out", "maths:quote"),
    Command("replay", "terms and dated events as JSON in, the position at a date out", "maths:replay"),
    Command("intake", "take a file of applications through the whole decision", "books:intake"),
    Command("scorecard", "develop a scorecard on a file, with its report and a challenger", "scorecards:run"),
    Command("eod", "close the business date, or a range of them", "books:eod"),
    Command("check", "prove all invariants; one line for each that fails", "books:check"),
    Command("bench", "run a named workload and print its figures", "bench:run"),
    Command("docs", "write the published files again: API, typed client, reference", "docs:run"),
    Command("prepare", "bring database and books up to date, load the demo institution (part of up)", "prepare:run"),
    Command("manage", "Django's own commands", "books:manage"),
)
COMMANDS = {command.name: command for command in _COMMANDS}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line; gives the exit status and prints a failure as one line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "axle.config.settings")
    arguments = sys.argv[1:] if argv is None else list(argv)
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(usage())
        return OK if arguments else NOT_BUILT
    if arguments[0] not in COMMANDS:
        say(f"unknown command {arguments[0]!r}; ./axle --help lists them", to=sys.stderr)
        return NOT_BUILT
    return _guarded(COMMANDS[arguments[0]], arguments[1:])


def usage() -> str:
    """The help text."""
    lines = [f"  {command.name:9} {command.summary}" for command in _COMMANDS]
    return "\n".join(
        [
            "Axle, an open auto-finance core.",
            "",
            "usage: ./axle <command> [arguments]     ./axle <command> --help tells more",
            "",
            *lines,
            "",
            "environment: AXLE_PORT (8000), AXLE_HOST (127.0.0.1), AXLE_SANDBOX_PORT (8790), AXLE_VAR (var),",
            "             DATABASE_URL (default: the embedded PostgreSQL), AXLE_DEMO=0 (no demo institution),",
            "             DATABASE_OWNER_URL (the role that migrates, where DATABASE_URL names one that owns nothing)",
        ]
    )


def _guarded(command: Command, arguments: Sequence[str]) -> int:
    try:
        return command.load()(arguments)
    except NotBuilt as missing:
        say(f"{command.name} waits for {missing}", to=sys.stderr)
        return NOT_BUILT
    except SetupFailed as failure:
        say(str(failure), to=sys.stderr)
    except KeyboardInterrupt:
        say("stopped", to=sys.stderr)
        return 130
    except BrokenPipeError:
        sys.stderr.close()
    except AxleError as refusal:
        say(_told(refusal), to=sys.stderr)
    except OSError as error:
        explained = explain(error)
        if explained is None:
            raise
        say(str(explained), to=sys.stderr)
    return FAILED


def _told(refusal: AxleError) -> str:
    field = f" in {refusal.field}" if refusal.field else ""
    sentence = text("error", refusal.code, locale="en-US", **refusal.params)
    return f"refused: {refusal.code.replace('_', ' ')}{field}: {sentence}"
