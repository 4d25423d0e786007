"""The demo institution without its book, as a place where rows can be decided and booked."""

import pytest

from axle.config.demo import institution
from axle.platform.public import acting, system_actor


@pytest.fixture
def place(db: None) -> institution.Place:
    """The demo institution."""
    actor = system_actor("demo")
    with acting(actor, "demo_load"):
        return institution.load(actor)
