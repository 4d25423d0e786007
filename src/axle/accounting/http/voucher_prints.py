"""Vouchers on paper (记账凭证): one, or the numbered ones of a month, several on a page."""

from typing import Annotated, Any

from django.http import HttpResponse
from django.utils import timezone
from ninja import Query

from axle.accounting import permissions
from axle.accounting.errors import VouchersNotFound
from axle.accounting.http.api import api
from axle.accounting.models import Voucher
from axle.accounting.selectors.voucher_documents import document_counts
from axle.documents.public import paper_print
from axle.ledger.public import EntryView, entries_get
from axle.platform.public import EVERYTHING, Actor, acting, actor_shown, business_date, note_change, text

MOST = 200


@api.query("vouchers_print", "/voucher-prints", permission=permissions.VOUCHER_VIEW)
def vouchers_print(
    actor: Actor,
    entry_no: Annotated[str, Query(max_length=24)] = "",
    legal_entity_id: int | None = None,
    period: int | None = None,
    number_from: Annotated[int, Query(ge=1)] = 1,
    number_to: Annotated[int, Query(ge=1)] = MOST,
) -> HttpResponse:
    """One voucher by its entry, or those of a company and a month from a number to a number, as a PDF."""
    rows = Voucher.objects.order_by("legal_entity_id", "period", "word", "number")
    if entry_no:
        rows = rows.filter(entry__entry_no=entry_no)
    elif legal_entity_id is None or period is None:
        raise VouchersNotFound(field="period")
    else:
        rows = rows.filter(legal_entity_id=legal_entity_id, period=period, number__range=(number_from, number_to))
    found = list(rows[:MOST]) if actor.scope(permissions.VOUCHER_VIEW) == EVERYTHING else []
    if not found:
        raise VouchersNotFound(field="period")
    with acting(actor, "vouchers.print"):
        note_change(type="voucher", id="*", after={"rows": len(found), "format": "pdf"})
    entries = entries_get([voucher.entry_id for voucher in found])
    counts = document_counts(entries.values())
    at = timezone.localtime().strftime("%Y-%m-%d %H:%M:%S")
    data = {
        "company": entries[found[0].entry_id].legal_entity,
        "vouchers": [_paper(voucher, entries[voucher.entry_id], counts) for voucher in found],
        "watermark": text("text", "voucher_watermark", who=actor.name, at=at),
    }
    content = paper_print(template="vouchers", data=data, dated=business_date())
    return HttpResponse(content, content_type="application/pdf")


def _paper(voucher: Voucher, entry: EntryView, counts: dict[str, int]) -> dict[str, Any]:
    system = actor_shown("system")
    return {
        "voucher_no": f"{voucher.word}-{voucher.number}" if voucher.number else "",
        "entry_no": entry.entry_no,
        "booked_on": entry.booked_on,
        "attachments": counts[entry.entry_no],
        "maker": entry.maker or system,
        "checker": entry.checker or system,
        "poster": system,
        "lines": [
            {
                "summary": line.summary,
                "account": f"{line.account} {line.name_zh}",
                "debit": line.debit,
                "credit": line.credit,
            }
            for line in entry.lines
        ],
    }
