"""What other contexts and the wiring call on accounting."""

from axle.accounting.controls import (
    ControlResult,
    controls_compare,
    register_cash,
    register_control,
    register_totals_at_close,
)
from axle.accounting.eod import EOD_STEPS
from axle.accounting.selectors.bank_items import book_lines
from axle.accounting.selectors.books import (
    VoucherFacts,
    allowance_of_books,
    income_of_products,
    principal_account_ids,
    voucher_facts,
)
from axle.accounting.services.bank_lines_clear import bank_lines_clear_alike
from axle.accounting.services.bank_reconciliation_begin import bank_reconciliation_begin
from axle.accounting.services.books_prepare import books_prepare
from axle.accounting.services.books_upgrade import BooksUpgraded, books_upgrade
from axle.accounting.services.events_import import events_import
from axle.accounting.services.voucher_attach import DocumentDraft
from axle.accounting.services.voucher_create import ManualVoucher, voucher_create
from axle.accounting.services.vouchers_number import vouchers_number
from axle.accounting.standard import account_of

__all__ = [
    "EOD_STEPS",
    "BooksUpgraded",
    "ControlResult",
    "DocumentDraft",
    "ManualVoucher",
    "VoucherFacts",
    "account_of",
    "allowance_of_books",
    "bank_lines_clear_alike",
    "bank_reconciliation_begin",
    "book_lines",
    "books_prepare",
    "books_upgrade",
    "controls_compare",
    "events_import",
    "income_of_products",
    "principal_account_ids",
    "register_cash",
    "register_control",
    "register_totals_at_close",
    "voucher_create",
    "voucher_facts",
    "vouchers_number",
]
