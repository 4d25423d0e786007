"""The credit bureau: a question in XML with the consent that it rests on, the report itself as the answer."""

from datetime import date
from typing import Any

from axle.integrations.data_sources.adapter import VendorSource
from axle.sources.ports import Particulars, Question, SourceTrouble
from axle.sources.public import CreditFigures, ReportUnreadable, credit_figures_read

_LOAN_APPROVAL = "02"


class CreditBureau(VendorSource):
    """二代个人信用报告."""

    def worded(self, question: Question) -> dict[str, str]:
        case = question.case
        return {
            "orgCode": "A10000000H0001",
            "reqNo": question.request_no,
            "name": case.name,
            "certNo": case.id_no,
            "mobile": case.phone,
            "queryReason": _LOAN_APPROVAL,
            "authNo": question.consent_no,
            "reqDate": question.asked_on.isoformat(),
        }

    def parsed(self, raw: str) -> Any:
        return raw

    def is_nothing(self, content: Any) -> bool:
        return "<NoRecord" in content

    def told(self, content: Any, case: Particulars, on: date) -> CreditFigures:
        """The figures of a report. Errors: SourceTrouble, also when the report is about somebody else."""
        try:
            figures = credit_figures_read(content, case, on=on)
        except ReportUnreadable as error:
            raise SourceTrouble("answer_unreadable", is_final=True) from error
        if not figures.id_is_same:
            raise SourceTrouble("another_person", is_final=True)
        return figures
