"""Count the scores of a day, and how the answers of each characteristic lay. One statement."""

from collections import defaultdict
from datetime import date

from django.db import connection

from axle.monitoring.models import ScoreDay

_SCORES = """
WITH scored AS (
    SELECT CASE WHEN given.is_card THEN 'scorecard' ELSE 'strategy' END AS scored_by,
        CASE WHEN given.is_card THEN record.score_given ->> 'scorecard' ELSE record.strategy_code END AS code,
        CASE WHEN given.is_card THEN (record.score_given ->> 'version_id')::bigint ELSE version.id END AS version_id,
        CASE WHEN given.is_card THEN (record.score_given ->> 'version_no')::int ELSE version.version_no END
            AS version_no,
        record.score,
        CASE WHEN given.is_card THEN record.score_given -> 'contributions' ELSE record.result -> 'points' END AS parts
    FROM decisioning_decisionrecord AS record
    JOIN decisioning_strategyversion AS version ON version.id = record.version_id
    CROSS JOIN LATERAL (SELECT record.score_given ? 'version_id' AS is_card) AS given
    WHERE record.business_on = %(on)s AND record.score IS NOT NULL
)
SELECT scored_by, code, version_id, version_no, '' AS characteristic, score AS place, count(*)
FROM scored GROUP BY 1, 2, 3, 4, 5, 6
UNION ALL
SELECT scored_by, code, version_id, version_no, coalesce(part ->> 'name', part ->> 'characteristic'),
    coalesce((part ->> 'bin_no')::int, (part ->> 'points')::int), count(*)
FROM scored CROSS JOIN LATERAL jsonb_array_elements(parts) AS part GROUP BY 1, 2, 3, 4, 5, 6
ORDER BY 1, 2, 4, 5, 6
"""


def score_days_keep(on: date) -> int:
    """Keep how the scores of a day lay, in place of what was kept of it; gives the number of rows."""
    counts: dict[tuple[str, str, int, int, str], dict[str, int]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(_SCORES, {"on": on})
        for scored_by, code, version_id, version_no, characteristic, place, cases in cursor.fetchall():
            counts[scored_by, code, version_id, version_no, characteristic][str(place)] = cases
    rows = [
        ScoreDay(
            business_on=on,
            scored_by=scored_by,
            code=code,
            version_id=version_id,
            version_no=version_no,
            characteristic=characteristic,
            cases=sum(found.values()),
            counts=found,
        )
        for (scored_by, code, version_id, version_no, characteristic), found in counts.items()
    ]
    ScoreDay.objects.filter(business_on=on).delete()
    return len(ScoreDay.objects.bulk_create(rows))
