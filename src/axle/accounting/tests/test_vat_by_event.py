"""Value-added tax by event (增值税): what each amount of each standard event adds to the tax accounts.

Interest, fees, penalty and compound interest are a loan service of 6 %, the tax inside the amount. Interest is taxed
when it falls due, of a loan that is late for more than 90 days when it is paid; penalty and compound interest when
paid, fees when charged. Principal, money that waits, refunds, provisions and sales of claims are not taxed.
"""

from collections import Counter
from decimal import Decimal

import pytest

from axle.accounting.domain.expressions import Facts
from axle.accounting.standard import account_of, rule_bodies

RATES = {"loan_service": Decimal("0.06")}
OUTPUT, DEFERRED, INPUT = "output_tax", "deferred_output_tax", "input_tax"
ON_RECEIPT = {"penalty": {OUTPUT: 600}, "compound": {OUTPUT: 600}}
WHEN_PAID = {"interest": {OUTPUT: 600}, **ON_RECEIPT}
TAXED = {
    "upfront_fee_received": {"fee": {OUTPUT: 600}},
    "commission_paid": {"commission": {INPUT: -600}},
    "interest_accrued": {"interest": {DEFERRED: 600}},
    "interest_accrual_reduced": {"interest": {DEFERRED: -600}},
    "interest_due": {"interest": {DEFERRED: -600, OUTPUT: 600}},
    "interest_due_reduced": {"interest": {DEFERRED: 600, OUTPUT: -600}},
    "interest_waived": {"interest": {DEFERRED: -600}, "due_interest": {OUTPUT: -600}},
    "receipt_posted": ON_RECEIPT,
    "overpayment_applied": ON_RECEIPT,
    "fee_charged": {"fee": {OUTPUT: 600}},
    "payoff_fee_charged": {"fee": {OUTPUT: 600}},
    "non_accrual_receipt_posted": WHEN_PAID,
    "non_accrual_overpayment_applied": WHEN_PAID,
    "recovery_posted": WHEN_PAID,
    "recovery_applied": WHEN_PAID,
    "accrual_stopped": {"interest": {DEFERRED: -600}},
    "accrual_resumed": {"interest": {DEFERRED: 600}, "due_interest": {OUTPUT: 600}},
}
"""What 106.00 of an amount adds, in fen, positive on the credit side; what is not named is not taxed."""
UNTAXED = {
    "loan_disbursed", "effective_interest_amortised", "interest_netted", "receipt_suspended",
    "receipt_suspended_reduced", "refund_ordered", "refund_paid", "residue_waived", "pool_pledged",
    "sale_price_received", "buy_back_paid", "sold_collections_remitted", "sold_receipt_posted",
    "sold_overpayment_applied", "memo_interest_accrued", "memo_interest_reduced", "principal_overdue",
    "principal_overdue_reduced", "provision_charged", "provision_released", "loan_written_off",
    "write_off_reversed", "claim_sold", "claim_bought_back",
}  # fmt: skip


def taxes(body, name):
    """What 106.00 of one amount adds to each tax account, by its part in the chart."""
    facts, found = Facts({name: 106_00}, {}, RATES), Counter()
    parts = {account_of(part): part for part in (OUTPUT, DEFERRED, INPUT)}
    for line in body.lines:
        if line.account in parts:
            sign = (1 if line.side == "credit" else -1) * (-1 if body.is_red else 1)
            found[parts[line.account]] += sign * line.expression.value(facts)
    return {part: fen for part, fen in found.items() if fen}


@pytest.mark.parametrize("kind", sorted(rule_bodies()))
def test_each_amount_of_each_event_is_taxed_as_the_table_says(kind):
    body = rule_bodies()[kind]
    assert (kind in TAXED) != (kind in UNTAXED), "a new event needs its line here"
    assert {name: found for name in body.amounts if (found := taxes(body, name))} == TAXED.get(kind, {})
