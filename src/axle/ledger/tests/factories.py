"""Charts and entries in the ledger's own words."""

from datetime import date

from django.db import transaction

from axle.kernel.money import Fen, parse_yuan
from axle.ledger.domain.drafts import EntryDraft, LineDraft
from axle.ledger.services.account_save import AccountDraft
from axle.ledger.services.chart_load import chart_load

CHART = [
    AccountDraft("1002", "银行存款", "Bank deposits", "asset", "debit"),
    AccountDraft("1303", "贷款", "Loans", "asset", "debit"),
    AccountDraft("1303.01", "正常本金", "Loan principal"),
    AccountDraft("1303.02", "逾期本金", "Overdue principal"),
    AccountDraft("6011", "利息收入", "Interest income", "income", "credit"),
]


def load_chart() -> None:
    with transaction.atomic():
        chart_load(CHART)


def debit(account: str, amount: str, **dimensions: str) -> LineDraft:
    return LineDraft(account, debit=parse_yuan(amount), dimensions=dimensions)


def credit(account: str, amount: str, **dimensions: str) -> LineDraft:
    return LineDraft(account, credit=parse_yuan(amount), dimensions=dimensions)


def draft(
    entity_id: int,
    *lines: LineDraft,
    event_no: str = "E1",
    on: date = date(2026, 3, 12),
    is_red: bool = False,
    kind: str = "loan_disbursed",
) -> EntryDraft:
    return EntryDraft(
        legal_entity_id=entity_id,
        kind=kind,
        event_no=event_no,
        value_on=on,
        summary="发放贷款",
        source_type="loan",
        source_id=7,
        lines=lines,
        booked_on=on,
        is_red=is_red,
    )


def loan_draft(
    entity_id: int, amount: str = "100000.00", *, event_no: str = "E1", on: date = date(2026, 3, 12)
) -> EntryDraft:
    """A disbursement of a loan: principal up, bank down."""
    lines = debit("1303.01", amount, loan_no="L1"), credit("1002", amount, loan_no="L1")
    return draft(entity_id, *lines, event_no=event_no, on=on)


def fen(text: str) -> Fen:
    return parse_yuan(text)
