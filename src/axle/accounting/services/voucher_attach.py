"""Attach documents to a voucher (附单据)."""

from collections.abc import Sequence
from dataclasses import dataclass

from axle.accounting.errors import VoucherDocumentTwice
from axle.accounting.models import Voucher, VoucherDocument
from axle.platform.errors import NotFound
from axle.platform.public import Actor, created, file_uploaded


@dataclass(frozen=True)
class DocumentDraft:
    """A file that the actor has uploaded, and what it is."""

    file_id: int
    note: str = ""


def voucher_attach(*, actor: Actor, entry_no: str, documents: Sequence[DocumentDraft]) -> list[VoucherDocument]:
    """Put documents behind a voucher, whatever month it is in: they change no figure. Nothing takes them off again.

    Errors: NotFound for the voucher or for a file that the actor has not uploaded, VoucherDocumentTwice.
    """
    voucher = Voucher.objects.filter(entry__entry_no=entry_no).first()
    if voucher is None:
        raise NotFound(field="entry_no", what="voucher")
    known = set(voucher.documents.values_list("file_id", flat=True))
    kept = []
    for place, document in enumerate(documents):
        field = f"documents.{place}.file_id"
        file = file_uploaded(actor=actor, file_id=document.file_id, field=field)
        if file.pk in known:
            raise VoucherDocumentTwice(field=field, name=file.name)
        known.add(file.pk)
        row = VoucherDocument(voucher=voucher, file=file, note=document.note, added_by=actor.name)
        row.save()
        kept.append(created(row))
    return kept
