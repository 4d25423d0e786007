"""Answers about reports."""

from typing import Any

from pydantic import BaseModel, Field, create_model

from axle.kernel.types import Yuan
from axle.platform.listing import REACH
from axle.platform.reports import Report

_TYPES: dict[str, Any] = {"integer": int, "bool": bool, "json": Any}


class ReportColumnOut(BaseModel):
    """A column: its heading, what it means, and how it is computed where it is computed."""

    key: str
    kind: str
    enum: str | None
    link: str | None
    label: str
    meaning: str
    formula: str


class QuestionOut(BaseModel):
    """What the report is asked by; ``default`` counts when nothing is said."""

    key: str
    kind: str
    enum: str | None
    choices: list[str] | None
    label: str
    default: str | None
    is_required: bool


class ChartShapeOut(BaseModel):
    """How sums by a group are drawn."""

    kind: str
    group: str
    values: list[str]


class ReportMetaOut(BaseModel):
    """A report as the console needs it to draw the page."""

    name: str
    title: str
    purpose: str
    shelf: str
    columns: list[ReportColumnOut]
    questions: list[QuestionOut]
    totals: list[str]
    groups: list[str]
    chart: ChartShapeOut | None
    row_link: str
    page_size: int


class ReportItemOut(BaseModel):
    """A report in the catalogue."""

    name: str
    title: str
    purpose: str


class ShelfOut(BaseModel):
    """Reports of one kind."""

    shelf: str
    reports: list[ReportItemOut]


class CatalogueOut(BaseModel):
    """The reports that a person may see."""

    shelves: list[ShelfOut]


class ReportCheckOut(BaseModel):
    """Two figures that must be the same."""

    code: str
    left: Yuan
    right: Yuan
    is_ok: bool


def camel(name: str) -> str:
    """``balance_ledger`` as ``BalanceLedger``."""
    return "".join(part.title() for part in name.split("_"))


def page_model(report: Report) -> Any:
    """One page of a report's rows."""
    build: Any = create_model  # built from data: the checker cannot follow the fields
    fields = {col.key: (_TYPES.get(col.kind, str) | None if col.kind != "json" else Any, ...) for col in report.columns}
    row: Any = build(f"{camel(report.name)}ReportRow", **fields)
    shape = {"items": (list[row], ...), "total": (int, ...), "is_exact": (bool, ...)}
    return build(f"{camel(report.name)}ReportPage", **shape)


def summary_model(report: Report) -> Any:
    """A report's sums, checks and groups."""
    build: Any = create_model
    sums = build(f"{camel(report.name)}ReportTotals", **dict.fromkeys(report.totals, (str | int | None, None)))
    group: Any = build(f"{camel(report.name)}ReportGroup", __base__=sums, group=(str, ...), count=(int, ...))
    shape = {
        "total": (int, ...),
        "totals": (sums, ...),
        "checks": (list[ReportCheckOut], ...),
        "groups": (list[group], ...),
    }
    return build(f"{camel(report.name)}ReportSummary", **shape)


def question_model(report: Report, *, is_paged: bool = False, more: str = "") -> Any:
    """The parameters of a report, as text."""
    fields: dict[str, Any] = {asked.key: (str | None, None) for asked in report.asked}
    if is_paged:
        fields |= {"page": (int, Field(1, ge=1, le=REACH)), "page_size": (int, Field(report.page_size, ge=1, le=200))}
    if more:
        fields[more] = (str | None, None)
    build: Any = create_model
    return build(f"{camel(report.name)}{more.title()}{'Page' if is_paged else ''}Questions", **fields)
