"""What was found in a captured document beside its fields: a statement's figures, marks of a picture, its copies."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from pydantic import BaseModel

from axle.documents import selectors
from axle.documents.domain.captured_kinds import CapturedKind
from axle.documents.domain.statement import Finding, StatementCheck, StatementFigures
from axle.documents.models import CapturedDocument, PictureMatch
from axle.kernel.money import yuan
from axle.kernel.types import RateStr, Yuan
from axle.platform.public import Actor, mask

_IN_FEN = frozenset({"balance_breaks", "totals_differ", "interest_missing", "interest_implausible", "interest_off_day"})


class StatementFindingOut(BaseModel):
    """What is odd: the line's number in the file (0: the whole), its day, what was expected and what stands there."""

    statement_finding: str
    line: int
    on: date | None
    expected: str
    found: str


class StatementMonthOut(BaseModel):
    """A calendar month: money in, money out, and what of it counts as income."""

    month: str
    inflow: Yuan
    outflow: Yuan
    income: Yuan


class StatementIncomeOut(BaseModel):
    """Who pays regularly, in how many months, how much in all."""

    counterparty: str
    months: int
    total: Yuan


class StatementOut(BaseModel):
    """A bank statement's figures. ``statement_check`` is null where it prints no balances, the monthly income where it
    is too short."""

    from_on: date
    to_on: date
    lines: int
    inflow: Yuan
    outflow: Yuan
    statement_check: StatementCheck | None
    statement_income: Yuan | None
    round_trip_rate: RateStr
    gambling_lines: list[int]
    findings: list[StatementFindingOut]
    months: list[StatementMonthOut]
    incomes: list[StatementIncomeOut]


class TamperMarkOut(BaseModel):
    """A mark of a picture that was worked on, and the tool or the part (pixels: left, top, right, bottom)."""

    tamper_mark: str
    detail: str


class PictureMatchOut(BaseModel):
    """The same picture, or a part of it, in another case: ``bits`` of 1,024 differ, or how much of what both show is
    alike. Null for whose case the reader does not see."""

    document_id: int | None
    subject_type: str | None
    subject_id: int | None
    kind: CapturedKind
    bits: int | None
    alike_rate: RateStr | None


def statement_out(row: CapturedDocument, *, is_private: bool) -> StatementOut | None:
    if not row.statement:
        return None
    figures = StatementFigures.of_json(row.statement)
    return StatementOut(
        from_on=figures.from_on,
        to_on=figures.to_on,
        lines=figures.lines,
        inflow=figures.inflow,
        outflow=figures.outflow,
        statement_check=figures.check,
        statement_income=figures.income_fen,
        round_trip_rate=Decimal(figures.round_trip_rate),
        gambling_lines=list(figures.gambling),
        findings=[_finding_out(finding) for finding in figures.findings],
        months=[
            StatementMonthOut(month=one.month, inflow=one.inflow, outflow=one.outflow, income=one.income)
            for one in figures.months
        ],
        incomes=[
            StatementIncomeOut(
                counterparty=one.counterparty if is_private else mask(one.counterparty, "name"),
                months=one.months,
                total=one.total,
            )
            for one in figures.incomes
        ],
    )


def _finding_out(finding: Finding) -> StatementFindingOut:
    expected, found = (_told(finding.code, value) for value in (finding.expected, finding.found))
    return StatementFindingOut(
        statement_finding=finding.code, line=finding.line, on=finding.on, expected=expected, found=found
    )


def _told(code: str, value: int | str | None) -> str:
    if value is None:
        return ""
    return yuan(int(value)) if code in _IN_FEN else str(value)


def matches_out(actor: Actor, document_ids: Collection[int]) -> dict[int, list[PictureMatchOut]]:
    """The matches of some documents, earlier ones and later ones; in two statements."""
    found = selectors.matches_of(document_ids)
    others = {other.pk for _, other, _ in found}
    seen = (
        set(selectors.captured_visible(actor).filter(pk__in=others).values_list("pk", flat=True)) if others else set()
    )
    told: dict[int, list[PictureMatchOut]] = {}
    for document_id, other, match in found:
        told.setdefault(document_id, []).append(_match_out(other, match, is_seen=other.pk in seen))
    return told


def _match_out(other: CapturedDocument, match: PictureMatch, *, is_seen: bool) -> PictureMatchOut:
    return PictureMatchOut(
        document_id=other.pk if is_seen else None,
        subject_type=other.subject_type if is_seen else None,
        subject_id=other.subject_id if is_seen else None,
        kind=CapturedKind(other.kind),
        bits=match.bits,
        alike_rate=match.alike_rate,
    )
