"""``./axle quote`` and ``./axle replay``: the loan maths on the command line, without a database."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from axle.config.cli.borrowed import borrow
from axle.config.runtime.failures import SetupFailed


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
    print(json.dumps(convert(_parse(_read(path), path)), ensure_ascii=False, indent=1))
    return 0


def _read(path: str) -> str:
    try:
        return sys.stdin.read() if path == "-" else Path(path).read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise SetupFailed(f"{path} is not UTF-8 (byte {error.start})", "convert the file") from error


def _parse(text: str, path: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise SetupFailed(f"{path} is not JSON (line {error.lineno}: {error.msg})", "correct the file") from error
