"""Starting children that never outlive their parent."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


@dataclass(frozen=True)
class SystemUser:
    """The account that a child runs as instead of ours."""

    uid: int
    gid: int


def spawn(
    argv: Sequence[str],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    user: SystemUser | None = None,
    output: int | None = subprocess.PIPE,
    last_signal: signal.Signals = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """Start a child in its own process group; it gets ``last_signal`` when we die, even by ``kill -9``.

    Call it from the main thread: the kernel ties the child to the thread that started it.
    """
    return subprocess.Popen(
        argv,
        env=dict(env) if env is not None else None,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output is not None else None,
        user=user.uid if user else None,
        group=user.gid if user else None,
        extra_groups=[] if user else None,
        preexec_fn=_tie_to_parent(os.getpid(), last_signal),
        start_new_session=True,
    )


def _tie_to_parent(parent: int, last_signal: signal.Signals) -> Callable[[], None]:
    def tie() -> None:
        if _LIBC is None:
            return
        _LIBC.prctl(_PR_SET_PDEATHSIG, int(last_signal), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return tie


def end_group(process: subprocess.Popen[bytes], *, first: signal.Signals, patience: float) -> None:
    """Ask a child's process group to end, wait, then end what is left of it."""
    _signal_group(process.pid, first, only_leader=True)
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        pass
    finally:
        _signal_group(process.pid, signal.SIGKILL)
    process.wait()


def _signal_group(pid: int, number: signal.Signals, *, only_leader: bool = False) -> None:
    try:
        os.kill(pid, number) if only_leader else os.killpg(pid, number)
    except ProcessLookupError:
        return
