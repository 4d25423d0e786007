"""What ``./axle check`` proves of accounting."""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Max, Min

from axle.accounting.controls import cash_compare, controls_compare
from axle.accounting.domain.expressions import Facts
from axle.accounting.domain.rules import RuleBody, rule_lines
from axle.accounting.models import PostingRule, Voucher
from axle.accounting.selectors.rules import rates_for, rule_body
from axle.accounting.selectors.statements import statement_ties
from axle.accounting.services.profit_transfer import profit_balances
from axle.kernel.errors import AxleError
from axle.kernel.money import yuan
from axle.ledger.public import period_end, periods
from axle.platform.public import invariant, legal_entities


@invariant("accounting_controls_tie")
def accounting_controls_tie() -> list[str]:
    """Every sub-ledger stands on its control accounts (总分相符)."""
    return [
        f"{entity.code}: {result.name} {yuan(result.sub_ledger)} but"
        f" {'+'.join(result.account_codes)} {yuan(result.general_ledger)}"
        for entity in legal_entities()
        for result in controls_compare(entity.id)
        if not result.is_tied
    ]


@invariant("accounting_cash_equals_payments")
def accounting_cash_equals_payments() -> list[str]:
    """Each bank account in the books is what was received on it less what was paid from it (银行存款与收付相符)."""
    return [
        f"{entity.code}: bank account {result.bank_account or 'without name'}: books {yuan(result.general_ledger)},"
        f" received less paid {yuan(result.received_less_paid)}"
        for entity in legal_entities()
        for result in cash_compare(entity.id)
        if not result.is_tied
    ]


@invariant("accounting_every_entry_has_its_voucher")
def accounting_every_entry_has_its_voucher() -> list[str]:
    """Each entry has one voucher, in its entity and month."""
    return _failures(
        """
        SELECT 'entry', e.entry_no, 'has no voucher of its month'
        FROM ledger_journalentry e
        LEFT JOIN accounting_voucher v
            ON v.entry_id = e.id AND v.legal_entity_id = e.legal_entity_id AND v.period = e.period
        WHERE v.id IS NULL
        """
    )


@invariant("accounting_voucher_numbers_without_gap")
def accounting_voucher_numbers_without_gap() -> list[str]:
    """The numbers of a month and word are 1, 2, 3 … up to the last."""
    return _failures(
        """
        SELECT 'legal entity', legal_entity_id, period, word, 'has', count(number), 'numbers up to', max(number)
        FROM accounting_voucher GROUP BY legal_entity_id, period, word
        HAVING count(number) <> coalesce(max(number), 0)
        """
    )


@invariant("accounting_closings_recorded")
def accounting_closings_recorded() -> list[str]:
    """The state of every month is what was last done to it."""
    return _failures(
        """
        SELECT 'legal entity', p.legal_entity_id, 'month', p.period, 'is_closed', p.is_closed, 'last act', a.act
        FROM ledger_period p
        LEFT JOIN LATERAL (
            SELECT act FROM accounting_periodact a
            WHERE a.legal_entity_id = p.legal_entity_id AND a.period = p.period ORDER BY id DESC LIMIT 1
        ) AS a ON true
        WHERE p.is_closed <> (coalesce(a.act, 'reopen') = 'close')
        """
    )


_RULES = "accounting_entries_follow_their_rules"
_BATCH = 5000
_ENTRIES = """
SELECT v.id, e.entry_no, v.rule_id, v.amounts, e.value_on, e.legal_entity_id, lines.made, lines.dimensions
FROM (
    SELECT id, entry_id, rule_id, amounts FROM accounting_voucher
    WHERE id > %(after)s AND id <= %(until)s AND rule_id IS NOT NULL ORDER BY id LIMIT %(batch)s
) AS v JOIN ledger_journalentry AS e ON e.id = v.entry_id
LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_array(a.code, l.debit, l.credit) ORDER BY l.line_no) AS made,
        (array_agg(l.dimensions ORDER BY l.line_no))[1] AS dimensions
    FROM ledger_entryline AS l JOIN ledger_account AS a ON a.id = l.account_id WHERE l.entry_id = e.id
) AS lines ON true
ORDER BY v.id
"""


