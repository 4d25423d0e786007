"""Files of receipts: entered by one person, confirmed by another, told row by row."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from axle.kernel.types import Yuan
from axle.payments.public import paying_account
from axle.platform.errors import NotFound
from axle.platform.http import ActorName
from axle.platform.listing import Col, Listing
from axle.platform.public import Actor, Ctx, Input, available_commands, legal_entities
from axle.servicing import permissions as may
from axle.servicing.http.base import api
from axle.servicing.jobs import confirm_receipt_file, enter_receipt_file
from axle.servicing.models import ReceiptFile, ReceiptFileState, RowProblem
from axle.servicing.selectors.visible import receipt_file_visible, receipt_files_visible, receipt_rows_visible
from axle.servicing.services import receipt_file_confirm as confirming
from axle.servicing.services import receipt_file_read as reading


class ReceiptFileRegisterIn(Input):
    """A company's receipts: CSV in UTF-8 or GB18030 whose head names loan, amount, day, payer, serial number."""

    legal_entity_id: int
    file_id: int = Field(ge=1, le=2**63 - 1, json_schema_extra={"format": "file-id"})


class ReceiptFileIn(Input):
    file_no: str = Field(max_length=24)


class ReceiptFileReasonIn(ReceiptFileIn):
    reason: str = Field(min_length=2, max_length=200)


class ReceiptFileOut(BaseModel):
    file_no: str
    file_state: ReceiptFileState


class ReceiptFileDetail(ReceiptFileOut):
    """A file with what became of its rows, and what may be done next."""

    id: int
    file_name: str
    legal_entity: str
    rows: int
    refused: int
    amount: Yuan
    registered_by: ActorName
    registered_at: datetime
    confirmed_by: ActorName
    confirmed_at: datetime | None
    closing_reason: str
    actions: list[str]


def _out(file: ReceiptFile) -> ReceiptFileOut:
    return ReceiptFileOut(file_no=file.file_no, file_state=ReceiptFileState(file.state))


def _parts(file: ReceiptFile) -> list[dict[str, Any]]:
    """What the jobs are told, one for each part of the file."""
    parts = file.parts.order_by("part").values_list("part", flat=True)
    return [{"file_no": file.file_no, "part": part} for part in parts]


@api.command("receipt_file_register", permission=may.RECEIPT_REGISTER, subject="receipt_file")
def receipt_file_register(ctx: Ctx, data: ReceiptFileRegisterIn) -> ReceiptFileOut:
    if data.legal_entity_id not in {entity.id for entity in legal_entities()}:
        raise NotFound(field="legal_entity_id", what="legal_entity")
    account = paying_account(data.legal_entity_id)
    if account is None:
        raise NotFound(field="legal_entity_id", what="bank_account")
    own = {"file_id": data.file_id, "legal_entity_id": data.legal_entity_id, "bank_account_id": account.id}
    file = reading.receipt_file_register(actor=ctx.actor, **own)
    enter_receipt_file.defer_all(_parts(file))
    return _out(file)


@api.command("receipt_file_confirm", permission=may.RECEIPT_CONFIRM, subject="receipt_file")
def receipt_file_confirm(ctx: Ctx, data: ReceiptFileIn) -> ReceiptFileOut:
    receipt_file_visible(ctx.actor, data.file_no)
    file = confirming.receipt_file_confirm(actor=ctx.actor, file_no=data.file_no)
    confirm_receipt_file.defer_all(_parts(file))
    return _out(file)


@api.command("receipt_file_reject", permission=may.RECEIPT_CONFIRM, subject="receipt_file")
def receipt_file_reject(ctx: Ctx, data: ReceiptFileReasonIn) -> ReceiptFileOut:
    """What finance does not find is entered no further; the corrected file, or the same one, may be registered."""
    receipt_file_visible(ctx.actor, data.file_no)
    return _out(confirming.receipt_file_reject(actor=ctx.actor, file_no=data.file_no, reason=data.reason))


def _actions(actor: Actor, file: ReceiptFile) -> list[str]:
    if file.state != ReceiptFileState.REGISTERED:
        return []
    is_own = actor.user_id == file.registered_by_id
    return available_commands(actor, *([] if is_own else ["receipt_file_confirm"]), "receipt_file_reject")


@api.query("receipt_file_get", "/receipt-files/{file_no}", permission=may.RECEIPT_VIEW)
def receipt_file_get(actor: Actor, file_no: str) -> ReceiptFileDetail:
    """A file in scope."""
    file = receipt_file_visible(actor, file_no)
    same = ("id", "file_no", "rows", "refused", "amount")
    people = ("registered_by", "registered_at", "confirmed_by", "confirmed_at", "closing_reason")
    facts: dict[str, Any] = {name: getattr(file, name) for name in (*same, *people)}
    return ReceiptFileDetail(
        **facts,
        file_state=ReceiptFileState(file.state),
        file_name=file.name,
        legal_entity=file.legal_entity.name,
        actions=_actions(actor, file),
    )


api.listing(
    Listing(
        name="receipt_files",
        is_growing=True,
        permission=may.RECEIPT_VIEW,
        queryset=receipt_files_visible,
        columns=[
            Col("file_no"),
            Col("file_name", source="name", is_sortable=False),
            Col("file_state", "enum", source="state", enum="ReceiptFileState", choices=ReceiptFileState.values),
            Col("rows", "integer", is_sortable=False),
            Col("refused", "integer", is_sortable=False),
            Col("amount", "money", is_sortable=False),
            Col("registered_by"),
            Col("registered_at", "datetime"),
            Col("confirmed_by"),
            Col("confirmed_at", "datetime", is_sortable=False),
        ],
        search=["file_no", "name"],
        filters=["file_state", "registered_at"],
        default_sort="-registered_at",
        row_link="/loan/receipt-files/{file_no}",
        toolbar=["receipt_file_register"],
    )
)
api.listing(
    Listing(
        name="receipt_file_rows",
        is_growing=True,
        permission=may.RECEIPT_VIEW,
        queryset=receipt_rows_visible,
        columns=[
            Col("file_no", source="file__file_no"),
            Col("row", "integer", is_sortable=False),
            Col("loan_no", is_sortable=False),
            Col("amount", "money", is_sortable=False),
            Col("receipt_no", source="receipt__receipt_no", is_sortable=False, link="/loan/receipts/{receipt_no}"),
            Col("state", "enum", source="receipt__state", enum="ReceiptState", is_sortable=False),
            Col("row_problem", "enum", source="problem", enum="RowProblem", choices=RowProblem.values),
            Col("detail", is_sortable=False),
        ],
        filters=["file_no", "row_problem"],
        default_sort="id",
    )
)
