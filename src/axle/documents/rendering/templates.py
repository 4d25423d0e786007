"""The register of templates: a code, the Typst file, and the schema of its data."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from axle.documents.errors import TemplateDataInvalid, TemplateUnknown
from axle.documents.rendering import schemas
from axle.documents.rendering.consent_papers import ConsentLetter
from axle.documents.rendering.loan_papers import DebtTransferAgreement, LoanChangeAddendum, LoanChangeNotice
from axle.documents.rendering.tables import ReportPaper, VouchersPaper

FOLDER = Path(__file__).resolve().parents[1] / "templates"
_SHARED = "parts.typ"


@dataclass(frozen=True, slots=True)
class Template:
    """A kind of paper. Its version follows its text: whoever edits the file makes a new version."""

    code: str
    schema: type[schemas.TemplateData]

    @property
    def path(self) -> Path:
        return FOLDER / f"{self.code}.typ"

    @property
    def source(self) -> str:
        """The text that decides what is printed: the shared parts, then the template."""
        return "\n".join((FOLDER / name).read_text(encoding="utf-8") for name in (_SHARED, self.path.name))

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.source.encode()).hexdigest()

    def checked(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """The data as the template reads it. Errors: TemplateDataInvalid naming the first wrong key."""
        try:
            return self.schema.model_validate(dict(data)).model_dump(mode="json")
        except ValidationError as error:
            first = error.errors(include_url=False, include_context=False)[0]
            place = ".".join(str(part) for part in first["loc"])
            raise TemplateDataInvalid(field=place, template=self.code, place=place, reason=first["msg"]) from error


@cache
def _templates() -> dict[str, Template]:
    found = (
        Template("consent_letter", ConsentLetter),
        Template("car_loan_contract", schemas.CarLoanContract),
        Template("cost_disclosure", schemas.CostDisclosure),
        Template("payoff_letter", schemas.PayoffLetter),
        Template("loan_change_notice", LoanChangeNotice),
        Template("loan_change_addendum", LoanChangeAddendum),
        Template("debt_transfer_agreement", DebtTransferAgreement),
        Template("receipt", schemas.Receipt),
        Template("report", ReportPaper),
        Template("vouchers", VouchersPaper),
    )
    return {template.code: template for template in found}


def template_named(code: str) -> Template:
    """Errors: TemplateUnknown."""
    try:
        return _templates()[code]
    except KeyError as error:
        raise TemplateUnknown(template=code) from error
