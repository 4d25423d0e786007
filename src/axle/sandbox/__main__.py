"""``python -m axle.sandbox``: run all simulated parties until SIGINT or SIGTERM."""

import logging
import os
import signal
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

from axle.sandbox.machine import Machine, SandboxSettings
from axle.sandbox.server import SandboxServer
from axle.sandbox.timestamping import timestamp_mounts

logger = logging.getLogger("axle.sandbox")


def main(environment: Mapping[str, str] = os.environ) -> int:
    """Serve; exit status 0 after a signal, 1 when the port is taken."""
    logging.basicConfig(level=logging.INFO, format="%(name)s %(levelname)s %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    var = Path(environment.get("AXLE_VAR") or "var").expanduser().resolve()
    machine = Machine(_settings(environment, var), timestamp_mounts(var / "keys"))
    address = (
        environment.get("AXLE_SANDBOX_HOST", "127.0.0.1"),
        int(environment.get("AXLE_SANDBOX_PORT", "8790")),
    )
    try:
        server = SandboxServer(address, machine.application)
    except OSError as error:
        logger.error("cannot listen on %s:%s: %s; set AXLE_SANDBOX_PORT to a free port", *address, error.strerror)
        return 1
    _serve(machine, server)
    return 0


def _settings(environment: Mapping[str, str], var: Path) -> SandboxSettings:
    return SandboxSettings(
        var=var,
        delay_seconds=float(environment.get("AXLE_SANDBOX_DELAY_SECONDS", "1")),
        is_manual=environment.get("AXLE_SANDBOX_MANUAL") == "1",
    )


def _serve(machine: Machine, server: SandboxServer) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: threading.Thread(target=server.shutdown, daemon=True).start())
    machine.start()
    logger.info("listening on http://%s:%s", server.server_name, server.server_port)
    with server:
        server.serve_forever(poll_interval=0.1)
    machine.stop()


if __name__ == "__main__":
    sys.exit(main())
