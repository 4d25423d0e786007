"""A loan of ten years with ``size`` receipts: its page, its payoff, a receipt dated five years back, its write-off.

Milliseconds are server time without the network: from the call to the JSON text of the answer, or to the commit; the
median of several, and of each the time that this process was busy (``cpu``), which other work on the machine blurs
less. The books are those of ``receipts`` (10,000 loans). The floor is one replay of the loan. Of the write-off its
execution is measured, and undone.
"""

import os
import resource
import statistics
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from time import perf_counter, process_time
from typing import Any

import portfolio
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from receipts import BOOK

from axle.accounting.public import events_import
from axle.amortization.public import Rules, Terms, WriteOff, rules_from_json, schedule
from axle.config.cli.framework import as_owner
from axle.kernel.money import Fen
from axle.origination.models import Application, Contract
from axle.platform.public import acting, actor_named, business_date, constraints_check, next_no, system_actor
from axle.servicing.http.loans import loan_detail
from axle.servicing.models import Loan
from axle.servicing.selectors.loan_page import loan_page
from axle.servicing.selectors.visible import loan_visible
from axle.servicing.services.loan_lock import loan_locked
from axle.servicing.services.loan_restate import loan_restate
from axle.servicing.services.loans_import import ImportedLoan, ImportedReceipt, loans_import
from axle.servicing.services.opening import LoanOpening
from axle.servicing.services.payoff_quote_create import payoff_amounts
from axle.servicing.services.receipt_confirm import receipt_confirm
from axle.servicing.services.receipt_register import ReceiptData, receipt_register

YEARS = 10
TIMES = 7


def run(size: int = 2000) -> dict[str, Any]:
    """Milliseconds of what people do with a long loan."""
    portfolio.run(BOOK)
    loan = Loan.objects.get(pk=_long_loan(size))
    on = business_date()
    with CaptureQueriesContext(connection) as queries:
        _page(loan.loan_no)
    return {
        "size": size,
        "events": loan.events.count(),
        **_times("page", lambda: _page(loan.loan_no), goal=50),
        "page queries": len(queries),
        "page bytes": len(_page(loan.loan_no)),
        **_times("payoff quote", lambda: payoff_amounts(loan, on), goal=20),
        **_times("floor: replay", lambda: loan_page(loan)),
        **_times("write-off", lambda: _written_off(loan), goal=50),
        **_times("backdated receipt", lambda: _backdated(loan), goal=100),
        "peak memory mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "load_average": os.getloadavg(),
    }


def _times(name: str, act: Callable[[], Any], *, goal: int | None = None) -> dict[str, float]:
    walls, busy = [], []
    for _time in range(TIMES):
        begun, worked = perf_counter(), process_time()
        act()
        walls.append(perf_counter() - begun)
        busy.append(process_time() - worked)
    wall, cpu = (round(statistics.median(times) * 1000, 1) for times in (walls, busy))
    return {f"{name} ms": wall, f"{name} cpu ms": cpu} | ({f"{name} goal ms": goal} if goal else {})


def _written_off(loan: Loan) -> None:
    """Carry a write-off out, to the checks of the commit, and undo it."""
    actor, on = system_actor("bench"), business_date()
    with transaction.atomic():
        with acting(actor, "loan_change_approve"):
            locked = loan_locked(loan.loan_no)
            event = WriteOff(id=next_no("LE", on=on), on=on)
            loan_restate(actor=actor, loan=locked, event=event, business_on=on)
        constraints_check()
        transaction.set_rollback(True)


def _page(loan_no: str) -> str:
    actor = actor_named("auditor")
    return loan_detail(actor, loan_page(loan_visible(actor, loan_no))).model_dump_json()


def _backdated(loan: Loan) -> None:
    cashier, finance = actor_named("cashier"), actor_named("finance_manager")
    on = business_date() - timedelta(days=5 * 365)
    data = ReceiptData(amount=Fen(5_000), value_on=on, channel="transfer", bank_account_id=1, payer_name="张三")
    with acting(cashier, "receipt_register"):
        receipt = receipt_register(actor=cashier, data=data, loan_no=loan.loan_no, legal_entity_id=1)
    with acting(finance, "receipt_confirm"):
        receipt_confirm(actor=finance, receipt_no=receipt.receipt_no)


def _long_loan(size: int) -> int:
    """Take over a loan of ten years that was paid in many small parts; gives its key."""
    known = Loan.objects.filter(periods=YEARS * 12 + 1, state="in_force").order_by("-pk").first()
    if known is not None:
        return known.pk
    model, on = Loan.objects.filter(state="in_force").earliest("pk"), business_date()
    start = date(on.year - YEARS, on.month, 1)
    terms = Terms(
        principal=Fen(3_000_000_00), annual_rate=Decimal("0.0699"), method="level_payment", periods=YEARS * 12 + 1,
        start_on=start,
    )  # fmt: skip
    _rules_reach_back(start)
    with transaction.atomic(), acting(system_actor("demo"), "demo_load"):
        opening = _opening(model)
        loan = ImportedLoan(opening, terms, _rules(model), _receipts(terms, on, size))
        events = loans_import(actor=system_actor("demo"), loans=[loan], business_on=on)
        events_import(events)
    return Loan.objects.get(contract_id=opening.contract_id).pk


def _rules_reach_back(start: date) -> None:
    """The demo institution's posting rules begin later than this loan."""
    with as_owner(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "UPDATE accounting_postingrule SET effective_from = %s WHERE effective_from > %s", [start, start]
        )


def _rules(model: Loan) -> Rules:
    return rules_from_json(model.rules)


def _receipts(terms: Terms, on: date, size: int) -> tuple[ImportedReceipt, ...]:
    due = [row for row in schedule(terms).instalments if row.due_on < on]
    parts = size // len(due)
    return tuple(
        ImportedReceipt(Fen(row.total // parts), row.due_on - timedelta(days=part), "张三")
        for row in due
        for part in reversed(range(parts))
    )


def _opening(model: Loan) -> LoanOpening:
    application = Application.objects.get(pk=model.contract.application_id)
    application.pk, application.application_no = None, f"AP{os.urandom(5).hex()}"
    application.save()
    contract = Contract.objects.get(pk=model.contract_id)
    contract.pk, contract.application_id, contract.contract_no = None, application.pk, f"CT{os.urandom(5).hex()}"
    contract.save()
    names = [name for name in LoanOpening.__dataclass_fields__ if name not in {"contract_id", "contract_no"}]
    same = {name: getattr(model, name) for name in names}
    return LoanOpening(contract_id=contract.pk, contract_no=contract.contract_no, **same)
