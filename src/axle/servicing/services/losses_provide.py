"""Expected losses at a month's end (计提减值准备): computed by the database, told by company, product and stage."""

import json
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection

from axle.platform.public import legal_entities, parameter_value
from axle.servicing.parameters import LOSS_PARAMETERS, RISK_COEFFICIENTS
from axle.servicing.services.figure_settle import Group, figure_settle

STAGES = (1, 2, 3)

_LOSSES = """
WITH asked AS (
    SELECT * FROM jsonb_to_recordset(%(parameters)s) AS p(entity bigint, product text, pd numeric, lgd numeric,
        pds jsonb, recovered numeric, recovered_years numeric)
), coefficient AS (
    SELECT * FROM jsonb_to_recordset(%(coefficients)s) AS c(entity bigint, class text, rate numeric)
), book AS (
    SELECT loan.id, loan.legal_entity_id, loan.department_id, loan.owner_id, loan.dealer_id, loan.product_code,
        loan.principal_balance AS gross, loan.annual_rate AS rate, coalesce(standing.stage, 1) AS stage,
        coalesce(standing.risk_class, 'normal') AS class, asked.*
    FROM servicing_loan AS loan
    JOIN asked ON asked.entity = loan.legal_entity_id AND asked.product = loan.product_code
    LEFT JOIN servicing_loanstanding AS standing ON standing.loan_id = loan.id
    WHERE loan.state = 'in_force' AND loan.carrying IN ('performing', 'non_accrual') AND loan.disbursed_on <= %(on)s
), losses AS (
    SELECT book.*, CASE book.stage
        WHEN 1 THEN round(gross * pd * lgd)
        WHEN 2 THEN (
            SELECT round(coalesce(sum(
                (gross - coalesce((
                    SELECT sum(row.principal - row.principal_paid) FROM servicing_instalment AS row
                    WHERE row.loan_id = book.id AND row.due_on > %(on)s
                        AND row.due_on <= %(on)s + make_interval(years => (year.no - 1)::int)
                ), 0)) * year.pd::numeric * lgd / power(1 + rate, year.no - 0.5)
            ), 0)) FROM jsonb_array_elements_text(pds) WITH ORDINALITY AS year(pd, no)
        )
        ELSE greatest(round(gross - gross * recovered / power(1 + rate, recovered_years)), 0) END::bigint AS provision
    FROM book
), kept AS (
    INSERT INTO servicing_loanprovision
        (business_on, loan_id, legal_entity_id, department_id, owner_id, dealer_id, stage, principal_balance, provision)
    SELECT %(on)s, id, legal_entity_id, department_id, owner_id, dealer_id, stage, gross, provision
    FROM losses WHERE stage > 1
    ON CONFLICT DO NOTHING
)
INSERT INTO servicing_provisionmonth
    (business_on, legal_entity_id, product_code, stage, loans, principal_balance, provision, general_reserve)
SELECT %(on)s, legal_entity_id, product_code, stage, count(*), sum(gross), sum(provision),
    round(sum(gross * coefficient.rate))
FROM losses JOIN coefficient ON coefficient.entity = losses.legal_entity_id AND coefficient.class = losses.class
GROUP BY 2, 3, 4
ON CONFLICT DO NOTHING
"""
_TARGETS = """
SELECT legal_entity_id, product_code, stage, provision FROM servicing_provisionmonth WHERE business_on = %s
"""
_USED = """
SELECT loan.legal_entity_id, loan.product_code, sum(
    CASE WHEN posting.kind IN ('loan_written_off', 'write_off_reversed')
        THEN coalesce((amounts ->> 'principal')::bigint, 0) + coalesce((amounts ->> 'non_accrual_principal')::bigint, 0)
            + coalesce((amounts ->> 'interest')::bigint, 0) + coalesce((amounts ->> 'fee')::bigint, 0)
        ELSE coalesce((amounts ->> 'principal')::bigint, 0) + coalesce((amounts ->> 'fee')::bigint, 0)
            + coalesce((amounts ->> 'written_off_interest')::bigint, 0) END
    * CASE WHEN posting.kind = 'loan_written_off' THEN 1 ELSE -1 END)::bigint
FROM servicing_posting AS posting JOIN servicing_loan AS loan ON loan.id = posting.loan_id
WHERE NOT posting.is_reversed
    AND posting.kind IN ('loan_written_off', 'write_off_reversed', 'recovery_posted', 'recovery_applied')
    AND posting.loan_id IN (SELECT loan_id FROM servicing_loancarrying WHERE carrying = 'written_off')
GROUP BY 1, 2
"""


