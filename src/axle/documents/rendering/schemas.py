"""What each template needs. A missing or wrong key is refused before anything is rendered.

Amounts enter as fen or yuan strings and leave for the template as yuan strings; rates are annual fractions and
leave as percentages. Capital amounts are computed here from the same fen, so figures and capitals cannot differ.
"""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    computed_field,
    model_validator,
)

from axle.documents.domain.capital_amount import capital_amount
from axle.kernel.money import Fen
from axle.kernel.types import RateStr, Yuan

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400)]
OptionalLine = Annotated[str, StringConstraints(strip_whitespace=True, max_length=400)]
Percent = Annotated[RateStr, PlainSerializer(lambda rate: f"{rate * 100:.2f}%", return_type=str, when_used="json")]
"""A Decimal annual fraction inside, ``"8.99%"`` on paper."""
PaperDate = Annotated[
    date, PlainSerializer(lambda day: f"{day.year}年{day.month}月{day.day}日", return_type=str, when_used="json")
]

METHODS = {
    "level_payment": "等额本息",
    "level_principal": "等额本金",
    "interest_first": "先息后本",
    "flat": "等本等息",
    "balloon": "气球贷",
    "stepped": "阶梯还款",
    "quarterly_interest": "按季付息",
    "single": "利随本清",
    "irregular": "按约定计划还款",
    "rule_78": "七八法则",
}
"""Repayment methods as contracts name them."""
CONDITIONS = {"new": "新车", "used": "二手车"}


def _known_method(method: str) -> str:
    if method not in METHODS:
        raise ValueError("unknown_repayment_method")
    return method


Method = Annotated[
    str, AfterValidator(_known_method), PlainSerializer(METHODS.__getitem__, return_type=str, when_used="json")
]


class TemplateData(BaseModel):
    """The base of all template data: nothing missing, nothing unknown."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class CompanyParty(TemplateData):
    """A company as a party."""

    name: Line
    uscc: OptionalLine = ""
    address: OptionalLine = ""
    phone: OptionalLine = ""
    legal_representative: OptionalLine = ""


class PersonParty(TemplateData):
    """A person as a party."""

    name: Line
    id_no: Line
    phone: Line
    address: OptionalLine = ""


class Account(TemplateData):
    """A bank account."""

    name: Line
    bank_name: Line
    account_no: Line


class VehicleItem(TemplateData):
    """The financed car."""

    description: Line
    vin: Line
    engine_no: OptionalLine = ""
    plate_no: OptionalLine = ""
    condition: Annotated[
        Literal["new", "used"],
        PlainSerializer(
            lambda condition: {"new": "新车", "used": "二手车"}[condition], return_type=str, when_used="json"
        ),
    ]
    price: Yuan


class LoanTerms(TemplateData):
    """The price and the rules of the loan. ``irr_annual`` is the IRR-based annual rate that must be shown.

    Source: REG-PBOC-2021-3
    """

    principal: Yuan
    down_payment: Yuan
    periods: int = Field(ge=1, le=480)
    method: Method
    annual_rate: Percent
    irr_annual: Percent
    penalty_rate: Percent
    grace_days: int = Field(ge=0, le=60)
    start_on: PaperDate
    first_due_on: PaperDate
    last_due_on: PaperDate
    early_settlement: Line

    @computed_field  # type: ignore[prop-decorator]
    @property
    def principal_in_capitals(self) -> str:
        return capital_amount(self.principal)


class ScheduleRow(TemplateData):
    """One instalment. ``balance`` is the principal left after it."""

    no: int
    due_on: PaperDate
    principal: Yuan
    interest: Yuan
    fee: Yuan = Fen(0)
    total: Yuan
    balance: Yuan


class CostItem(TemplateData):
    """One cost of normal performance, with its annualised level."""

    name: Line
    collection_way: Line
    standard: Line
    collecting_party: Line
    amount: Yuan
    annualised: Percent


class ContingentItem(TemplateData):
    """A cost that arises only on default."""

    name: Line
    standard: Line
    collecting_party: Line


class CostSheet(TemplateData):
    """综合融资成本明示表: every cost, who collects it, and the annualised all-in cost.

    Source: REG-NFRA-2026-2
    """

    principal: Yuan
    items: list[CostItem] = Field(min_length=1)
    total_annualised: Percent
    contingent: list[ContingentItem]


class CarLoanContract(TemplateData):
    """汽车消费贷款合同. The schedule repays the principal exactly, and the cost sheet names the same principal."""

    contract_no: Line
    made_on: PaperDate
    lender: CompanyParty
    borrower: PersonParty
    co_borrowers: list[PersonParty] = []
    dealer_name: Line
    vehicle: VehicleItem
    loan: LoanTerms
    payee: Account
    repayment_account: Account
    schedule: list[ScheduleRow] = Field(min_length=1)
    cost: CostSheet

    @model_validator(mode="after")
    def _figures_agree(self) -> Self:
        if sum(row.principal for row in self.schedule) != self.loan.principal:
            raise ValueError("schedule_differs_from_principal")
        if self.cost.principal != self.loan.principal:
            raise ValueError("cost_sheet_differs_from_contract")
        if len(self.schedule) != self.loan.periods:
            raise ValueError("schedule_differs_from_periods")
        return self

    @computed_field  # type: ignore[prop-decorator]
    @property
    def totals(self) -> "ScheduleTotals":
        return ScheduleTotals(
            principal=Fen(sum(row.principal for row in self.schedule)),
            interest=Fen(sum(row.interest for row in self.schedule)),
            fee=Fen(sum(row.fee for row in self.schedule)),
            total=Fen(sum(row.total for row in self.schedule)),
        )


class ScheduleTotals(TemplateData):
    """The sums under the schedule."""

    principal: Yuan
    interest: Yuan
    fee: Yuan
    total: Yuan


class CostDisclosure(TemplateData):
    """The cost sheet as a document of its own, confirmed before the contract is signed."""

    contract_no: Line
    made_on: PaperDate
    lender: CompanyParty
    borrower: PersonParty
    cost: CostSheet


class PayoffLetter(TemplateData):
    """结清证明: what the borrower shows at the vehicle administration office to release the mortgage."""

    letter_no: Line
    made_on: PaperDate
    lender: CompanyParty
    borrower_name: Line
    borrower_id_no: Line
    contract_no: Line
    loan_no: Line
    principal: Yuan
    start_on: PaperDate
    settled_on: PaperDate
    vehicle: Line
    vin: Line

    @computed_field  # type: ignore[prop-decorator]
    @property
    def principal_in_capitals(self) -> str:
        return capital_amount(self.principal)


class ReceiptPart(TemplateData):
    """One part of a receipt."""

    name: Line
    amount: Yuan


class Receipt(TemplateData):
    """收款收据. The parts add up to the amount."""

    receipt_no: Line
    made_on: PaperDate
    lender: CompanyParty
    payer_name: Line
    loan_no: Line
    amount: Yuan
    parts: list[ReceiptPart] = Field(min_length=1)
    channel: Line
    note: OptionalLine = ""

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if sum(part.amount for part in self.parts) != self.amount:
            raise ValueError("receipt_parts_differ_from_amount")
        return self

    @computed_field  # type: ignore[prop-decorator]
    @property
    def amount_in_capitals(self) -> str:
        return capital_amount(self.amount)
