"""The commands on the books: ``intake``, ``eod``, ``check`` and ``manage``."""

import argparse
from collections.abc import Sequence
from datetime import date
from typing import Any

from axle.config.cli.borrowed import borrow
from axle.config.cli.framework import as_owner, books_open
from axle.config.runtime.progress import say, step

_SLOW_SECONDS = 5.0
"""Invariants that take longer are told with their seconds."""


def manage(arguments: Sequence[str]) -> int:
    """Run one of Django's commands, as the owner of the tables."""
    with books_open(), as_owner():
        from django.core.management import execute_from_command_line

        execute_from_command_line(["./axle manage", *arguments])
    return 0


def check(arguments: Sequence[str]) -> int:
    """Run all invariants; status 1 when one of them fails."""
    argparse.ArgumentParser(prog="./axle check", description=check.__doc__).parse_args(arguments)
    with books_open():
        from django.conf import settings

        run_invariants = borrow("axle.platform.public:run_invariants", waits_for="the platform")
        with step("checking all invariants") as ticker:

            def tell(result: Any) -> None:
                ticker.detail = f"{result.name} {result.seconds:.1f} s"

            results = run_invariants(processes=settings.EOD_WORKERS, tell=tell)
    for result in sorted(results, key=lambda result: -result.seconds):
        if result.seconds >= _SLOW_SECONDS:
            say(f"{result.name}: {result.seconds:.1f} s")
    failures = [f"{result.name}: {line}" for result in results for line in result.failures]
    for line in failures:
        print(line)
    broken = sum(1 for result in results if result.failures)
    say(f"{len(results)} invariants, {broken} broken")
    return 1 if failures else 0


def eod(arguments: Sequence[str]) -> int:
    """Close the business date, or every open date up to the one given."""
    parser = argparse.ArgumentParser(prog="./axle eod", description=eod.__doc__)
    parser.add_argument("--date", type=date.fromisoformat, metavar="D", help="close up to and including this date")
    until = parser.parse_args(arguments).date
    with books_open():
        business_date = borrow("axle.platform.public:business_date", waits_for="the business date")
        eod_run = borrow("axle.platform.public:eod_run", waits_for="the end of day")
        last = until or business_date()
        with step(f"end of day {last}") as ticker:

            def tell(done: object) -> None:
                ticker.detail = f"{getattr(done, 'business_on', '')} {getattr(done, 'step', '')}"

            closed = eod_run(until=last, tell=tell)
        say(f"{closed} business dates closed; the business date is {business_date()}")
    return 0


def intake(arguments: Sequence[str]) -> int:
    """Take a file of applications through the whole decision; it parses its own options."""
    with books_open():
        run = borrow("axle.config.intake.command:run", waits_for="application intake")
        status: int = run(arguments)
    return status
