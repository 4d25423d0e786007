"""Interest of impaired loans counts on the net carrying amount (第三阶段按摊余成本计息).

It is accrued on the gross amount every day with the other interest. At a month's end the part that falls on what was
held against a loan when the month began is taken off the income and off the charge for credit losses: the allowance,
which is brought to the expected loss in the same night, has grown by that part without a loss.

Source: REG-CAS-22.
"""

from collections import defaultdict
from datetime import date, timedelta

from django.db import connection

from axle.kernel.money import Fen
from axle.platform.public import legal_entities, parameter_value
from axle.servicing.domain.credit_loss import STAGE_3_NET, interest_on_allowance
from axle.servicing.parameters import ACCRUAL_POLICY
from axle.servicing.selectors.accrual import interest_earned_of
from axle.servicing.services.figure_settle import Group, figure_keep

FIGURE = "interest_netted"
_IMPAIRED = """
SELECT loan.id, loan.legal_entity_id, loan.product_code, held.principal_balance, held.provision
FROM servicing_loanprovision AS held JOIN servicing_loan AS loan ON loan.id = held.loan_id
WHERE held.business_on = %s AND held.stage = 3 AND held.provision > 0
    AND loan.state = 'in_force' AND loan.carrying = 'performing' AND loan.legal_entity_id = ANY(%s)
"""


def interest_net(on: date) -> dict[Group, Fen]:
    """What of a month's interest is no income, by company and product; of companies that accrue on the net amount.

    Loans count that were impaired when the month began and still accrue at its end, with what their plans earned in it.
    """
    before = on.replace(day=1) - timedelta(days=1)
    entities = [entity.id for entity in legal_entities() if _is_on_net(entity.id, on)]
    with connection.cursor() as cursor:
        cursor.execute(_IMPAIRED, [before, entities])
        rows = cursor.fetchall()
    loan_ids, sums = [row[0] for row in rows], defaultdict[Group, int](int)
    earned = interest_earned_of(loan_ids, on + timedelta(days=1))
    earned_before = interest_earned_of(loan_ids, before + timedelta(days=1))
    for loan_id, entity_id, product, gross, allowance in rows:
        interest = Fen(earned.get(loan_id, 0) - earned_before.get(loan_id, 0))
        sums[entity_id, product] += interest_on_allowance(interest, gross=Fen(gross), allowance=Fen(allowance))
    found = {group: Fen(amount) for group, amount in sums.items() if amount}
    figure_keep(FIGURE, on, found)
    return found


def _is_on_net(legal_entity_id: int, on: date) -> bool:
    return bool(parameter_value(ACCRUAL_POLICY.code, on=on, legal_entity_id=legal_entity_id) == STAGE_3_NET)
