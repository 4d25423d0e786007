"""What the templates of printed tables need."""

from typing import Self

from pydantic import Field, computed_field, model_validator

from axle.documents.domain.capital_amount import capital_amount
from axle.documents.rendering.schemas import Line, PaperDate, TemplateData
from axle.kernel.money import Fen
from axle.kernel.types import Yuan


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


class VoucherLine(TemplateData):
    """A line of a voucher: an amount on one side."""

    summary: str
    account: Line
    debit: Yuan
    credit: Yuan


class VoucherPaper(TemplateData):
    """One voucher (记账凭证). Debits and credits add up to the same."""

    voucher_no: str
    entry_no: Line
    booked_on: PaperDate
    attachments: int
    maker: str
    checker: str
    poster: str
    lines: list[VoucherLine] = Field(min_length=1)

    @model_validator(mode="after")
    def _balances(self) -> Self:
        if sum(line.debit for line in self.lines) != sum(line.credit for line in self.lines):
            raise ValueError("voucher_does_not_balance")
        return self

    @computed_field  # type: ignore[prop-decorator]
    @property
    def total(self) -> Yuan:
        return Fen(sum(line.debit for line in self.lines))

    @computed_field  # type: ignore[prop-decorator]
    @property
    def amount_in_capitals(self) -> str:
        total = sum(line.debit for line in self.lines)
        return f"负{capital_amount(Fen(-total))}" if total < 0 else capital_amount(Fen(total))


class VouchersPaper(TemplateData):
    """Vouchers of one company, in the order of their numbers."""

    company: Line
    vouchers: list[VoucherPaper] = Field(min_length=1)
    watermark: str
