"""A file of receipts whose parts are done by as many workers at once."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from axle.platform.public import acting, actor_named, business_date, file_save
from axle.servicing.models import Loan, ReceiptFile
from axle.servicing.services.receipt_file_confirm import receipt_file_carry_out, receipt_file_confirm
from axle.servicing.services.receipt_file_read import receipt_file_enter, receipt_file_register


def file_posted(loans: Sequence[str]) -> ReceiptFile:
    """Register a file with a receipt for each loan named, enter it, and have it confirmed."""
    cashier, finance = actor_named("cashier"), actor_named("finance_manager")
    on, of = business_date(), Loan.objects.get(loan_no=loans[0])
    lines = [f"{loan_no},{100 + number}.00,{on},张三,AT{number}" for number, loan_no in enumerate(loans)]
    with acting(cashier, "receipt_file_register"):
        content = "\n".join(["loan_no,amount,value_on,payer_name,bank_serial", *lines]).encode()
        stored = file_save(content=content, name="receipts.csv", allowed=("text/plain",), actor=cashier)
        own = {"bank_account_id": of.bank_account_id, "legal_entity_id": of.legal_entity_id}
        file = receipt_file_register(actor=cashier, file_id=stored.pk, **own)
    _parts_at_once(receipt_file_enter, file)
    with acting(finance, "receipt_file_confirm"):
        receipt_file_confirm(actor=finance, file_no=file.file_no)
    _parts_at_once(receipt_file_carry_out, file)
    file.refresh_from_db()
    return file


def _parts_at_once(act: Callable[[str, int], None], file: ReceiptFile) -> None:
    def work(part: int) -> None:
        try:
            act(file.file_no, part)
        finally:
            connection.close()

    parts = range(file.parts.count())
    with ThreadPoolExecutor(len(parts)) as pool:
        list(pool.map(work, parts))
