"""Decisions with every source that applies over HTTP, from the worker's start to the decision on record.

The sandbox runs as a process of its own; each source answers each question after a delay drawn from 50 to 800 ms, so
that the slowest of a decision is known. "As heard" is the slowest as our own log has it, with the time that the sandbox
takes to receive twenty questions at once. The runs: ``size`` decisions with all sources at once; the credit bureau
after the others; both with one source that never answers and its breaker shut before every decision; at once as it
opens by itself. Needs books of its own, with the institution of ``intake``.
"""

import json
import os
import statistics
from collections.abc import Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from _applicants import Case, applicant, papers_photograph, used_trim
from _at_once import at_once
from _intake_books import SETUP, Desks, books_prepare, desks_open, stream_of_data
from _intake_take import draft_submitted, form_of
from _real_rows import CarRow, LoanRow

from axle.config.cli.measure import machine
from axle.integrations.data_sources.connected import sources_connected
from axle.integrations.data_sources.wires import sm3
from axle.integrations.testing import SandboxProcess, sandbox_running
from axle.origination.parameters import SOURCES_IN_STAGES
from axle.origination.services.sources_ask import sources_ask
from axle.platform.public import acting, business_date, parameter_set
from axle.sources.models import DataSource, SourceCall
from axle.sources.ports import source_adapters_install
from axle.vehicle.public import trims_load

IN_STAGES, SHUT, BREAKING = 40, 30, 50
DEAD = "court"
_LEAST, _MOST = 0.05, 0.8
_WARM = 5
_FROM = 20_000
_SUBJECTS = {
    "identity": "id_no", "phone": "id_no", "card": "id_no", "court": "id_no", "company": "employer", "lending": "id_no",
    "device": "token", "valuation_a": "vin", "valuation_b": "vin", "vehicle_history": "vin", "insurance": "vin",
    "credit_report": "id_no", "address": "address", "licence": "id_no", "registration": "vin",
    "industry_list": "id_digest", "social_insurance": "id_no", "income_tax": "id_no", "phone_bills": "id_no",
    "employer_contact": "employer",
}  # fmt: skip
"""What each party is asked about, by which a delay is told to it."""


def run(size: int = 80) -> dict[str, Any]:
    """Milliseconds beyond the slowest source, and of the whole."""
    at_once(lambda _: books_prepare(stream_of_data(1)), processes=1)
    with TemporaryDirectory() as folder:
        told = Path(folder) / "told"
        at_once(lambda _: told.write_text(json.dumps(_measured(Path(folder), size))), processes=1)
        figures: dict[str, Any] = json.loads(told.read_text())
    return {"size": size, "sources": len(_SUBJECTS), **figures, **machine(), "load_average": os.getloadavg()}


def _measured(folder: Path, size: int) -> dict[str, Any]:
    with sandbox_running(folder) as sandbox:
        base_url = f"{sandbox.url}/sources"
        source_adapters_install(sources_connected(base_url=base_url, own_url="http://127.0.0.1:9", keys=sandbox.keys))
        run = _Run(sandbox)
        run.decide(_WARM)
        _staged(False)
        figures = _told("sources at once", run.decide(size)) | {"sources at once: goal beyond the slowest ms": 50}
        _staged(True)
        figures |= _told("sources in stages", run.decide(IN_STAGES))
        figures |= _told("sources in stages, one dead, no breaker", run.decide(SHUT, dead=True, is_shut=True))
        _staged(False)
        shut = run.decide(SHUT, dead=True, is_shut=True)
        figures |= _told("sources, one dead, no breaker", shut) | {"sources, one dead: goal p99 ms": 3000}
        return figures | _told("sources, one dead", run.decide(BREAKING, dead=True))


def _staged(is_staged: bool) -> None:
    with acting(SETUP, "parameter_set"):
        parameter_set(
            actor=SETUP,
            code=SOURCES_IN_STAGES.code,
            value=is_staged,
            effective_from=business_date(),
            legal_entity_id=None,
            note="bench",
        )