def entries_fail(shard: int, shards: int) -> Iterator[tuple[str, str]]:
    """The entries of a shard of the vouchers that their rules would not make; a shard is a stretch of their keys."""
    bodies = {rule.pk: rule_body(rule) for rule in PostingRule.objects.exclude(effective_from=None)}
    rates = cache(rates_for)
    ends = Voucher.objects.aggregate(first=Min("pk"), last=Max("pk"))
    first, last = ends["first"] or 0, ends["last"] or 0
    after, until = (first - 1 + (last - first + 1) * part // shards for part in (shard, shard + 1))
    while rows := _entries(after, until):
        for _key, entry_no, rule_id, amounts, value_on, entity_id, made, dimensions in rows:
            body, facts = bodies[rule_id], json.loads(amounts)
            in_force = rates(body.rates, on=value_on, legal_entity_id=entity_id)
            if _made_by(body, Facts(facts, json.loads(dimensions or "{}"), in_force)) != json.loads(made or "[]"):
                yield _RULES, f"entry {entry_no} is not what its rule makes of {facts}"
        after = rows[-1][0]


def _entries(after: int, until: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(_ENTRIES, {"after": after, "until": until, "batch": _BATCH})
        return list(cursor.fetchall())


def _made_by(body: RuleBody, facts: Facts) -> list[list[Any]] | None:
    try:
        return [[line.account, line.debit, line.credit] for line in rule_lines(body, facts)]
    except AxleError:
        return None


@invariant(_RULES, sweep=entries_fail)
def accounting_entries_follow_their_rules() -> list[str]:
    """Every event is posted as its recorded rule version says, computed anew from its recorded amounts."""
    return [line for _name, line in entries_fail(0, 1)]


def _failures(sql: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [" ".join(str(value) for value in row) for row in cursor.fetchall()]


@invariant("accounting_statements_tie")
def accounting_statements_tie() -> list[str]:
    """The statements of the last month with entries hold together, and so do those of the last closed one."""
    failures = []
    for entity in legal_entities():
        months = periods(entity.id)
        looked_at = {months[0].period, *[month.period for month in months if month.is_closed][:1]} if months else set()
        for period in sorted(looked_at):
            failures += [
                f"{entity.code}: {period} {tie.code} {yuan(tie.left)} but {yuan(tie.right)}"
                for tie in statement_ties(legal_entity_id=entity.id, period=period)
                if not tie.is_tied
            ]
    return failures


@invariant("accounting_closed_months_keep_no_profit")
def accounting_closed_months_keep_no_profit() -> list[str]:
    """Income and expense accounts are empty at the end of every closed month (损益已结转)."""
    return [
        f"{entity.code}: {month.period} {code} {yuan(net)}"
        for entity in legal_entities()
        for month in [month for month in periods(entity.id) if month.is_closed][:1]
        for code, net in profit_balances(entity.id, period_end(month.period)).items()
    ]


_CLEARINGS = """
SELECT c.id, c.amount, coalesce(sum(l.debit - l.credit), 0),
       coalesce(sum(CASE s.direction WHEN 'in' THEN s.amount_fen ELSE -s.amount_fen END), 0)
FROM accounting_bankclearing c LEFT JOIN accounting_clearedline m ON m.clearing_id = c.id
LEFT JOIN ledger_entryline l ON l.id = m.book_line_id
LEFT JOIN payments_bankstatementline s ON s.id = m.statement_line_id
GROUP BY c.id, c.amount
HAVING c.amount <> coalesce(sum(l.debit - l.credit), 0)
    OR c.amount <> coalesce(sum(CASE s.direction WHEN 'in' THEN s.amount_fen ELSE -s.amount_fen END), 0)
    OR count(m.id) = 0
"""


@invariant("bank_clearings_balance")
def bank_clearings_balance() -> list[str]:
    """The cleared lines of the books add up to what those of the bank's statement do (勾对两方相等)."""
    with connection.cursor() as cursor:
        cursor.execute(_CLEARINGS)
        found = cursor.fetchall()
    return [
        f"clearing {pk} of {yuan(amount)}: books {yuan(int(books))}, statement {yuan(int(stated))}"
        for pk, amount, books, stated in found
    ]
