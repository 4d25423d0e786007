"""Deciding: the standard strategy on ``size`` cases, the preview of a calibration, a back-test.

The cases are the golden cases of the strategy that fulfil its contract, over and over, spread over 40 series of cars
and 50 regions. "Compute" is rules, signals, score and the record with its trace and hash, without the database; the
bare engine evaluates the same graph on the same cases in the same run, told as text and without a trace. "With a
scorecard" reads a points table of ten characteristics in place of the strategy's own. The preview changes one value in
each of 2,000 places, so that every case reads another value and is decided twice. Goals: 5 ms and 300 a second on two
cores, 5 times the bare engine, a preview of 10,000 cases in 60 s, a back-test of 100,000 in 10 minutes on two cores.
"""

import json
import os
import resource
import statistics
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

import zen
from _at_once import at_once
from _scored import scored_strategy, scorer

from axle.config.cli.measure import machine
from axle.config.cli.prepare import migrate
from axle.decisioning.domain.canonical import canonical_bytes
from axle.decisioning.domain.evaluation import LiveStrategy, evaluate
from axle.decisioning.domain.golden import GoldenCase, cases_whole
from axle.decisioning.domain.score_stage import score_of
from axle.decisioning.live import live_strategy
from axle.decisioning.models import CalibrationKind, DecisionRecord, StrategyVersion
from axle.decisioning.parameters import PREVIEW_CASES
from axle.decisioning.public import CaseScope, decisions_draft, decisions_keep, strategy_load
from axle.decisioning.selectors import version_in_force
from axle.decisioning.services.backtest_begin import backtest_begin
from axle.decisioning.services.backtest_run import backtest_run
from axle.decisioning.services.calibration_activate import calibration_discard
from axle.decisioning.services.calibration_draft import Change, calibration_draft
from axle.decisioning.services.calibration_preview import calibration_preview, calibration_preview_begin
from axle.decisioning.services.decision_make import basis_of, record_drafted
from axle.platform.public import Subject, acting, business_date, parameter_value, system_actor

STANDARD = "auto_loan_standard"
SERIES, REGIONS = 40, 50
COMPUTED = 2000
_KEPT_TOGETHER = 500
_DEADLINE_S = 10.0
ANALYST = system_actor("decision")
Case = Mapping[str, Any]


def run(size: int = 10_000) -> dict[str, Any]:
    """Decide, keep, preview and test back; milliseconds and cases a second."""
    migrate()
    at_once(lambda _: _load(), processes=1)
    cases = list(islice(_cases(_version()), size))
    some = cases[:COMPUTED]
    figures = _on_two_cores(some)
    figures |= _apart(lambda: _computed(some) | _kept(cases) | _previewed())
    return {
        "size": size,
        "rules": _version().rule_count,
        **figures,
        **_tested_back(),
        **machine("zen-engine"),
        "load_average": os.getloadavg(),
    }


