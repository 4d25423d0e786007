"""What the standard posting rules make of everything told, and whether it ties out with the loans."""

from collections import Counter
from decimal import Decimal

from axle.accounting.domain.expressions import Facts
from axle.accounting.domain.rules import rule_lines
from axle.accounting.standard import account_of, rule_bodies
from axle.servicing import checks
from axle.servicing.selectors import controls
from axle.servicing.services.figure_settle import figure_totals
from axle.servicing.services.losses_provide import charged

_RATES = {"loan_service": Decimal("0.06")}


def balances(books):
    """By account; debit less credit."""
    bodies, sums = rule_bodies(), Counter()
    for event in books:
        for line in rule_lines(bodies[event.kind], Facts(event.amounts, event.dimensions, _RATES)):
            sums[line.account] += (line.debit - line.credit) * (-1 if event.reverses else 1)
    return sums


def tie_out(books, loan):
    entity, held = loan.legal_entity_id, balances(books)
    principal = sum(held[account_of(name)] for name in ("principal", "overdue_principal", "non_accrual_principal"))
    assert principal == controls.principal_outstanding(entity)
    assert held[account_of("overdue_principal")] == controls.principal_overdue(entity)
    assert held[account_of("non_accrual_principal")] == controls.principal_non_accrual(entity)
    assert held[account_of("interest_receivable")] == controls.interest_receivable(entity)
    assert held[account_of("fees_receivable")] == controls.fees_receivable(entity)
    assert held[account_of("memo_interest")] == controls.interest_off_balance(entity)
    assert held[account_of("memo_claims")] == controls.claims_kept(entity)
    assert -held[account_of("overpayments")] == controls.overpayments(entity)
    for stage in (1, 2, 3):
        assert -held[account_of(f"allowance_{stage}")] == controls.allowance(entity, stage)
    assert sum(held.values()) == 0
    assert checks.position_is_the_replay() == []
    assert checks.postings_are_what_the_replay_asks() == []
    assert checks.carrying_is_its_last_change() == []
    return held


def used(held, loan):
    """What write-offs took of the allowance of stage 3, in these balances."""
    return held[account_of("allowance_3")] + figure_totals(charged(3))[loan.legal_entity_id]


def told(books, kind):
    """The amounts of what was told of a kind."""
    return [dict(event.amounts) for event in books if event.kind == kind and not event.reverses]