def is_month_end(on: date) -> bool:
    """Whether provisions are made at the close of a date."""
    return (on + timedelta(days=1)).day == 1


def losses_provide(on: date) -> dict[Group, dict[int, int]]:
    """Keep the expected losses of a month's end; gives what each group's allowance changes by, by stage.

    What write-offs used of the allowance and recoveries gave back is charged anew.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LOSSES, {"on": on, **_parameters(on)})
        cursor.execute(_TARGETS, [on])
        targets: dict[int, dict[Group, int]] = {stage: {} for stage in STAGES}
        for entity, product, stage, provision in cursor.fetchall():
            targets[stage][entity, product] = provision
    for group, used in allowance_used().items():
        targets[3][group] = targets[3].get(group, 0) + used
    changes: dict[Group, dict[int, int]] = defaultdict(dict)
    for stage in STAGES:
        for group, amount in figure_settle(charged(stage), on, targets[stage]).items():
            changes[group][stage] = amount
    return changes


def charged(stage: int) -> str:
    """The figure of what was charged to the allowance of a stage in all."""
    return f"charged_{stage}"


def allowance_used() -> dict[Group, int]:
    """What write-offs took from the allowance of stage 3 less what recoveries gave back, by company and product."""
    with connection.cursor() as cursor:
        cursor.execute(_USED)
        return {(entity, product): used for entity, product, used in cursor.fetchall()}


def _parameters(on: date) -> dict[str, Any]:
    rows: list[dict[str, Any]] = []
    coefficients: list[dict[str, Any]] = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT legal_entity_id, product_code FROM servicing_loan")
        products: dict[int, list[str]] = defaultdict(list)
        for entity_id, product in cursor.fetchall():
            products[entity_id].append(product)
    for entity in legal_entities():
        known = parameter_value(LOSS_PARAMETERS.code, on=on, legal_entity_id=entity.id)
        rows += [_of_product(entity.id, product, known) for product in products[entity.id]]
        rates = parameter_value(RISK_COEFFICIENTS.code, on=on, legal_entity_id=entity.id)
        coefficients += [{"entity": entity.id, "class": name, "rate": rate} for name, rate in rates.items()]
    return {"parameters": json.dumps(rows), "coefficients": json.dumps(coefficients)}


def year_loss(legal_entity_id: int, product: str, on: date) -> tuple[Decimal, Decimal]:
    """The probability of default within a year and the loss given default of a product of a company on a date."""
    known = _of_product(
        legal_entity_id, product, parameter_value(LOSS_PARAMETERS.code, on=on, legal_entity_id=legal_entity_id)
    )
    return Decimal(known["pd"]), Decimal(known["lgd"])


def _of_product(entity_id: int, product: str, known: dict[str, Any]) -> dict[str, Any]:
    """The parameters of a product, its own before the common ones; probabilities weighted by the scenarios."""
    own = known["common"] | known.get("products", {}).get(product, {})
    weight = sum((Decimal(one["weight"]) * Decimal(one["factor"]) for one in own["scenarios"]), Decimal(0))
    return {
        "entity": entity_id,
        "product": product,
        "pd": str(Decimal(own["pd"]) * weight),
        "lgd": own["lgd"],
        "pds": [str(Decimal(pd) * weight) for pd in own["pds"]],
        "recovered": own["recovered"],
        "recovered_years": own["recovered_years"],
    }
