"""Where things lie: the checkout and the folder of everything that a running Axle keeps."""

import os
from dataclasses import dataclass
from pathlib import Path

from axle.config.runtime.failures import SetupFailed

_ROOT = Path(__file__).resolve().parents[4]


@dataclass(frozen=True)
class Home:
    """The checkout (``root``) and the kept state (``var``: database, files, logs, locks)."""

    root: Path
    var: Path

    @property
    def console(self) -> Path:
        """Sources of the console."""
        return self.root / "console"

    @property
    def log(self) -> Path:
        """The one log of all processes, a prefix per process."""
        return self.var / "log" / "axle.log"


def find_home() -> Home:
    """Read ``AXLE_VAR`` (default: ``var`` in the checkout) and make the folder.

    Errors: SetupFailed when the folder cannot be written.
    """
    var = Path(os.environ.get("AXLE_VAR") or _ROOT / "var").expanduser().resolve()
    try:
        (var / "log").mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _not_writable(var, error.strerror) from error
    if not os.access(var, os.W_OK | os.X_OK):
        raise _not_writable(var, "permission denied")
    return Home(root=_ROOT, var=var)


def _not_writable(var: Path, reason: str | None) -> SetupFailed:
    way_on = "change its owner, or set AXLE_VAR to a folder of yours"
    return SetupFailed(f"cannot write to {var} ({reason})", way_on)