def _apart(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Figures of a process of its own: the engine's threads do not survive a fork, so nothing of it is used here."""
    with TemporaryDirectory() as folder:
        told = Path(folder) / "told"
        at_once(lambda _: told.write_text(json.dumps(work())), processes=1)
        figures: dict[str, Any] = json.loads(told.read_text())
    return figures


def _load() -> None:
    with acting(ANALYST, "strategy_load"):
        strategy_load(actor=ANALYST, strategy=STANDARD, on=business_date())


def _version() -> StrategyVersion:
    version = version_in_force(STANDARD, business_date())
    assert version is not None
    return version


def _cases(version: StrategyVersion) -> Iterator[Case]:
    golden = cases_whole([GoldenCase.model_validate(case) for case in version.content.cases])
    told = [case.inputs for case in golden if not case.faults]
    for number, inputs in enumerate(cycle(told)):
        yield {**inputs, "vehicle_series": _series(number % SERIES), "region_code": _region(number // SERIES % REGIONS)}


def _series(number: int) -> str:
    return f"车系{number:02d}"


def _region(number: int) -> str:
    return f"33{number:02d}01"


def _on_two_cores(cases: list[Case]) -> dict[str, Any]:
    """Two processes at once."""
    with TemporaryDirectory() as folder:
        at_once(lambda share: _share(cases[share::2], Path(folder) / str(share)))
        rates = [float((Path(folder) / str(share)).read_text()) for share in (0, 1)]
    return {"compute: a second on two cores": round(sum(rates), 1), "compute: goal a second": 300}


def _share(cases: list[Case], told: Path) -> None:
    decisions_draft(strategy=STANDARD, cases=cases[:20], on=business_date())
    begun = perf_counter()
    decisions_draft(strategy=STANDARD, cases=cases, on=business_date())
    told.write_text(str(len(cases) / (perf_counter() - begun)))


def _computed(cases: list[Case]) -> dict[str, Any]:
    """A case at a time: the bare engine, the decision with its record, and the same with a scorecard."""
    version, on = _version(), business_date()
    strategy, basis = live_strategy(version), basis_of(version, on)
    told = [_told(strategy, case) for case in cases]
    content = zen.ZenDecisionContent(canonical_bytes(version.content.graph).decode())
    engine = zen.ZenEngine({"loader": lambda key: content})
    bare, decided, scored, alone = (_Times() for _ in range(4))
    other, score = scored_strategy(version.content), scorer()
    for case in cases[:20]:
        record_drafted(STANDARD, version, case, on, basis)
    for case, text in zip(cases, told, strict=True):
        bare.take(lambda text=text: engine.evaluate("", text))
        decided.take(lambda case=case: record_drafted(STANDARD, version, case, on, basis))
        scored.take(lambda case=case: _with_scorecard(other, case, score))
        inputs = other.contract.engine_inputs(other.contract.stored(case))
        alone.take(lambda inputs=inputs: score_of(other.contract.scorecard, inputs, score))
    return {
        "compute: median ms": _median(decided.clock),
        "compute: p99 ms": _p99(decided.clock),
        "compute: goal ms": 5,
        "compute: median ms of a processor": _median(decided.processor),
        "bare engine: median ms": _median(bare.clock),
        "bare engine: median ms of a processor": _median(bare.processor),
        "compute to bare engine": round(sum(decided.clock) / sum(bare.clock), 2),
        "compute to bare engine, by the processor": round(sum(decided.processor) / sum(bare.processor), 2),
        "compute to bare engine: goal": 5,
        "with a scorecard, without record: median ms": _median(scored.clock),
        "score by a scorecard alone: median ms": _median(alone.clock),
    }


def _told(strategy: LiveStrategy, case: Case) -> str:
    """The case as the engine is told it: what ``evaluate`` makes of it."""
    stored = strategy.contract.stored(case)
    block = evaluate(strategy, case, deadline_seconds=_DEADLINE_S).policy
    told = strategy.contract.engine_inputs(stored) | block.engine_inputs(strategy.contract.policy)
    return canonical_bytes(told).decode()


def _with_scorecard(strategy: LiveStrategy, case: Case, score: Any) -> None:
    answer = evaluate(strategy, case, deadline_seconds=_DEADLINE_S, score=score)
    assert answer.given.points is not None


def _kept(cases: list[Case]) -> dict[str, Any]:
    """Decide and record, 500 at a time."""
    begun = perf_counter()
    for first in range(0, len(cases), _KEPT_TOGETHER):
        part = cases[first : first + _KEPT_TOGETHER]
        drafts = decisions_draft(strategy=STANDARD, cases=part, on=business_date())
        subjects = [Subject("application", first + place + 1) for place in range(len(part))]
        with acting(ANALYST, "bench"):
            decisions_keep(drafts, subjects, scope=CaseScope())
    return {"decided and recorded: a second": round(len(cases) / (perf_counter() - begun), 1)}


def _previewed() -> dict[str, Any]:
    """Draft 2,000 values and try them on the latest cases; nothing of it counts afterwards."""
    changes = [
        Change("ltv_max_rate", {"vehicle_series": _series(series), "region": _region(region)}, "0.6")
        for series in range(SERIES)
        for region in range(REGIONS)
    ]
    with acting(ANALYST, "policy_calibration_draft"):
        calibration = calibration_draft(
            actor=ANALYST, changes=changes, kind=CalibrationKind.MANUAL, note="bench", business_on=business_date()
        )
        calibration_preview_begin(calibration_id=calibration.pk)
        begun = perf_counter()
        calibration_preview(calibration.pk)
        seconds = perf_counter() - begun
        calibration_discard(calibration_id=calibration.pk)
    calibration.refresh_from_db()
    return {
        "preview: values": calibration.change_count,
        "preview: cases": calibration.preview["cases"],
        "preview: untouched": calibration.preview["untouched"],
        "preview: seconds": round(seconds, 1),
        "preview: goal seconds": 60 * calibration.preview["cases"] / parameter_value(PREVIEW_CASES.code),
    }


def _tested_back() -> dict[str, Any]:
    """The version in force over all that it decided here, its parts by two processes as two workers take them."""
    with acting(ANALYST, "backtest_begin"):
        backtest = backtest_begin(
            actor=ANALYST,
            version_id=_version().pk,
            calibration_id=None,
            since=business_date() - timedelta(days=3650),
            until=business_date(),
            business_on=business_date(),
        )
    parts = list(backtest.parts.order_by("pk").values_list("pk", flat=True))
    begun = perf_counter()
    at_once(lambda share: [backtest_run(part) for part in parts[share::2]])
    seconds = perf_counter() - begun
    backtest.refresh_from_db()
    assert backtest.figures is not None
    assert DecisionRecord.objects.filter(strategy_code=STANDARD).count() == backtest.case_count == backtest.done_count
    return {
        "back-test: cases": backtest.case_count,
        "back-test: moves": sum(backtest.figures["moves"].values()),
        "back-test: seconds": round(seconds),
        "back-test: seconds per 1,000 on two cores": round(1000 * seconds / backtest.case_count, 2),
        "back-test: goal seconds per 1,000 on two cores": 6,
        "back-test: peak memory mb of a process": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
    }


@dataclass
class _Times:
    """Milliseconds by the clock and of the processor, all threads together: on a machine that does other things too,
    whatever takes longer than a slice of time waits for them."""

    clock: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    def take(self, act: Callable[[], object]) -> None:
        begun, spent = perf_counter(), process_time()
        act()
        self.clock.append((perf_counter() - begun) * 1000)
        self.processor.append((process_time() - spent) * 1000)


def _median(times: list[float]) -> float:
    return round(statistics.median(times), 3)


def _p99(times: list[float]) -> float:
    return round(statistics.quantiles(times, n=100)[98], 3)
