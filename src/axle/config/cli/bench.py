"""``./axle bench NAME``: run a named workload of ``bench/`` and print its figures.

Workloads have books of their own below ``var/bench``, so that nothing of the institution is touched. With
``DATABASE_URL`` they use that database.
"""

import argparse
import importlib.util
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from axle.config.cli.framework import books_open
from axle.config.cli.table import NotBuilt
from axle.config.runtime.database import is_external
from axle.config.runtime.home import find_home


def run(arguments: Sequence[str]) -> int:
    """Run one workload: a file of ``bench/`` with ``run(size) -> figures``, and a docstring that says what it does."""
    folder = find_home().root / "bench"
    parser = argparse.ArgumentParser(prog="./axle bench", description="Run a named workload.")
    parser.add_argument("name", help=f"one of: {', '.join(_names(folder)) or 'none yet'}")
    parser.add_argument("--size", type=int, help="how large the workload is (its own default otherwise)")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--record", action="store_true", help="keep the figures in bench/results, with the machine")
    options = parser.parse_args(arguments)
    if options.name not in _names(folder):
        raise NotBuilt(f"the workload bench/{options.name}.py")
    if not is_external():
        os.environ["AXLE_VAR"] = str(find_home().var / "bench")
    with books_open():
        workload = _load(folder / f"{options.name}.py")
        figures = workload.run(options.size) if options.size else workload.run()
        if options.record:
            _load(folder / "_record.py").recorded(options.name, figures)
    if options.json:
        print(json.dumps(figures, ensure_ascii=False, indent=1, default=str))
    else:
        for name, figure in figures.items():
            print(f"{name:40} {figure}")
    return 0


def _names(folder: Path) -> list[str]:
    return sorted(path.stem for path in folder.glob("[!_]*.py"))


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"bench_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise NotBuilt(f"the workload {path}")
    sys.path.insert(0, str(path.parent))  # workloads may share what is in files of the folder
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
