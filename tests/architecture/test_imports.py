"""The import contract holds, and each of its rules bites when a fault is planted."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def lint(folder: Path, package_folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the real contract on the ``axle`` package that lies in ``package_folder``."""
    argv = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()"]
    return subprocess.run(
        [*argv, "--config", str(ROOT / "pyproject.toml"), "--no-cache"],
        cwd=folder,
        env={"PYTHONPATH": f"{package_folder}:{ROOT}", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )


def layers() -> list[str]:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text())
    rows = config["tool"]["importlinter"]["contracts"][0]["layers"]
    return [name.strip() for row in rows for name in row.split("|")]


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Build an empty package with every folder of the contract and one room of each kind."""
    package = tmp_path / "src" / "axle"
    for layer in layers():
        if layer == "__main__":
            plant(package / "__main__.py", "")
            continue
        for room in ("__init__", "public", "models", "http", "domain/__init__", "domain/rules"):
            plant(package / layer / f"{room}.py", "")
    plant(package / "__init__.py", "")
    return package


def plant(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_the_import_contract_holds():
    run = lint(ROOT, ROOT / "src")

    assert run.returncode == 0, run.stdout + run.stderr


def test_an_empty_house_keeps_every_rule(house: Path):
    run = lint(house.parent, house.parent)

    assert run.returncode == 0, run.stdout + run.stderr
    assert "0 broken" in run.stdout


ARROWS = "Arrows point one way: a folder imports downwards only"
DOORS = "Another context is entered by its front door"
PURITY = "Rules and maths know no framework"
APART = "The sandbox shares no code with the adapters that it tests"


@pytest.mark.parametrize(
    ("file", "text", "rule"),
    [
        ("ledger/services.py", "import axle.servicing.public", ARROWS),
        ("vehicle/services.py", "from axle.channel import public", ARROWS),
        ("kernel/clock.py", "import axle.platform.public", ARROWS),
        ("servicing/services.py", "from axle.ledger import models", DOORS),
        ("servicing/services.py", "from axle.ledger.models import Entry", DOORS),
        ("origination/http.py", "import axle.party", DOORS),
        ("origination/http.py", "from axle.platform.models import User", DOORS),
        ("reporting/http/workbench.py", "from axle.servicing.http import api", DOORS),
        ("config/demo.py", "from axle.servicing.models import Loan", DOORS),
        ("amortization/replay.py", "import numpy, django.utils.timezone", PURITY),
        ("kernel/money.py", "from django.db import models", PURITY),
        ("servicing/domain/states.py", "from procrastinate import App", PURITY),
        ("servicing/domain/states.py", "def f():\n    import ninja", PURITY),
        ("party/domain/deep/rule.py", "import psycopg", PURITY),
        ("sandbox/bank.py", "from axle.integrations.public import sign", APART),
    ],
)
def test_a_planted_fault_breaks_its_rule(house: Path, file: str, text: str, rule: str):
    plant(house / file, text)
    plant(house / Path(file).parent / "__init__.py", "")

    run = lint(house.parent, house.parent)

    assert run.returncode == 1, run.stdout + run.stderr
    assert f"{rule} BROKEN" in run.stdout


def test_a_folder_without_a_place_breaks_the_contract(house: Path):
    plant(house / "telemarketing" / "__init__.py", "")

    run = lint(house.parent, house.parent)

    assert run.returncode == 1
    assert f"{ARROWS} BROKEN" in run.stdout
    assert "telemarketing" in run.stdout


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("servicing/services.py", "from axle.ledger import public"),
        ("servicing/services.py", "from axle.platform.listing import Listing"),
        ("servicing/services.py", "from axle.kernel.money import Fen"),
        ("servicing/tests/test_x.py", "from axle.ledger.models import Entry"),
        ("servicing/migrations/x.py", "from axle.platform.fields import FenField"),
        ("config/api.py", "from axle.servicing.http import api"),
        ("__main__.py", "from axle.config.cli.table import main"),
        ("sandbox/tests/test_bank.py", "from axle.integrations.public import sign"),
        ("servicing/domain/states.py", "from axle.amortization.public import Terms"),
    ],
)
def test_what_the_rules_allow(house: Path, file: str, text: str):
    plant(house / Path(file).parent / "__init__.py", "")
    plant(house / file, text)

    run = lint(house.parent, house.parent)

    assert run.returncode == 0, run.stdout + run.stderr
