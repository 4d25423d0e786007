"""Counting what passed: JUnit files of pytest, JSON reports of vitest, and checks that count as one."""

import json
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree


@dataclass(frozen=True)
class Tally:
    """How many tests passed, failed and were skipped."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def tally_of_check(status: int) -> Tally:
    """Count a check by its exit status."""
    return Tally(failed=1) if status else Tally(passed=1)


def tally_of_pytest(report: Path, status: int) -> Tally:
    """Count a JUnit file; a run that broke without a failed test (nothing collected) is one failure."""
    counted = _junit(report) if report.exists() else Tally()
    return _at_least_one_failure(counted) if status else counted


def tally_of_vitest(report: Path, status: int) -> Tally:
    """Count vitest's JSON report; a run that broke without a failed test is one failure."""
    counted = _vitest(report) if report.exists() else Tally()
    return _at_least_one_failure(counted) if status else counted


def _junit(report: Path) -> Tally:
    total = Tally()
    for suite in ElementTree.parse(report).getroot().iter("testsuite"):
        count = {key: int(suite.get(key, "0")) for key in ("tests", "failures", "errors", "skipped")}
        failed = count["failures"] + count["errors"]
        total += Tally(max(0, count["tests"] - failed - count["skipped"]), failed, count["skipped"])
    return total


def _vitest(report: Path) -> Tally:
    told = json.loads(report.read_text(encoding="utf-8"))
    skipped = told["numPendingTests"] + told.get("numTodoTests", 0)
    return Tally(told["numPassedTests"], told["numFailedTests"], skipped)


def _at_least_one_failure(counted: Tally) -> Tally:
    return counted if counted.failed else counted + Tally(failed=1)
