"""Keep how the loans of each month of disbursement stand at a month's end. One statement over the book.

Arrears come from those that were kept of that day's end, so that a month can be kept again later.
"""

from datetime import date, timedelta

from django.db import connection

from axle.monitoring.models import VintageMonth
from axle.monitoring.parameters import BAND_POINTS
from axle.platform.public import parameter_value

_KEEP = """
INSERT INTO monitoring_vintagemonth (business_on, vintage_on, product_code, score_from, loans, principal,
    loans_over_30, balance_over_30, loans_over_90, balance_over_90)
SELECT %(on)s::date, date_trunc('month', loan.disbursed_on)::date, loan.product_code,
    (floor(application.score / %(points)s::numeric) * %(points)s)::int, count(*), sum(loan.principal)::bigint,
    count(*) FILTER (WHERE late.days > 30), coalesce(sum(late.balance) FILTER (WHERE late.days > 30), 0)::bigint,
    count(*) FILTER (WHERE late.days > 90), coalesce(sum(late.balance) FILTER (WHERE late.days > 90), 0)::bigint
FROM servicing_loan AS loan
JOIN origination_contract AS contract ON contract.id = loan.contract_id
JOIN origination_application AS application ON application.id = contract.application_id
LEFT JOIN (
    SELECT loan_id, business_on - oldest_due_on AS days, principal_balance AS balance
    FROM servicing_arrearsday WHERE business_on = %(on)s
) AS late ON late.loan_id = loan.id
WHERE loan.disbursed_on <= %(on)s
GROUP BY 1, 2, 3, 4
"""


def is_month_end(on: date) -> bool:
    """Whether the next day begins a month."""
    return (on + timedelta(days=1)).day == 1


def vintages_keep(on: date) -> int:
    """Keep the vintages as of a month's end, in place of what was kept of it; gives the number of rows."""
    VintageMonth.objects.filter(business_on=on).delete()
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, {"on": on, "points": parameter_value(BAND_POINTS.code, on=on)})
        return int(cursor.rowcount)
