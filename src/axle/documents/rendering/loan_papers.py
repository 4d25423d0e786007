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
    "restructuring": "债务重组",
    "agreed_plan": "约定还款计划",
    "bank_card_change": "变更还款银行卡",
    "plate_change": "变更车牌",
    "particulars_change": "变更借款人信息",
    "guarantor_change": "变更保证人",
    "acceleration": "宣布提前到期",
}
"""Changes of a loan as papers name them."""


ChangeName = Annotated[
    Literal[
        "due_day_change",
        "extension",
        "rate_change",
        "deferral",
        "restructuring",
        "agreed_plan",
        "bank_card_change",
        "plate_change",
        "particulars_change",
        "guarantor_change",
    ],
    PlainSerializer(CHANGES.__getitem__, return_type=str, when_used="json"),
]

VALUES = {
    "card_no": "银行卡号",
    "bank_name": "开户行",
    "plate_no": "车牌号",
    "name": "姓名",
    "phone": "手机号码",
    "residence_address": "居住地址",
    "region_code": "所在地区",
    "employer": "工作单位",
    "guarantor_name": "保证人姓名",
    "guarantor_id_no": "保证人证件号码",
    "guarantor_phone": "保证人手机号码",
}
"""What a change of particulars names, as papers name it."""


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
    change: ChangeName
    before: PlanSummary
    after: PlanSummary
    schedule: list[ScheduleRow]


class ValueChange(TemplateData):
    """One value before and after a change."""

    name: Annotated[str, PlainSerializer(VALUES.__getitem__, return_type=str, when_used="json")]
    before: str
    after: str


class AgreedRow(TemplateData):
    """A row of a plan that is agreed one by one."""

    due_on: PaperDate
    principal: Yuan


class LoanChangeAddendum(TemplateData):
    """合同变更补充协议: what lender and borrower agree to change, with the plan or the values before and after it.

    ``agreed`` are the rows of a plan that is agreed one by one.
    """

    paper_no: Line
    made_on: PaperDate
    lender: CompanyParty
    borrower_name: Line
    borrower_id_no: Line
    contract_no: Line
    loan_no: Line
    change_no: Line
    effective_on: PaperDate
    change: ChangeName
    fee: Yuan
    borrower_signs: bool
    guarantor_name: Line | None
    before: PlanSummary | None
    after: PlanSummary | None
    values: list[ValueChange]
    agreed: list[AgreedRow] = []


class DebtTransferAgreement(TemplateData):
    """债务转让协议: a new borrower takes over what the old one owes, and the lender agrees. Source: REG-CIVIL-551."""

    paper_no: Line
    made_on: PaperDate
    lender: CompanyParty
    borrower_name: Line
    borrower_id_no: Line
    new_borrower_name: Line
    new_borrower_id_no: Line
    contract_no: Line
    loan_no: Line
    change_no: Line
    effective_on: PaperDate
    principal_balance: Yuan
    instalments_left: int
    matures_on: PaperDate | None
    guarantor_name: Line | None
