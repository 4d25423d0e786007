"""What ``./axle check`` proves of the ledger, read back independently of the triggers."""

from django.db import connection

from axle.platform.public import invariant


def _failures(sql: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [" ".join(str(value) for value in row) for row in cursor.fetchall()]


@invariant("ledger_debits_equal_credits")
def ledger_debits_equal_credits() -> list[str]:
    """The books of every legal entity balance as a whole."""
    return _failures(
        """
        SELECT 'legal entity', legal_entity_id, 'debit', sum(debit), 'credit', sum(credit)
        FROM ledger_entryline GROUP BY legal_entity_id HAVING sum(debit) <> sum(credit)
        """
    )


@invariant("ledger_entries_balance")
def ledger_entries_balance() -> list[str]:
    """Every entry balances, has two lines or more, carries its own total and the right sign."""
    return _failures(
        """
        SELECT 'entry', e.entry_no, 'amount', e.amount, 'lines', count(l.id), sum(l.debit), sum(l.credit)
        FROM ledger_journalentry e LEFT JOIN ledger_entryline l ON l.entry_id = e.id
        GROUP BY e.id
        HAVING count(l.id) < 2 OR sum(l.debit) <> sum(l.credit) OR sum(l.debit) <> e.amount
            OR bool_or((l.debit + l.credit < 0) <> e.is_red)
        """
    )


@invariant("ledger_lines_repeat_their_entry")
def ledger_lines_repeat_their_entry() -> list[str]:
    """A line is of its entry's company and day, and searched by the loan and the contract of its dimensions."""
    return _failures(
        """
        SELECT 'entry', e.entry_no, 'line', l.line_no, 'is of another company, day, loan or contract'
        FROM ledger_entryline l JOIN ledger_journalentry e ON e.id = l.entry_id
        WHERE (l.legal_entity_id, l.booked_on) <> (e.legal_entity_id, e.booked_on)
            OR l.loan_no <> coalesce(l.dimensions ->> 'loan_no', '')
            OR l.contract_no <> coalesce(l.dimensions ->> 'contract_no', '')
        """
    )


@invariant("ledger_days_equal_lines")
def ledger_days_equal_lines() -> list[str]:
    """Daily movement, folded and unfolded, equals the lines."""
    return _failures(
        """
        SELECT 'account', account_id, 'of', legal_entity_id, 'on', booked_on, sum(debit), sum(credit)
        FROM (
            SELECT legal_entity_id, account_id, booked_on, debit, credit FROM ledger_entryline
            UNION ALL
            SELECT legal_entity_id, account_id, booked_on, -debit, -credit FROM ledger_accountmovement
        ) AS both_sides
        GROUP BY legal_entity_id, account_id, booked_on
        HAVING sum(debit) <> 0 OR sum(credit) <> 0
        """
    )


@invariant("ledger_closed_periods_untouched")
def ledger_closed_periods_untouched() -> list[str]:
    """No entry came into a month after it was closed, and every entry's month is that of its booking date."""
    return _failures(
        """
        SELECT 'entry', e.entry_no, 'in', e.period, 'posted', e.posted_at
        FROM ledger_journalentry e
        LEFT JOIN ledger_period p
            ON p.legal_entity_id = e.legal_entity_id AND p.period = e.period AND p.is_closed
        WHERE e.posted_at > p.closed_at
            OR e.period <> extract(year FROM e.booked_on) * 100 + extract(month FROM e.booked_on)
        """
    )


@invariant("ledger_periods_close_in_order")
def ledger_periods_close_in_order() -> list[str]:
    """No open month with entries lies before a closed one."""
    return _failures(
        """
        SELECT 'legal entity', early.legal_entity_id, 'month', early.period, 'is open before', late.period
        FROM ledger_period early
        JOIN ledger_period late ON late.legal_entity_id = early.legal_entity_id AND late.period > early.period
        WHERE late.is_closed AND NOT early.is_closed
        """
    )


@invariant("ledger_reversals_mirror")
def ledger_reversals_mirror() -> list[str]:
    """A red reversal holds exactly the lines of its original with the opposite sign."""
    return _failures(
        """
        SELECT 'entry', red.entry_no, 'does not mirror', original.entry_no, 'on account', account_id
        FROM ledger_journalentry red
        JOIN ledger_journalentry original ON original.id = red.reversal_of_id
        JOIN LATERAL (
            SELECT account_id FROM ledger_entryline WHERE entry_id IN (red.id, original.id)
            GROUP BY account_id HAVING sum(debit) <> 0 OR sum(credit) <> 0
        ) AS unequal ON true
        """
    )
