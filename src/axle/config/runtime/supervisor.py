"""Keeping the processes of one machine alive, and ending them in order."""

import signal
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

from axle.config.runtime.failures import SetupFailed
from axle.config.runtime.processes import end_group
from axle.config.runtime.progress import say

Process = subprocess.Popen[bytes]
_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 30.0
_STEADY_SECONDS = 60.0
_LOOK_SECONDS = 0.2


@dataclass
class BackOff:
    """How long to wait before the next start: twice as long with each early death."""

    deaths: int = 0

    def pause_after(self, lived_seconds: float) -> float:
        """Give the pause in seconds after a process that lived this long."""
        if lived_seconds >= _STEADY_SECONDS:
            self.deaths = 0
        pause = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2.0**self.deaths)
        self.deaths += 1
        return pause


@dataclass
class Service:
    """A process to keep alive: how it starts, how it is asked to end and how long that may take."""

    name: str
    start: Callable[[], Process]
    stop_signal: signal.Signals = signal.SIGTERM
    patience: float = 15.0
    is_needed_by_others: bool = False
    process: Process | None = None
    back_off: BackOff = field(default_factory=BackOff)
    started_at: float = 0.0
    start_again_at: float = 0.0

    def launch(self) -> None:
        """Start it and note the time."""
        self.process = self.start()
        self.started_at = time.monotonic()

    def ask_to_end(self) -> None:
        """Send the stop signal and do not wait."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(self.stop_signal)

    def end(self) -> None:
        """Ask it to end and make sure that it does."""
        if self.process:
            end_group(self.process, first=self.stop_signal, patience=self.patience)


class Supervisor:
    """Starts services in their order, restarts what dies, stops all in the opposite order when told to."""

    def __init__(self, services: Sequence[Service]) -> None:
        self.services = services
        self._is_stopping = threading.Event()

    def start(self) -> None:
        """Start every service that does not run yet."""
        for service in self.services:
            if service.process is None:
                service.launch()

    def watch_signals(self) -> None:
        """Let Ctrl-C, SIGTERM and a closed terminal end ``run``."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop_asked)

    def run(self) -> None:
        """Look after the services until a signal comes."""
        while not self._is_stopping.wait(_LOOK_SECONDS):
            self.look()

    def look(self) -> None:
        """Notice deaths and start again what is due."""
        for service in self.services:
            if service.process is not None and service.process.poll() is not None:
                self._note_death(service, service.process)
            if service.process is None and time.monotonic() >= service.start_again_at:
                self._start_again(service)

    def stop(self) -> None:
        """End all services, those that others need last."""
        leaves = [service for service in self.services if not service.is_needed_by_others]
        for service in leaves:
            service.ask_to_end()
        for service in sorted(self.services, key=lambda service: service.is_needed_by_others):
            service.end()

    @property
    def is_stopping(self) -> bool:
        """Whether somebody asked for the end."""
        return self._is_stopping.is_set()

    def _note_death(self, service: Service, process: Process) -> None:
        pause = service.back_off.pause_after(time.monotonic() - service.started_at)
        say(f"{service.name} ended ({_manner(process.returncode)}); starting it again in {pause:g} s")
        service.end()
        service.process, service.start_again_at = None, time.monotonic() + pause

    def _start_again(self, service: Service) -> None:
        try:
            service.launch()
        except (SetupFailed, OSError) as error:
            pause = service.back_off.pause_after(0)
            say(f"{service.name} did not start ({error}); trying again in {pause:g} s")
            service.start_again_at = time.monotonic() + pause

    def _stop_asked(self, number: int, frame: FrameType | None) -> None:
        if self.is_stopping:
            raise KeyboardInterrupt
        self._is_stopping.set()


def _manner(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"status {code}"
