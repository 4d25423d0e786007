"""What the templates of printed tables need."""

from pydantic import Field

from axle.documents.rendering.schemas import Line, TemplateData


class TableColumn(TemplateData):
    """A heading, and how its cells are set."""

    label: Line
    is_right: bool = False
    kind: str = "text"


class ReportPaper(TemplateData):
    """A report: cells as text, money with two decimals. An empty ``signature`` leaves no column to sign in."""

    title: Line
    asked: str
    columns: list[TableColumn] = Field(min_length=1)
    rows: list[list[str]]
    totals: list[str]
    signature: str = ""
    watermark: str
