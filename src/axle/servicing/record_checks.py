"""What must always hold between the records of servicing, which tell of the same facts. One statement each."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from axle.platform.public import invariant
from axle.servicing.services.change_effect import PLAN_KINDS

_MONEY_EVENTS = "('receipt', 'prepayment')"


@invariant("servicing_receipts_are_events")
def receipts_are_events() -> list[str]:
    """A receipt in force is one event of its loan, of its amount; one taken back is reversed; others are none."""
    return _failures(
        f"""
        SELECT 'receipt', r.receipt_no, 'is', r.state, CASE
            WHEN e.id IS NULL THEN 'without an event of its loan'
            WHEN (e.payload ->> 'amount')::numeric * 100 <> r.amount THEN 'with an event of another amount'
            WHEN v.id IS NULL THEN 'with an event that stands'
            ELSE 'with an event that is reversed' END
        FROM servicing_receipt r
        LEFT JOIN servicing_loanevent e ON e.event_no = r.receipt_no AND e.loan_id = r.loan_id
        LEFT JOIN servicing_loanevent v ON v.kind = 'reversal' AND v.payload ->> 'of' = r.receipt_no
        WHERE r.loan_id IS NOT NULL AND (
            (r.state IN ('confirmed', 'reversed', 'unclaimed')) <> (e.id IS NOT NULL)
            OR (r.state IN ('reversed', 'unclaimed')) <> (v.id IS NOT NULL)
            OR (e.payload ->> 'amount')::numeric * 100 <> r.amount
        )
        UNION ALL
        SELECT 'event', e.event_no, 'is', e.kind, 'without a receipt'
        FROM servicing_loanevent e LEFT JOIN servicing_receipt r ON r.receipt_no = e.event_no
        WHERE e.kind IN {_MONEY_EVENTS} AND r.id IS NULL
        """
    )


@invariant("servicing_changes_are_events")
def changes_are_events() -> list[str]:
    """An executed change of the plan is an event that stands; one taken back is reversed; others are none."""
    return _failures(
        """
        SELECT 'change', c.change_no, 'is', c.state, CASE
            WHEN e.id IS NULL THEN 'without an event of its loan'
            WHEN v.id IS NULL THEN 'with an event that stands'
            ELSE 'with an event that is reversed' END
        FROM servicing_loanchange c
        LEFT JOIN servicing_loanevent e ON e.event_no = c.event_no AND e.loan_id = c.loan_id
        LEFT JOIN servicing_loanevent v ON v.kind = 'reversal' AND v.payload ->> 'of' = c.event_no
        WHERE c.kind = ANY(%s) AND (
            (c.state IN ('executed', 'reversed')) <> (e.id IS NOT NULL) OR (c.state = 'reversed') <> (v.id IS NOT NULL)
        )
        """,
        [[*PLAN_KINDS]],
    )


@invariant("servicing_refunds_are_events")
def refunds_are_events() -> list[str]:
    """A refund of a loan's money that is being paid or was paid is an event that stands; a failed one is reversed."""
    return _failures(
        """
        SELECT 'refund', r.refund_no, 'is', r.state, CASE
            WHEN e.id IS NULL THEN 'without an event of its loan'
            WHEN v.id IS NULL THEN 'with an event that stands'
            ELSE 'with an event that is reversed' END
        FROM servicing_refund r
        LEFT JOIN servicing_loanevent e ON e.event_no = r.refund_no AND e.loan_id = r.loan_id
        LEFT JOIN servicing_loanevent v ON v.kind = 'reversal' AND v.payload ->> 'of' = r.refund_no
        WHERE r.loan_id IS NOT NULL AND (
            (r.state IN ('paying', 'paid', 'failed')) <> (e.id IS NOT NULL)
            OR (r.state = 'failed') <> (v.id IS NOT NULL)
        )
        """
    )


@invariant("servicing_parts_add_up")
def parts_add_up() -> list[str]:
    """The parts of a receipt add up to it, and so does the receipt as which unclaimed money waits again."""
    return _failures(
        """
        SELECT 'receipt', r.receipt_no, 'is', r.state, 'of', r.amount, 'with parts of', coalesce(sum(p.amount), 0)
        FROM servicing_receipt r LEFT JOIN servicing_receipt p ON p.part_of_id = r.id
        WHERE r.state IN ('split', 'unclaimed')
        GROUP BY r.id HAVING r.amount <> coalesce(sum(p.amount), 0)
        """
    )


@invariant("servicing_receipt_files_add_up")
def receipt_files_add_up() -> list[str]:
    """A file has as many rows, as many of them refused, and as much money as it says."""
    return _failures(
        """
        SELECT 'file', f.file_no, 'says', f.rows, f.refused, f.amount, 'has', count(l.id),
            count(l.id) FILTER (WHERE l.problem <> 'none'), coalesce(sum(r.amount), 0)
        FROM servicing_receiptfile f LEFT JOIN servicing_receiptfilerow l ON l.file_id = f.id
        LEFT JOIN servicing_receipt r ON r.id = l.receipt_id
        GROUP BY f.id HAVING (f.rows, f.refused, f.amount) <>
            (count(l.id), count(l.id) FILTER (WHERE l.problem <> 'none'), coalesce(sum(r.amount), 0))
        """
    )


