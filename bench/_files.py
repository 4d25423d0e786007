"""Receipts as a file: registered by one person, entered, confirmed by another, its parts at once, as the jobs do it."""

import os
from collections.abc import Callable, Iterable
from time import perf_counter
from typing import NamedTuple

from _at_once import at_once

from axle.platform.public import acting, actor_named, business_date, file_save
from axle.servicing.models import ReceiptFile
from axle.servicing.services.receipt_file_confirm import receipt_file_carry_out, receipt_file_confirm
from axle.servicing.services.receipt_file_read import receipt_file_enter, receipt_file_register

HEAD = "loan_no,amount,value_on,payer_name,bank_serial"


class Posted(NamedTuple):
    """Seconds until a file was entered and confirmed, processor seconds of the workers, and rows refused."""

    entered: float
    seconds: float
    busy: float
    refused: int


def file_post(money: Iterable[tuple[str, str]]) -> Posted:
    """Post receipts of today, each of a loan's number and an amount in yuan."""
    cashier, finance = actor_named("cashier"), actor_named("finance_manager")
    run_no, today = os.urandom(4).hex(), business_date().isoformat()
    lines = [f"{loan_no},{amount},{today},张三,F{run_no}{n}" for n, (loan_no, amount) in enumerate(money)]
    with acting(cashier, "receipt_file_register"):
        content = "\n".join([HEAD, *lines]).encode()
        stored = file_save(content=content, name="receipts.csv", allowed=("text/plain",), actor=cashier)
        own = {"file_id": stored.pk, "bank_account_id": 1, "legal_entity_id": 1}
        file = receipt_file_register(actor=cashier, **own)
    begun, worked = perf_counter(), _busy()
    _parts_do(receipt_file_enter, file)
    entered = perf_counter() - begun
    with acting(finance, "receipt_file_confirm"):
        receipt_file_confirm(actor=finance, file_no=file.file_no)
    _parts_do(receipt_file_carry_out, file)
    seconds, busy = perf_counter() - begun, _busy() - worked
    file.refresh_from_db()
    return Posted(entered, seconds, busy, file.refused)


def _parts_do(act: Callable[[str, int], None], file: ReceiptFile) -> None:
    at_once(lambda part: act(file.file_no, part), file.parts.count())


def _busy() -> float:
    times = os.times()
    return times.children_user + times.children_system
