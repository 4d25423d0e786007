"""Data of papers about a running loan."""

from typing import Annotated, Literal

from pydantic import PlainSerializer

from axle.documents.rendering.schemas import CompanyParty, Line, PaperDate, Percent, ScheduleRow, TemplateData
from axle.kernel.types import Yuan

CHANGES = {
    "due_day_change": "变更还款日",
    "extension": "展期",
    "rate_change": "变更利率",
    "deferral": "延期还款",
}
"""Changes of a loan as papers name them."""


class PlanSummary(TemplateData):
    """What a plan asks for from the day of the paper on."""

    annual_rate: Percent
    instalments_left: int
    next_due_on: PaperDate | None
    next_due: Yuan
    matures_on: PaperDate | None
    total_to_come: Yuan


class LoanChangeNotice(TemplateData):
    """还款计划变更通知书: what was changed on a day, the plan before and after it, and its instalments."""

    notice_no: Line
    made_on: PaperDate
    lender: CompanyParty
    borrower_name: Line
    borrower_id_no: Line
    contract_no: Line
    loan_no: Line
    change_no: Line
    executed_on: PaperDate
    change: Annotated[
        Literal["due_day_change", "extension", "rate_change", "deferral"],
        PlainSerializer(CHANGES.__getitem__, return_type=str, when_used="json"),
    ]
    before: PlanSummary
    after: PlanSummary
    schedule: list[ScheduleRow]
