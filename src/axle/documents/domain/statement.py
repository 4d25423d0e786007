"""A bank statement (银行流水) as it was read: its lines in the order of time, and what it says of itself."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal

from axle.kernel.money import Fen

StatementCheck = Literal["genuine", "suspicious", "forged"]


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One line. ``no`` is its place in the file, from 1; ``amount`` is positive for money in, negative for money out;
    ``balance`` is what the account held afterwards, None where the bank prints none."""

    no: int
    booked_on: date
    amount: Fen
    balance: Fen | None
    counterparty: str = ""
    account: str = ""
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """The lines, oldest first, with the heading's holder and account (empty where it names none), the sums that it
    states, and ``marks``: what is odd about the file itself."""

    lines: tuple[StatementLine, ...]
    holder_name: str = ""
    account_no: str = ""
    inflow_stated: Fen | None = None
    outflow_stated: Fen | None = None
    marks: tuple["Finding", ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a genuine statement does not have. ``line`` is the line's number in the file, 0 for the whole;
    ``expected`` and ``found`` are amounts in fen or words."""

    code: str
    line: int = 0
    on: date | None = None
    expected: int | str | None = None
    found: int | str | None = None

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"on": self.on.isoformat() if self.on else None}

    @staticmethod
    def of_json(kept: Mapping[str, Any]) -> "Finding":
        return Finding(**{**kept, "on": date.fromisoformat(kept["on"]) if kept["on"] else None})


@dataclass(frozen=True, slots=True)
class StatementMonth:
    """What came, went and counts as income in a calendar month (``2026-05``), in fen."""

    month: str
    inflow: Fen
    outflow: Fen
    income: Fen


@dataclass(frozen=True, slots=True)
class StatementIncome:
    """An inflow that returns every month: who pays it, in how many months, and how much in all."""

    counterparty: str
    months: int
    total: Fen


@dataclass(frozen=True, slots=True)
class StatementFigures:
    """What a statement comes to. ``check`` is genuine, suspicious, forged, or None where nothing could be checked;
    ``income_fen`` per month is None for a statement that is too short to tell; rates are fractions as text."""

    holder_name: str
    account_no: str
    from_on: date
    to_on: date
    lines: int
    inflow: Fen
    outflow: Fen
    check: StatementCheck | None
    findings: Sequence[Finding]
    income_fen: Fen | None
    round_trip_rate: str
    gambling: Sequence[int] = field(default_factory=tuple)
    months: Sequence[StatementMonth] = field(default_factory=tuple)
    incomes: Sequence[StatementIncome] = field(default_factory=tuple)

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {
            "from_on": self.from_on.isoformat(),
            "to_on": self.to_on.isoformat(),
            "findings": [finding.as_json() for finding in self.findings],
        }

    @staticmethod
    def of_json(kept: Mapping[str, Any]) -> "StatementFigures":
        return StatementFigures(
            **{
                **kept,
                "from_on": date.fromisoformat(kept["from_on"]),
                "to_on": date.fromisoformat(kept["to_on"]),
                "findings": tuple(Finding.of_json(finding) for finding in kept["findings"]),
                "gambling": tuple(kept["gambling"]),
                "months": tuple(StatementMonth(**month) for month in kept["months"]),
                "incomes": tuple(StatementIncome(**income) for income in kept["incomes"]),
            }
        )
