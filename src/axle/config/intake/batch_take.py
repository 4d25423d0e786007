"""Taking a stretch of rows of a book: decided, kept and, when asked, booked; all of them or none."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel

from axle.config.intake.book_case import BookProduct, decision_inputs
from axle.config.intake.book_keep import DecidedRow, rows_keep
from axle.config.intake.book_row import BookRow
from axle.config.intake.commands import FILE_TAKE, api
from axle.config.intake.obligors import obligor
from axle.config.intake.place import BookPlace
from axle.decisioning.public import CaseScope, decisions_draft, decisions_keep
from axle.kernel.money import Fen
from axle.origination.public import TakenCase, reviews_begin
from axle.platform.public import Ctx, Input, Subject
from axle.product.public import cost_cap, loan_terms, product_version_get

Outcome = Literal["approve", "refer", "decline"]


class BatchIn(Input):
    """Rows of one file, and whether the approved ones are booked."""

    file_sha256: str
    mapping: str
    strategy: str
    place: BookPlace
    books: bool
    rows: list[BookRow]


class RowTaken(BaseModel):
    """What became of a row; ``contract_no`` is empty when it was not booked."""

    row: int
    outcome: Outcome
    codes: list[str]
    application_no: str
    contract_no: str
    principal: int


class ReasonTold(BaseModel):
    """What a reason code weighs, what is told outside, and its sentence for the first row that it met."""

    severity: str
    outside: str
    example: str


class BatchOut(BaseModel):
    """What became of the rows, and when they were taken."""

    taken_at: datetime
    rows: list[RowTaken]
    reasons: dict[str, ReasonTold]


@api.command("intake_batch_take", permission=FILE_TAKE)
def intake_batch_take(ctx: Ctx, data: BatchIn) -> BatchOut:
    """Decide rows and keep them, and have the referred ones reviewed.

    The same file and stretch give the first answer again.
    """
    product = book_product(data.place.product_version_id, ctx.business_on)
    rows = _decided(ctx, data, product)
    taken = rows_keep(ctx, rows, place=data.place, product=product, mapping=data.mapping)
    decisions_keep(
        [one.decision for one in rows],
        [Subject("application", one.application_id) for one in taken],
        scope=CaseScope(legal_entity_id=data.place.legal_entity_id, department_id=data.place.department_id),
    )
    reviews_begin([case.application_id for one, case in zip(rows, taken, strict=True) if one.state == "in_review"])
    return BatchOut(taken_at=ctx.now, rows=_told(rows, taken), reasons=_reasons(rows))


def book_product(version_id: int, on: date) -> BookProduct:
    """The book's product as its rows are read against it. Errors: NotFound."""
    pattern = loan_terms(
        version_id=version_id,
        principal=Fen(100),
        annual_rate=Decimal(0),
        periods=1,
        method="level_payment",
        start_on=on,
    )
    return BookProduct(product_version_get(version_id), cost_cap(version_id=version_id, on=on).rate, pattern)


def _decided(ctx: Ctx, data: BatchIn, product: BookProduct) -> list[DecidedRow]:
    inputs = [decision_inputs(row, product, product.instalment(row)) for row in data.rows]
    decisions = decisions_draft(strategy=data.strategy, cases=inputs, on=ctx.business_on)
    return [
        DecidedRow(row, obligor(data.file_sha256, row.row), decision, data.books and decision.outcome == "approve")
        for row, decision in zip(data.rows, decisions, strict=True)
    ]


def _told(rows: Sequence[DecidedRow], taken: Sequence[TakenCase]) -> list[RowTaken]:
    return [
        RowTaken(
            row=one.row.row,
            outcome=one.decision.outcome,
            codes=list(dict.fromkeys(reason.code for reason in one.decision.reasons)),
            application_no=case.application_no,
            contract_no=case.contract_no,
            principal=one.row.amount,
        )
        for one, case in zip(rows, taken, strict=True)
    ]


def _reasons(rows: Sequence[DecidedRow]) -> dict[str, ReasonTold]:
    told: dict[str, ReasonTold] = {}
    for one in rows:
        for reason in one.decision.reasons:
            told.setdefault(
                reason.code,
                ReasonTold(severity=reason.severity, outside=reason.external_en, example=reason.text_en),
            )
    return told
