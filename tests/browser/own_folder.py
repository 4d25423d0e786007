"""Give each of several test processes an ``AXLE_VAR`` of its own: its installation's sandbox, keys and files.

A plugin (``-p``), because the settings are read before any conftest.
"""

import os
from pathlib import Path

if worker := os.environ.get("PYTEST_XDIST_WORKER"):
    shared = Path(os.environ["AXLE_VAR"])
    own = shared / worker
    own.mkdir()
    if (shared / "fonts").is_dir():
        (own / "fonts").symlink_to((shared / "fonts").resolve())
    os.environ["AXLE_VAR"] = str(own)
