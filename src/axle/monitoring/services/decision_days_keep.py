"""Count what strategies decided on a day, what became of their applications, and which rules applied.

The statements read the tables of decisions and applications as they are: one pass over a day's rows each, for any
number of strategies and products. Rows of a strategy, and of everything, come from the same pass.
"""

from collections import defaultdict
from datetime import date
from typing import Any

from django.db import connection

from axle.decisioning.public import FAULT_REASON
from axle.monitoring.models import RuleDay, StrategyDay

_PRODUCT = """
LEFT JOIN product_productversion AS sold ON sold.id = application.product_version_id
LEFT JOIN product_product AS product ON product.id = sold.product_id
"""
_MADE = f"""
WITH made AS (
    SELECT record.id, record.strategy_code, coalesce(product.code, '') AS product_code, record.outcome,
        record.version_id, record.rule_codes, record.fault_codes <> '[]'::jsonb AS is_faulted
    FROM decisioning_decisionrecord AS record
    LEFT JOIN origination_application AS application
        ON record.subject_type = 'application' AND application.id = record.subject_id
    {_PRODUCT}
    WHERE record.business_on = %(on)s
)
"""
_DECISIONS = f"""
{_MADE}
SELECT strategy_code, product_code, count(*), count(*) FILTER (WHERE outcome = 'approve'),
    count(*) FILTER (WHERE outcome = 'refer'), count(*) FILTER (WHERE outcome = 'decline'),
    count(*) FILTER (WHERE is_faulted)
FROM made GROUP BY GROUPING SETS ((), (strategy_code), (strategy_code, product_code))
"""
_ANSWERS = f"""
WITH answered AS (
    SELECT record.strategy_code, coalesce(product.code, '') AS product_code,
        application.process_id IS NULL AND record.outcome <> 'refer' AS is_automatic,
        CASE WHEN application.source <> 'file'
            THEN extract(epoch FROM application.decided_at - application.submitted_at)::int END AS seconds
    FROM origination_application AS application
    JOIN LATERAL (
        SELECT strategy_code, outcome FROM decisioning_decisionrecord
        WHERE subject_type = 'application' AND subject_id = application.id ORDER BY id DESC LIMIT 1
    ) AS record ON true
    {_PRODUCT}
    WHERE application.decided_on = %(on)s
)
SELECT strategy_code, product_code, count(*), count(*) FILTER (WHERE is_automatic), count(seconds),
    percentile_disc(0.5) WITHIN GROUP (ORDER BY seconds), percentile_disc(0.9) WITHIN GROUP (ORDER BY seconds)
FROM answered GROUP BY GROUPING SETS ((), (strategy_code), (strategy_code, product_code))
"""
_REASONS = f"""
{_MADE}, told AS (
    SELECT made.id, made.strategy_code, made.product_code, rule.reason_code
    FROM made CROSS JOIN LATERAL jsonb_array_elements_text(made.rule_codes) AS hit(code)
    JOIN decisioning_decisionrule AS rule ON rule.version_id = made.version_id AND rule.code = hit.code
    WHERE made.outcome <> 'approve'
    UNION
    SELECT id, strategy_code, product_code, %(fault)s FROM made WHERE is_faulted
)
SELECT strategy_code, product_code, reason_code, count(*) FROM told
GROUP BY GROUPING SETS ((reason_code), (strategy_code, reason_code), (strategy_code, product_code, reason_code))
"""
_RULES = """
SELECT record.strategy_code, hit.code, count(*)
FROM decisioning_decisionrecord AS record
CROSS JOIN LATERAL jsonb_array_elements_text(record.rule_codes) AS hit(code)
WHERE record.business_on = %(on)s GROUP BY 1, 2
"""
_DECIDED = ("decisions", "approved", "referred", "declined", "faulted")
_ANSWERED = ("answered", "automatic", "timed", "seconds_p50", "seconds_p90")
Key = tuple[str, str]


def _rows(sql: str, on: date) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"on": on, "fault": FAULT_REASON})
        return list(cursor.fetchall())


def _key(strategy: str | None, product: str | None) -> Key | None:
    """Whose row it is; None for cases without a product, which count for their strategy only."""
    return None if product == "" else (strategy or "", product or "")


def decision_days_keep(on: date) -> int:
    """Keep the decisions and answers of a day, in place of what was kept of it; gives the number of rows."""
    found: dict[Key, dict[str, Any]] = defaultdict(dict)
    for sql, names in ((_DECISIONS, _DECIDED), (_ANSWERS, _ANSWERED)):
        for strategy, product, *figures in _rows(sql, on):
            key = _key(strategy, product)
            if key is not None and figures[0]:
                found[key] |= dict(zip(names, figures, strict=True))
    for strategy, product, reason, cases in _rows(_REASONS, on):
        key = _key(strategy, product)
        if key is not None:
            found[key].setdefault("reasons", {})[reason] = cases
    days = [
        StrategyDay(business_on=on, strategy_code=strategy, product_code=product, **figures)
        for (strategy, product), figures in sorted(found.items())
    ]
    rules = [
        RuleDay(business_on=on, strategy_code=strategy, code=code, hits=hits)
        for strategy, code, hits in sorted(_rows(_RULES, on))
    ]
    StrategyDay.objects.filter(business_on=on).delete()
    RuleDay.objects.filter(business_on=on).delete()
    return len(StrategyDay.objects.bulk_create(days)) + len(RuleDay.objects.bulk_create(rules))
