"""Reports on paper: every row on numbered pages, with sums and a line for signatures."""

from typing import Any

from axle.documents.public import paper_print
from axle.platform.http import cell_shown
from axle.platform.listing import Col
from axle.platform.public import Actor, acting, business_date, note_change, text
from axle.platform.reports import Choice, Report, column_label, report_words
from axle.reporting.errors import PrintTooLong
from axle.reporting.files import asked_shown, totals_line, watermark

MOST_ROWS = 2000
TO_THE_RIGHT = frozenset({"money", "rate", "integer"})


def report_print(report: Report, actor: Actor, choice: Choice) -> bytes:
    """A report as a PDF. Errors: PrintTooLong."""
    rows = report.rows(actor, choice)
    count = rows.count_all()
    if count > MOST_ROWS:
        raise PrintTooLong(count=count, most=MOST_ROWS)
    with acting(actor, f"{report.name}.print"):
        note_change(type="report", id=report.name, after={"rows": count, "format": "pdf"})
    cells = [[_cell(col, shown[col.key]) for col in report.columns] for shown in map(report.shown, rows.stream())]
    data = {
        "title": report_words("report", report.name),
        "asked": asked_shown(report, choice),
        "columns": [_column(report, col) for col in report.columns],
        "rows": cells,
        "totals": [str(value) for value in totals_line(report, rows.totals())],
        "signature": text("text", report.signature) if report.signature else "",
        "watermark": watermark(report, actor, choice),
    }
    return paper_print(template="report", data=data, dated=business_date())


def _column(report: Report, col: Col) -> dict[str, Any]:
    return {"label": column_label(report.name, col.key), "is_right": col.kind in TO_THE_RIGHT, "kind": col.kind}


def _cell(col: Col, value: Any) -> str:
    if col.kind == "rate" and value is not None:
        return f"{float(value):.4%}"  # a figure for the eye
    return str(cell_shown(col, value))
