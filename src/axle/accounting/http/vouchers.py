"""Vouchers: detail, manual creation, reversal."""

from datetime import date, datetime

from django.http import HttpResponse
from pydantic import BaseModel, Field

from axle.accounting import permissions
from axle.accounting.controls import MANUAL
from axle.accounting.http.api import api
from axle.accounting.models import Voucher, VoucherDocument
from axle.accounting.selectors.voucher_documents import voucher_documents
from axle.accounting.services.voucher_attach import DocumentDraft, voucher_attach
from axle.accounting.services.voucher_create import ManualVoucher, voucher_create
from axle.accounting.services.voucher_reverse import voucher_reverse
from axle.kernel.money import Fen
from axle.kernel.types import ApiPath, Yuan
from axle.ledger.public import CASH_ITEM, EntryView, LineDraft, PostedEntry, entry_get
from axle.platform.errors import NotFound
from axle.platform.http import ActorName, evidence_answer
from axle.platform.public import EVERYTHING, Actor, Ctx, Input, available_commands

MOST_DOCUMENTS = 20


class VoucherDocumentIn(Input):
    """A document that was uploaded, and what it is."""

    file_id: int
    note: str = Field("", max_length=100)

    def draft(self) -> DocumentDraft:
        return DocumentDraft(self.file_id, self.note)


class VoucherAttachIn(Input):
    """Documents for a voucher that there is."""

    entry_no: str = Field(max_length=24)
    documents: list[VoucherDocumentIn] = Field(min_length=1, max_length=MOST_DOCUMENTS)


class VoucherLineIn(Input):
    """A line of a manual voucher: an amount on one side. A line on cash says what the cash was for."""

    account: str = Field(pattern=r"^[0-9]{4}(\.[0-9]{2}){0,3}$")
    debit: Yuan = Fen(0)
    credit: Yuan = Fen(0)
    summary: str = Field("", max_length=200)
    loan_no: str = Field("", max_length=32)
    contract_no: str = Field("", max_length=32)
    cash_flow: str = Field("", max_length=48)
    bank_account_id: int | None = None

    def draft(self) -> LineDraft:
        named = {"loan_no": self.loan_no, "contract_no": self.contract_no, CASH_ITEM: self.cash_flow}
        if self.bank_account_id is not None:
            named["bank_account"] = str(self.bank_account_id)
        dimensions = {name: value for name, value in named.items() if value}
        return LineDraft(self.account, self.debit, self.credit, self.summary, dimensions)


class VoucherCreateIn(Input):
    """A manual voucher; another person reviews it before it is posted."""

    legal_entity_id: int
    booked_on: date
    summary: str = Field(min_length=1, max_length=200)
    documents: list[VoucherDocumentIn] = Field([], max_length=MOST_DOCUMENTS)
    lines: list[VoucherLineIn] = Field(min_length=2, max_length=200)


class VoucherReverseIn(Input):
    """Take a manual voucher back in red, on the business date."""

    entry_no: str
    reason: str = Field(min_length=1, max_length=120)


class VoucherPostedOut(BaseModel):
    """The voucher that now stands in the books."""

    entry_no: str
    booked_on: date


class VoucherLineOut(BaseModel):
    """A line with its account's names and its dimensions."""

    line_no: int
    account: str
    name_zh: str
    name_en: str
    summary: str
    debit: Yuan
    credit: Yuan
    dimensions: dict[str, str]


class VoucherDocumentOut(BaseModel):
    """A document behind a voucher."""

    name: str
    note: str
    file: ApiPath
    added_by: ActorName
    added_at: datetime


class DocumentsAttachedOut(BaseModel):
    """How many documents were added."""

    attached: int


class SourceOut(BaseModel):
    """The business object behind a voucher."""

    type: str
    id: int


class VoucherOut(BaseModel):
    """A voucher with its lines, its source and what may be done with it."""

    entry_no: str
    voucher_no: str
    legal_entity: str
    kind: str
    event_no: str
    booked_on: date
    value_on: date
    period: int
    summary: str
    attachments: int
    amount: Yuan
    is_red: bool
    reversal_of: str | None
    reversed_by: str | None
    maker: ActorName
    checker: ActorName
    posted_at: datetime
    source_subject: SourceOut
    rule_id: int | None
    documents: list[VoucherDocumentOut]
    lines: list[VoucherLineOut]
    actions: list[str]