@invariant("servicing_events_repeat_their_payload")
def events_repeat_their_payload() -> list[str]:
    """The number, kind and day of an event are those of its payload, from which it is replayed."""
    return _failures(
        """
        SELECT 'event', event_no, 'is', kind, e.on, 'its payload', payload - 'amount'
        FROM servicing_loanevent e
        WHERE (event_no, kind, e.on::text) <> (payload ->> 'id', payload ->> 'kind', payload ->> 'on')
        """
    )


@invariant("servicing_pools_add_up")
def pools_add_up() -> list[str]:
    """A pool is the sum of its loans, and its sold claims are those that the books carry as sold."""
    return _failures(
        """
        SELECT 'pool', p.pool_no, format('of %s loans and %s has %s and %s', p.loans_count, p.principal, count(l.id),
               coalesce(sum(l.principal), 0))
        FROM servicing_claimpool p LEFT JOIN servicing_poolloan l ON l.pool_id = p.id
            AND l.state <> 'removed'
        WHERE p.state IN ('frozen', 'approved', 'closed') GROUP BY p.id
        HAVING p.loans_count <> count(l.id) OR p.principal <> coalesce(sum(l.principal), 0)
            OR p.price <> coalesce(sum(l.price), 0)
        UNION ALL
        SELECT 'pool', p.pool_no, format('sold %s, which is carried as %s', loan.loan_no, loan.carrying)
        FROM servicing_poolloan l JOIN servicing_claimpool p ON p.id = l.pool_id
        JOIN servicing_loan loan ON loan.id = l.loan_id
        WHERE l.state = 'sold' AND loan.carrying <> 'sold'
        """
    )


@invariant("servicing_postings_are_entries")
def postings_are_entries() -> list[str]:
    """Every posting has its entry, on its day, and a red one exactly when it no longer stands.

    What was told in a month's sum has that sum for its entry.
    """
    return _failures(
        """
        SELECT 'posting', p.event_no, CASE
            WHEN e.id IS NULL THEN 'has no entry'
            WHEN e.value_on <> p.on THEN 'has an entry of another day'
            WHEN red.id IS NULL THEN 'is reversed, its entry is not'
            ELSE 'stands, its entry is reversed' END
        FROM servicing_posting p
        LEFT JOIN ledger_journalentry e ON e.event_no = p.event_no AND e.kind = p.kind
        LEFT JOIN ledger_journalentry red ON red.reversal_of_id = e.id
        WHERE p.told_in = '' AND (e.id IS NULL OR e.value_on <> p.on OR p.is_reversed <> (red.id IS NOT NULL))
        UNION ALL
        SELECT 'posting', p.event_no, CASE
            WHEN e.id IS NULL THEN 'is in a sum that has no entry'
            WHEN red.id IS NULL THEN 'is reversed, and no entry takes it out of its sum'
            ELSE 'stands, and an entry takes it out of its sum' END
        FROM servicing_posting p
        LEFT JOIN ledger_journalentry e ON e.event_no = p.told_in AND e.kind = p.kind
        LEFT JOIN ledger_journalentry red ON red.event_no = p.event_no || 'R' AND red.kind = p.kind
        WHERE p.told_in <> '' AND (e.id IS NULL OR p.is_reversed <> (red.id IS NOT NULL))
        """
    )


@invariant("servicing_records_are_of_one_place")
def records_are_of_one_place() -> list[str]:
    """Receipts and changes belong where their loan belongs, and a loan to its contract's company: who sees them."""
    return _failures(
        """
        SELECT 'loan', l.loan_no, 'is not of the company, car and number of its contract', c.contract_no
        FROM servicing_loan l JOIN origination_contract c ON c.id = l.contract_id
        WHERE (l.legal_entity_id, l.vehicle_id, l.contract_no) <> (c.legal_entity_id, c.vehicle_id, c.contract_no)
        UNION ALL
        SELECT 'receipt', r.receipt_no, 'is not where its loan is', l.loan_no
        FROM servicing_receipt r JOIN servicing_loan l ON l.id = r.loan_id
        WHERE (r.legal_entity_id, r.department_id, r.owner_id, r.dealer_id)
            IS DISTINCT FROM (l.legal_entity_id, l.department_id, l.owner_id, l.dealer_id)
        UNION ALL
        SELECT 'change', c.change_no, 'is not where its loan is', l.loan_no
        FROM servicing_loanchange c JOIN servicing_loan l ON l.id = c.loan_id
        WHERE (c.legal_entity_id, c.department_id, c.owner_id, c.dealer_id)
            IS DISTINCT FROM (l.legal_entity_id, l.department_id, l.owner_id, l.dealer_id)
        """
    )


@invariant("servicing_warnings_are_their_steps")
def warnings_are_their_steps() -> list[str]:
    """An early warning is of the level that its last step tells, and closed if that closed it, by what it says."""
    return _failures(
        """
        SELECT 'warning', w.warning_no, w.state, w.level, 'last step', coalesce(s.kind, '-'), coalesce(s.level, '-')
        FROM servicing_loanwarning w LEFT JOIN LATERAL (
            SELECT kind, level FROM servicing_loanwarningstep WHERE warning_id = w.id ORDER BY id DESC LIMIT 1
        ) s ON true
        WHERE s.kind IS NULL OR s.level <> w.level
            OR w.closed_by_step <> CASE WHEN s.kind IN ('handled', 'recovered', 'loan_left') THEN s.kind ELSE '' END
        """
    )


def _failures(sql: str, params: Sequence[Any] = ()) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params or None)
        return [" ".join(str(value) for value in row) for row in cursor.fetchall()]
