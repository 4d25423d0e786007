"""A folder that the embedded database's account can reach; pytest closes its own folders to other accounts."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def kept() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="axle-house-") as folder:
        yield Path(folder)
