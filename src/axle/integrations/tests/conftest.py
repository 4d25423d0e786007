"""One sandbox process per module; every test uses its own order numbers."""

from collections.abc import Iterator

import pytest

from axle.integrations.testing import SandboxProcess, sandbox_running


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxProcess]:
    """A sandbox in manual mode."""
    with sandbox_running(tmp_path_factory.mktemp("sandbox")) as running:
        yield running
