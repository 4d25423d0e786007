"""Days of a lender at work, and a killer who comes at random moments.

The same plan runs on two machines that begin as copies of each other: on one undisturbed, on the other with web,
worker and database killed in the middle of what they do. Whoever is not answered asks again under the same key.
"""

import json
import os
import random
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from axle.config.runtime.home import Home
from tests.durability.big_file import file_survived
from tests.durability.conftest import ROOT, Crew, free_port
from tests.durability.dump import dumped
from tests.durability.machine import Machine

RECEIPTS_A_DAY = 3
STARTING_SECONDS = 2.0
"""What a command line needs before it does anything."""
LONGEST = {"receipt": 0.25, "day": 1.5}
"""Seconds after the beginning of an act within which the killer comes: about as long as an act takes."""


@dataclass(frozen=True)
class Act:
    """A receipt (registered by one, confirmed by another), or the end of a day. ``key`` names it once and for all."""

    key: str
    loan_no: str = ""
    amount: str = ""
    ends_on: date | None = None

    @property
    def kind(self) -> str:
        """What sort of act it is."""
        return "day" if self.ends_on else "receipt"


@dataclass(frozen=True)
class Kill:
    """Who dies so many seconds after something began."""

    victim: str
    after: float


Moment = tuple[str, int]
"""A receipt's registration (0) and confirmation (1); the first and the second try to end a day."""


def plan_drawn(draw: random.Random, loans: Sequence[str], first: date, days: int) -> list[Act]:
    """Receipts of random loans and amounts, and the end of each day."""
    acts = []
    for number in range(days):
        for count in range(RECEIPTS_A_DAY):
            amount = f"{draw.randrange(1, 9000)}.{draw.randrange(100):02d}"
            acts.append(Act(f"receipt-{number}-{count}", draw.choice(loans), amount))
        acts.append(Act(f"day-{number}", ends_on=first + timedelta(days=number)))
    return acts


