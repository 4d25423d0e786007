"""Reports as CSV and Excel files, with a line that says who took them out, when, and what was asked for."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponseBase
from django.utils import timezone

from axle.platform.http import Sheet, sheet_answer
from axle.platform.public import Actor, text
from axle.platform.reports import REPORTS, Choice, Report, Row, column_label, report_words


def asked_shown(report: Report, choice: Choice) -> str:
    """What was asked for, in words."""
    told = [
        f"{column_label(report.name, asked.key)} {asked.told(choice[asked.key])}"
        for asked in report.asked
        if asked.key in choice
    ]
    return "  ".join(told)


def answers_shown(answers: Mapping[str, str]) -> str:
    """Answers kept as text, in words, without knowing for which report."""
    questions = {asked.key: asked for report in REPORTS.values() for asked in report.asked}
    told = [(key, questions[key].told(questions[key].col.read(value))) for key, value in answers.items() if value]
    return "  ".join(f"{column_label('report', key)} {answer}" for key, answer in told)


def watermark(report: Report, actor: Actor, choice: Choice) -> str:
    """Who took the report out, when, and with what filters."""
    at = timezone.localtime().strftime("%Y-%m-%d %H:%M:%S")
    return text("text", "report_watermark", who=actor.name, at=at, asked=asked_shown(report, choice))


def totals_line(report: Report, totals: Row) -> list[Any]:
    """The last line of a table: the word for a sum, and the sums below their columns."""
    if not report.totals:
        return []
    shown: Mapping[str, Any] = report.totals_shown(totals)
    line = [shown.get(col.key, "") for col in report.columns]
    line[0] = text("text", "report_sum")
    return line


def report_file(report: Report, actor: Actor, choice: Choice, format: str) -> HttpResponseBase:
    """A report as a file; CSV is streamed without limit. Errors: InputInvalid, ExportTooLarge."""
    rows = report.rows(actor, choice)
    sheet = Sheet(
        name=report.name,
        columns=report.columns,
        headings=[column_label(report.name, col.key) for col in report.columns],
        rows=(report.shown(row) for row in rows.stream()),
        count=rows.count_all(),
        head=(report_words("report", report.name), watermark(report, actor, choice)),
        totals=totals_line(report, rows.totals()),
    )
    return sheet_answer(sheet, actor, format, kind="report")
