"""Keep how the sources answered on a day."""

from datetime import date

from axle.monitoring.models import SourceDay
from axle.sources.public import calls_of_day


def source_days_keep(on: date) -> int:
    """Keep the calls of a day by source, in place of what was kept of it; gives the number of rows."""
    rows = [SourceDay(business_on=on, **found) for found in calls_of_day(on)]
    SourceDay.objects.filter(business_on=on).delete()
    return len(SourceDay.objects.bulk_create(rows))