def days_for(kills: int) -> int:
    """How many days have moments enough."""
    return max(2, kills // 7 + 1)


def kills_drawn(draw: random.Random, plan: Sequence[Act], count: int) -> dict[Moment, Kill]:
    """Who dies in which moment; three of ten kills hit the end of a day."""
    by_kind = {kind: [(act, step) for act in plan if act.kind == kind for step in range(2)] for kind in LONGEST}
    of_days = min(len(by_kind["day"]), max(1, count * 3 // 10))
    chosen = draw.sample(by_kind["day"], of_days) + draw.sample(by_kind["receipt"], count - of_days)
    return {(act.key, step): _kill(draw, act) for act, step in chosen}


def _kill(draw: random.Random, act: Act) -> Kill:
    victims = ("worker", "database") if act.kind == "day" else ("web", "database", "web", "worker")
    return Kill(draw.choice(victims), draw.uniform(0, LONGEST[act.kind]))


@dataclass
class Trial:
    """A plan carried out at a machine."""

    machine: Machine
    crew: Crew
    kills: dict[Moment, Kill] = field(default_factory=dict)
    happened: Counter[str] = field(default_factory=Counter)

    def run(self, plan: Sequence[Act]) -> list[str]:
        """Carry everything out; gives the books as text."""
        for act in plan:
            (self._day if act.kind == "day" else self._receipt)(act)
        self.machine.minutes_pass()
        self.machine.ask("INSERT INTO procrastinate_jobs (queue_name, task_name) VALUES ('default', 'number_vouchers')")
        self._until_done()
        assert "0 broken" in self.machine.run("check")
        return dumped(self.machine)

    def _receipt(self, act: Act) -> None:
        today = self.machine.one('SELECT "on" FROM platform_businessday').isoformat()
        given = {"loan_no": act.loan_no, "amount": act.amount, "value_on": today, "payer_name": "张三"}
        receipt = self._command(act, 0, "cashier", "receipt_register", bank_serial=act.key, **given)
        self._command(act, 1, "accountant", "receipt_confirm", receipt_no=receipt["receipt_no"])

    def _day(self, act: Act) -> None:
        """End a day: in the worker up to the day of the clock, which is the last that it is asked for; then by hand."""
        assert act.ends_on
        kills = [self.kills[act.key, step] for step in range(2) if (act.key, step) in self.kills]
        if act.ends_on < datetime.now(UTC).date():
            self.crew["admin"].do("eod_run", key=act.key, until=act.ends_on.isoformat())
            for kill in kills:
                time.sleep(kill.after)
                self._kill(kill)
        else:
            for kill in kills:
                self._interrupted(act.ends_on, kill)
            self.machine.run("eod", "--date", act.ends_on.isoformat())
        self._until_closed(act.ends_on)

    def _interrupted(self, on: date, kill: Kill) -> None:
        """``./axle eod`` that dies, or whose database does."""
        closing = self.machine.begin("eod", "--date", on.isoformat())
        time.sleep(STARTING_SECONDS + kill.after)
        if kill.victim == "database":
            self._kill(kill)
        else:
            closing.kill()
            self.happened["end of day"] += 1
        closing.communicate()

    def _command(self, act: Act, step: int, username: str, command: str, **data: Any) -> Any:
        """Send a command; where the killer comes, send it again under its key."""
        desk, key, kill = self.crew[username], f"{act.key}-{command}", self.kills.get((act.key, step))
        if kill:
            first = desk.begin(command, key=key, **data)
            time.sleep(kill.after)
            self._kill(kill)
            with suppress(Exception):
                first.result(60)
        return desk.do(command, key=key, **data)

    def _kill(self, kill: Kill) -> None:
        self.machine.kill(kill.victim)
        self.happened[kill.victim] += 1
        self.machine.start(kill.victim)
        self.machine.minutes_pass()

    def _until_closed(self, on: date) -> None:
        closed = 'SELECT "on" > %s FROM platform_businessday'
        self.machine.until(lambda: self.machine.one(closed, on), what=f"the end of {on}")
        self._until_done()

    def _until_done(self) -> None:
        """Until no job of a day is left; a job that a dead worker held comes back."""
        left = (
            "SELECT count(*) = 0 FROM procrastinate_jobs WHERE status = 'doing' OR (status = 'todo'"
            " AND (scheduled_at IS NULL OR scheduled_at <= now() + interval '5 minutes'))"
        )
        self.machine.until(lambda: self.machine.one(left), what="an empty queue")


@contextmanager
def copies(loans: int) -> Iterator[tuple[Path, dict[str, Any]]]:
    """A prepared installation that lies still, to be copied; and what its people need."""
    with tempfile.TemporaryDirectory(prefix="axle-trial-") as folder:
        var = Path(folder) / "base"
        (var / "log").mkdir(parents=True)
        with _machine(var) as machine:
            told = machine.prepare(loans=loans)
            machine.ask(
                "DELETE FROM procrastinate_jobs WHERE task_name = 'captured_document_read'"
            )  # slow, and no money
        yield var, told


@contextmanager
def working(base: Path, name: str, told: dict[str, Any]) -> Iterator[tuple[Machine, Crew]]:
    """A copy of the installation at work."""
    var = base.parent / name
    subprocess.run(["cp", "-a", str(base), str(var)], check=True)  # keeps the owner of the cluster
    with _machine(var) as machine:
        machine.sandbox.start()
        machine.start("database", "web", "worker")
        crew = Crew(machine, told)
        yield machine, crew
        crew.close()
    shutil.rmtree(var, ignore_errors=True)


@contextmanager
def _machine(var: Path) -> Iterator[Machine]:
    """A machine whose processes are told where they live."""
    machine = Machine(Home(root=ROOT, var=var), free_port())
    with patch.dict(os.environ, machine.environment()):
        try:
            yield machine
        finally:
            machine.stop()


def compared(*, kills: int, seed: int, loans: int = 40, file_rows: int = 4000) -> dict[str, Any]:
    """Run the plan undisturbed and with the killer; gives how often who died, and how many lines differ.

    In the end the killer comes to a file of receipts too, a quarter as often to its entering and to its confirming.
    """
    draw = random.Random(seed)
    with copies(loans) as (base, told):
        plan = plan_drawn(draw, told["loans"], date.fromisoformat(told["business_on"]), days_for(kills))
        chosen = kills_drawn(draw, plan, kills)
        begun = time.monotonic()
        with working(base, "calm", told) as (machine, crew):
            calm = Trial(machine, crew).run(plan)
        between = time.monotonic()
        with working(base, "killed", told) as (machine, crew):
            trial = Trial(machine, crew, chosen)
            killed = trial.run(plan)
            ended = time.monotonic()
            file = file_survived(machine, crew, told["loans"], draw, rows=file_rows, kills=max(1, kills // 4))
    differing = sorted(set(calm) ^ set(killed))
    return {
        "kills": sum(trial.happened.values()),
        "kills by victim": dict(trial.happened),
        "receipts": sum(1 for act in plan if act.kind == "receipt"),
        "days": sum(1 for act in plan if act.kind == "day"),
        "lines compared": len(calm),
        "lines that differ": len(differing) + abs(len(calm) - len(killed)),
        "first differences": json.dumps(differing[:4], ensure_ascii=False),
        "seconds: undisturbed": round(between - begun),
        "seconds: killed": round(ended - between),
        **file,
    }
