"""``./axle quote`` and ``./axle replay``: the loan maths on the command line, without a database."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from axle.config.cli.borrowed import borrow


def quote(arguments: Sequence[str]) -> int:
    """Print schedule, totals, IRR and annual rates for terms."""
    return _convert(arguments, "quote", "terms as JSON")


def replay(arguments: Sequence[str]) -> int:
    """Print position, schedule and allocations for terms and dated events."""
    return _convert(arguments, "replay", "terms and dated events as JSON")


def _convert(arguments: Sequence[str], name: str, content: str) -> int:
    parser = argparse.ArgumentParser(prog=f"./axle {name}")
    parser.add_argument("file", metavar="FILE|-", help=f"{content}; - reads standard input")
    path = parser.parse_args(arguments).file
    convert = borrow(f"axle.amortization.public:{name}_json", waits_for="the loan maths (amortization)")
    text = sys.stdin.read() if path == "-" else Path(path).read_text(encoding="utf-8")
    print(convert(text))
    return 0
