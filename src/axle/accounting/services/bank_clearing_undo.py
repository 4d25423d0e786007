"""Take a clearing back."""

from axle.accounting.errors import ClearingInClosedMonth
from axle.accounting.models import BankClearing
from axle.ledger.public import booking_date
from axle.payments.public import bank_account_get
from axle.platform.errors import NotFound
from axle.platform.public import note_change


def bank_clearing_undo(*, clearing_id: int) -> None:
    """Let the lines of a clearing be in transit again. Errors: NotFound, ClearingInClosedMonth."""
    clearing = BankClearing.objects.select_for_update().filter(pk=clearing_id).first()
    if clearing is None:
        raise NotFound(field="clearing_id", what="bank_clearing")
    company = bank_account_get(clearing.bank_account_id).legal_entity_id
    if booking_date(legal_entity_id=company, value_on=clearing.complete_on) != clearing.complete_on:
        raise ClearingInClosedMonth(field="clearing_id", on=clearing.complete_on.isoformat())
    lines = list(clearing.lines.values_list("book_line_id", "statement_line_id"))
    note_change(type="bank_clearing", id=clearing.pk, before={"amount": clearing.amount, "lines": lines})
    clearing.delete()