@api.command(
    "voucher_create",
    permission=permissions.VOUCHER_MANAGE,
    amount=lambda data: sum(line.debit for line in data.lines),
    subject="voucher",
)
def voucher_create_command(ctx: Ctx, data: VoucherCreateIn) -> VoucherPostedOut:
    draft = ManualVoucher(
        legal_entity_id=data.legal_entity_id,
        booked_on=data.booked_on,
        summary=data.summary,
        lines=[line.draft() for line in data.lines],
        documents=[document.draft() for document in data.documents],
    )
    return _posted(voucher_create(actor=ctx.actor, checker=ctx.checker, draft=draft))


@api.command("voucher_reverse", permission=permissions.VOUCHER_MANAGE, subject="voucher")
def voucher_reverse_command(ctx: Ctx, data: VoucherReverseIn) -> VoucherPostedOut:
    posted = voucher_reverse(
        actor=ctx.actor,
        checker=ctx.checker,
        entry_no=data.entry_no,
        on=ctx.business_on,
        reason=data.reason,
    )
    return _posted(posted)


@api.command("voucher_attach", permission=permissions.VOUCHER_MANAGE, subject="voucher")
def voucher_attach_command(ctx: Ctx, data: VoucherAttachIn) -> DocumentsAttachedOut:
    documents = [document.draft() for document in data.documents]
    return DocumentsAttachedOut(
        attached=len(voucher_attach(actor=ctx.actor, entry_no=data.entry_no, documents=documents))
    )


@api.query("voucher_document", "/vouchers/{entry_no}/documents/{document_id}", permission=permissions.VOUCHER_VIEW)
def voucher_document(actor: Actor, entry_no: str, document_id: int, download: bool = False) -> HttpResponse:
    """A document behind a voucher, or behind the one that it takes back; every look is logged."""
    if actor.scope(permissions.VOUCHER_VIEW) != EVERYTHING:
        raise NotFound(what="voucher")
    found = next((one for one in voucher_documents(entry_get(entry_no)) if one.pk == document_id), None)
    if found is None:
        raise NotFound(what="file")
    told = {"operation": "voucher_document", "type": "voucher", "id": entry_no}
    return evidence_answer(actor, **told, file_id=found.file_id, is_download=download)


@api.query("voucher_get", "/vouchers/{entry_no}", permission=permissions.VOUCHER_VIEW)
def voucher_get(actor: Actor, entry_no: str) -> VoucherOut:
    """A voucher by the number of its entry."""
    if actor.scope(permissions.VOUCHER_VIEW) != EVERYTHING:
        raise NotFound(what="voucher")
    entry = entry_get(entry_no)
    return _voucher_out(actor, entry, Voucher.objects.get(entry_id=entry.entry_id))


def voucher_no(voucher: Voucher) -> str:
    """The printed number, ``记-12``; empty until it has been given."""
    return f"{voucher.word}-{voucher.number}" if voucher.number else ""


def _posted(posted: PostedEntry) -> VoucherPostedOut:
    return VoucherPostedOut(entry_no=posted.entry_no, booked_on=posted.booked_on)


def _actions(actor: Actor, entry: EntryView) -> list[str]:
    is_open = entry.kind == MANUAL and not entry.is_red and entry.reversed_by is None
    return available_commands(actor, *(["voucher_reverse"] if is_open else []), "voucher_attach")


def _document(entry_no: str, document: VoucherDocument) -> VoucherDocumentOut:
    return VoucherDocumentOut(
        name=document.file.name,
        note=document.note,
        file=f"/vouchers/{entry_no}/documents/{document.pk}",
        added_by=document.added_by,
        added_at=document.added_at,
    )


def _voucher_out(actor: Actor, entry: EntryView, voucher: Voucher) -> VoucherOut:
    documents = voucher_documents(entry)
    return VoucherOut(
        entry_no=entry.entry_no,
        voucher_no=voucher_no(voucher),
        legal_entity=entry.legal_entity,
        kind=entry.kind,
        event_no=entry.event_no,
        booked_on=entry.booked_on,
        value_on=entry.value_on,
        period=entry.period,
        summary=entry.summary,
        attachments=len(documents),
        amount=entry.amount,
        is_red=entry.is_red,
        reversal_of=entry.reversal_of,
        reversed_by=entry.reversed_by,
        maker=entry.maker,
        checker=entry.checker,
        posted_at=entry.posted_at,
        source_subject=SourceOut(type=entry.source.type, id=entry.source.id),
        rule_id=voucher.rule_id,
        documents=[_document(entry.entry_no, document) for document in documents],
        lines=[VoucherLineOut(**vars(line)) for line in entry.lines],
        actions=_actions(actor, entry),
    )
