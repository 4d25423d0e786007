"""Totals of the sub-ledger, which the general ledger's control accounts must equal."""

from collections import Counter, defaultdict
from typing import Any

from django.db import connection
from django.db.models import Count, QuerySet, Sum

from axle.kernel.money import Fen
from axle.platform.public import business_date
from axle.servicing.domain.carrying import IN_BOOKS, NON_ACCRUAL, PERFORMING, WRITTEN_OFF
from axle.servicing.models import Instalment, Loan, Receipt, ReceiptState, Refund, RefundState
from axle.servicing.selectors.accrual import interest_not_due
from axle.servicing.selectors.day_sums import interest_run
from axle.servicing.services.figure_settle import figure_totals
from axle.servicing.services.losses_provide import STAGES, allowance_used, charged

IMPAIRED = 3
"""The stage from whose allowance write-offs are taken."""


def _sum(rows: QuerySet[Any], column: str) -> Fen:
    return Fen(rows.aggregate(total=Sum(column))["total"] or 0)


def _loans(legal_entity_id: int, *carryings: str) -> QuerySet[Loan]:
    return Loan.objects.filter(legal_entity_id=legal_entity_id, carrying__in=carryings)


def principal_outstanding(legal_entity_id: int) -> Fen:
    """Principal of all loans in our books, in fen."""
    return _sum(_loans(legal_entity_id, *IN_BOOKS), "principal_balance")


def principal_non_accrual(legal_entity_id: int) -> Fen:
    """Principal of the loans whose interest is not accrued, in fen."""
    return _sum(_loans(legal_entity_id, NON_ACCRUAL), "principal_balance")


def principal_overdue(legal_entity_id: int) -> Fen:
    """Overdue principal as the last end of day found it, in fen."""
    return Fen(figure_totals("overdue_principal")[legal_entity_id])


def allowance(legal_entity_id: int, stage: int) -> Fen:
    """What was charged for the expected losses of a stage less what write-offs used of it, in fen."""
    used = sum(amount for (entity, _), amount in allowance_used().items() if entity == legal_entity_id)
    return Fen(figure_totals(charged(stage))[legal_entity_id] - (used if stage == IMPAIRED else 0))


def overpayments(legal_entity_id: int) -> Fen:
    """Money that waits on loans, in fen."""
    return _sum(Loan.objects.filter(legal_entity_id=legal_entity_id), "unapplied")


def fees_receivable(legal_entity_id: int) -> Fen:
    """Fees charged and not yet paid on loans in our books, in fen."""
    return _sum(_loans(legal_entity_id, *IN_BOOKS), "fee_outstanding")


def claims_kept(legal_entity_id: int) -> Fen:
    """All that is still owed on loans that were written off (账销案存), in fen."""
    return _sum(_loans(legal_entity_id, WRITTEN_OFF), "claim_kept")


def suspense(legal_entity_id: int) -> Fen:
    """Confirmed receipts that nobody has matched, in fen."""
    rows = Receipt.objects.filter(legal_entity_id=legal_entity_id, state=ReceiptState.CONFIRMED, loan=None)
    return _sum(rows, "amount")


def refunds_owed(legal_entity_id: int) -> Fen:
    """Refunds that are approved and not yet paid, in fen."""
    return _sum(Refund.objects.filter(legal_entity_id=legal_entity_id, state=RefundState.PAYING), "amount")


def interest_receivable(legal_entity_id: int) -> Fen:
    """Interest of performing loans earned up to the business date less what was paid or waived, in fen."""
    return _interest_uncollected(legal_entity_id, PERFORMING)


def interest_off_balance(legal_entity_id: int) -> Fen:
    """Interest of non-accrual loans earned up to the business date less what was paid or waived, in fen."""
    return _interest_uncollected(legal_entity_id, NON_ACCRUAL)


