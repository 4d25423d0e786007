"""The whole sandbox put together: parties over one store, and the clockwork that settles and delivers."""

import logging
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from wsgiref.types import WSGIApplication

from axle.sandbox.bank.gateway import BankGateway, Timing
from axle.sandbox.callbacks import CallbackCourier
from axle.sandbox.control import Control
from axle.sandbox.keys import bank_keys, sms_secret
from axle.sandbox.sms.gateway import SmsGateway
from axle.sandbox.sources.control import source_control_routes
from axle.sandbox.sources.parties import source_routes
from axle.sandbox.store import Store
from axle.sandbox.web import Application

TICK_SECONDS = 0.25
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class SandboxSettings:
    """Where the state lies and how fast things happen; ``is_manual``: only ``/control/run`` moves time."""

    var: Path
    delay_seconds: float = 1.0
    is_manual: bool = False


class Machine:
    """All parties; ``application`` answers requests, ``start`` sets the clockwork going, ``stop`` ends it."""

    def __init__(self, settings: SandboxSettings, mounts: Mapping[str, WSGIApplication] | None = None) -> None:
        keys = settings.var / "keys"
        self._stopping = threading.Event()
        self._turn = threading.Lock()
        self._is_manual = settings.is_manual
        self.store = Store(settings.var / "sandbox" / "state.sqlite3")
        self._courier = CallbackCourier(self.store)
        self.bank = BankGateway(self.store, bank_keys(keys), Timing(settings.delay_seconds, self._stopping))
        sms = SmsGateway(self.store, sms_secret(keys))
        routes = {("POST", path): self.bank.handle for path in self.bank.paths}
        routes[("POST", "/sms/send")] = sms.send
        routes |= source_routes(self.store, keys, self._stopping)
        control = {**Control(self.store, self.advance).routes, **source_control_routes(self.store)}
        self.application = Application({**routes, **control}, mounts)
        self._clockwork = threading.Thread(target=self._run, name="clockwork", daemon=True)

    def start(self) -> None:
        """Begin settling and delivering in the background."""
        if not self._is_manual:
            self._clockwork.start()

    def stop(self) -> None:
        """End the clockwork and requests that are held open, then close the store."""
        self._stopping.set()
        if self._clockwork.is_alive():
            self._clockwork.join(timeout=10)
        self._courier.close()
        self.store.close()

    def advance(self, now: float) -> dict[str, int]:
        """Settle and deliver what is due at ``now`` (epoch seconds)."""
        with self._turn:
            settled = self.bank.settle(now)
            return {"settled": settled, "delivered": self._courier.deliver_due(now)}

    def _run(self) -> None:
        while not self._stopping.wait(TICK_SECONDS):
            try:
                self.advance(time.time())
            except Exception:
                logger.exception("a turn of the clockwork failed; the next one tries again")