class _Run:
    """Applications one after the other, each with delays of its own."""

    def __init__(self, sandbox: SandboxProcess) -> None:
        self._sandbox, self._desks, self._number = sandbox, desks_open(), _FROM
        trims_load(
            [
                {
                    "make": "品牌A",
                    "series": "车系A",
                    "model_year": "2023",
                    "name": "1号 180000",
                    "guide_price": "180000.00",
                    "energy": "petrol",
                    "vehicle_class": "passenger",
                }
            ]
        )
        self._desks = desks_open()

    def decide(self, count: int, *, dead: bool = False, is_shut: bool = False) -> list[tuple[float, float, float]]:
        """Milliseconds of the slowest source that answers, as it was told and as it was heard, and of the whole, for
        each decision."""
        times = []
        for _ in range(count):
            self._number += 1
            if is_shut:
                DataSource.objects.update(failures=0, opened_at=None, probe_at=None)
            times.append(_one(self._sandbox, self._desks, self._number, dead=dead))
        DataSource.objects.update(failures=0, opened_at=None, probe_at=None)
        return times


def _one(sandbox: SandboxProcess, desks: Desks, number: int, *, dead: bool) -> tuple[float, float, float]:
    case = _case(number)
    form = form_of(case, desks)
    application_id = draft_submitted(case, form, desks.partner, desks)
    slowest = _delays_tell(sandbox, case, dead=dead)
    begun = perf_counter()
    sources_ask(application_id=application_id)
    seconds = perf_counter() - begun
    calls = SourceCall.objects.filter(enquiry__subject_id=application_id)
    outcomes = dict(calls.values_list("source", "outcome"))
    heard = max(calls.exclude(source=DEAD if dead else "").values_list("duration_ms", flat=True))
    assert outcomes.keys() == _SUBJECTS.keys(), outcomes
    silent = {code for code, outcome in outcomes.items() if outcome not in ("hit", "no_record")}
    assert silent == ({DEAD} if dead else set()), outcomes
    return slowest * 1000, heard, seconds * 1000


def _delays_tell(sandbox: SandboxProcess, case: Case, *, dead: bool) -> float:
    draw = Random(f"delays:{case.number}")
    assert case.device is not None
    told = {"id_no": case.customer["id_no"], "vin": case.vehicle["vin"], "employer": case.customer["employer"],
            "token": case.device[0], "address": case.customer["residence_address"],
            "id_digest": sm3(case.customer["id_no"])}  # fmt: skip
    delays = {code: draw.uniform(_LEAST, _MOST) for code in _SUBJECTS}
    for code, delay in delays.items():
        is_dead = dead and code == DEAD
        behaviour = {"behaviour": "silent", "delay_seconds": 30} if is_dead else {"behaviour": "answer"}
        subject = told[_SUBJECTS[code]].upper()
        sandbox.tell("source", **({"delay_seconds": delay} | behaviour), party=code, subject=subject, times=2)
    return max(delay for code, delay in delays.items() if not dead or code != DEAD)


def _case(number: int) -> Case:
    """A good used-car application through a partner: every source applies to it."""
    row = LoanRow(0.5, 0.5, 35, True, 3, 2, 0, 20_000, 3_000, 0, 0, 0, 0.8, False)
    car = CarRow("A", "A", "1", 2023, 180_000, 110_000, 36, 120_000, 0)
    draw = Random(f"sources:{number}")
    case = applicant(draw, number, row, car, on=business_date())
    assert case.trim == used_trim(car)
    case.dealer, case.device = None, (f"device-{number}", "10.9.0.1")
    case.customer |= {"employment_kind": "employed", "employer": f"演示机械{number}号厂", "employment_months": 60}
    papers_photograph(draw, case)
    return case


def _told(name: str, times: Sequence[tuple[float, float, float]]) -> dict[str, Any]:
    beyond = [whole - slowest for slowest, _, whole in times]
    beyond_heard = [whole - heard for _, heard, whole in times]
    whole = [one for _, _, one in times]
    return {
        f"{name}: decisions": len(times),
        f"{name}: slowest source ms, median": round(statistics.median(slowest for slowest, _, _ in times)),
        f"{name}: median ms": round(statistics.median(whole)),
        f"{name}: beyond the slowest, median ms": round(statistics.median(beyond)),
        f"{name}: beyond the slowest as heard, median ms": round(statistics.median(beyond_heard)),
        f"{name}: p99 ms": round(statistics.quantiles(whole, n=100, method="inclusive")[98]),
    }
