"""Invariants of monitoring for ``./axle check``."""

from django.db import connection

from axle.platform.public import invariant

_DAYS_CHECKED = 31
_DIFFERENT = """
SELECT kept.business_on, kept.decisions, coalesce(made.decisions, 0)
FROM (
    SELECT business_on, decisions FROM monitoring_strategyday
    WHERE strategy_code = '' AND product_code = '' ORDER BY business_on DESC LIMIT %s
) AS kept
LEFT JOIN LATERAL (
    SELECT count(*) AS decisions FROM decisioning_decisionrecord WHERE business_on = kept.business_on
) AS made ON true
WHERE kept.decisions <> coalesce(made.decisions, 0) ORDER BY 1
"""


@invariant("risk_figures_match_records")
def risk_figures_match_records() -> list[str]:
    """The decisions of the latest kept days are as many as there are records of them."""
    with connection.cursor() as cursor:
        cursor.execute(_DIFFERENT, [_DAYS_CHECKED])
        return [f"{on}: {kept} decisions are kept, {made} were made" for on, kept, made in cursor.fetchall()]
