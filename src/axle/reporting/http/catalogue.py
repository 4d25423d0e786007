"""The catalogue of reports (报表目录)."""

from axle.platform.public import Actor
from axle.platform.reports import REPORTS, report_words
from axle.reporting.http.api import api
from axle.reporting.http.models import CatalogueOut, ReportItemOut, ShelfOut


@api.query("reports", "/reports", permission=None)
def catalogue(actor: Actor) -> CatalogueOut:
    """The reports that this person may see, by shelf."""
    shelves: dict[str, list[ReportItemOut]] = {}
    for report in REPORTS.values():
        if actor.may(report.permission):
            item = ReportItemOut(
                name=report.name,
                title=report_words("report", report.name),
                purpose=report_words("purpose", report.name),
            )
            shelves.setdefault(report.shelf, []).append(item)
    return CatalogueOut(shelves=[ShelfOut(shelf=shelf, reports=items) for shelf, items in shelves.items()])
