"""``./axle quote`` and ``./axle replay``: the loan maths on the command line, without a database."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from axle.amortization.public import parse_json, quote_json, replay_json
from axle.config.runtime.failures import SetupFailed
from axle.kernel.errors import AxleError
from axle.platform.catalogue import text


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
    convert = {"quote": quote_json, "replay": replay_json}[name]
    try:
        answer = convert(parse_json(_read(path)))
    except AxleError as refusal:
        print(json.dumps({"error": _told(refusal)}, ensure_ascii=False, indent=1))
        raise
    print(json.dumps(answer, ensure_ascii=False, indent=1))
    return 0


def _read(path: str) -> str:
    try:
        return sys.stdin.read() if path == "-" else Path(path).read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise SetupFailed(f"{path} is not UTF-8 (byte {error.start})", "convert the file") from error


def _told(refusal: AxleError) -> dict[str, Any]:
    """A refusal as JSON, as the API tells it: code, key and sentence."""
    return {
        "code": refusal.code,
        "message": text("error", refusal.code, locale="en-US", **refusal.params),
        "field": refusal.field,
        "params": {name: str(value) for name, value in refusal.params.items()},
    }