def _interest_uncollected(legal_entity_id: int, carrying: str) -> Fen:
    today, loans = business_date(), _loans(legal_entity_id, carrying)
    taken = loans.aggregate(loans=Count("pk"), paid=Sum("interest_paid"), waived=Sum("interest_waived"))
    if not taken["loans"]:
        return Fen(0)  # without reading every plan
    rows = Instalment.objects.filter(loan__legal_entity_id=legal_entity_id, loan__carrying=carrying)
    due = rows.filter(due_on__lte=today).aggregate(total=Sum("interest"))["total"] or 0
    earned = int(due) + interest_not_due(legal_entity_id, today, carrying=carrying)
    return Fen(earned - (taken["paid"] or 0) - (taken["waived"] or 0))


_LOANS = """
SELECT legal_entity_id, carrying, sum(principal_balance)::bigint AS principal, sum(unapplied)::bigint AS unapplied,
    sum(fee_outstanding)::bigint AS fees, sum(claim_kept)::bigint AS claims, sum(interest_waived)::bigint AS waived
FROM servicing_loan GROUP BY legal_entity_id, carrying
"""
_UNPAID = f"""
SELECT loan.legal_entity_id, loan.carrying, sum(row.interest - row.interest_paid)::bigint FROM (
    SELECT loan_id, interest, interest_paid FROM servicing_instalment WHERE settled_on IS NULL AND due_on <= %(today)s
    UNION ALL
    SELECT loan_id, interest, interest_paid FROM servicing_instalment
    WHERE settled_on IS NOT NULL AND interest <> interest_paid AND due_on <= %(today)s
) AS row JOIN servicing_loan AS loan ON loan.id = row.loan_id
WHERE loan.carrying IN {IN_BOOKS} GROUP BY loan.legal_entity_id, loan.carrying
"""
"""Due interest less what was paid of it: rows that were paid in full need not be read."""
_RUN = {PERFORMING: "not_due", NON_ACCRUAL: "memo_not_due"}
_INTEREST = {PERFORMING: "interest_receivable", NON_ACCRUAL: "interest_off_balance"}


def totals_at_close() -> dict[str, Counter[int]]:
    """The totals that all loans add to, by control and company, right after a date was closed; in fen.

    The loans are read once. Interest that is not due comes from what the close kept; without it, from all plans.
    """
    today, totals = business_date(), defaultdict[str, Counter[int]](Counter)
    with connection.cursor() as cursor:
        cursor.execute(_LOANS)
        for entity, carrying, principal, unapplied, fees, claims, waived in cursor.fetchall():
            totals["overpayments"][entity] += unapplied
            if carrying in IN_BOOKS:
                totals["principal"][entity] += principal
                totals["fees_receivable"][entity] += fees
                totals[_INTEREST[carrying]][entity] -= waived
            if carrying == NON_ACCRUAL:
                totals["non_accrual_principal"][entity] += principal
            if carrying == WRITTEN_OFF:
                totals["claims_kept"][entity] += claims
        cursor.execute(_UNPAID, {"today": today})
        for entity, carrying, unpaid in cursor.fetchall():
            totals[_INTEREST[carrying]][entity] += unpaid
    for (entity, _product), amounts in interest_run(today).items():
        for carrying, figure in _RUN.items():
            totals[_INTEREST[carrying]][entity] += amounts[figure]
    return totals | _allowances()


def _allowances() -> dict[str, Counter[int]]:
    totals = {f"allowance_{stage}": figure_totals(charged(stage)) for stage in STAGES}
    for (entity, _product), used in allowance_used().items():
        totals[f"allowance_{IMPAIRED}"][entity] -= used
    return totals | {"overdue_principal": figure_totals("overdue_principal")}


def cash_received(legal_entity_id: int) -> dict[int, Fen]:
    """Receipts by the bank account that they came to, in fen; parts stand for the receipt that they are parts of."""
    came = [ReceiptState.CONFIRMED, ReceiptState.REFUNDED]
    rows = Receipt.objects.filter(legal_entity_id=legal_entity_id, state__in=came)
    sums = rows.values_list("bank_account_id").annotate(total=Sum("amount")).order_by("bank_account_id")
    return {bank_account_id: Fen(total) for bank_account_id, total in sums}
