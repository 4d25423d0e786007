"""Invariants of party."""

from django.db.models import Count, F, Q

from axle.party.models import WatchFile, WatchFileRow, WatchFileState, WatchRowProblem
from axle.platform.public import invariant


@invariant("party_watch_files_add_up")
def watch_files_add_up() -> list[str]:
    """A file has as many rows, and as many of them refused, as it says; what was good is listed."""
    refused = Count("lines", filter=~Q(lines__problem=WatchRowProblem.NONE))
    told = WatchFile.objects.annotate(lines_count=Count("lines"), lines_refused=refused)
    wrong = told.exclude(rows=F("lines_count"), refused=F("lines_refused"))
    failures = [
        f"file {file.file_no}: says {file.rows} and {file.refused}, has {file.lines_count} and {file.lines_refused}"
        for file in wrong.order_by("pk")
    ]
    over = WatchFileRow.objects.filter(file__state=WatchFileState.LISTED, problem=WatchRowProblem.NONE, entry=None)
    return failures + [
        f"file {file_no}: row {row} is not listed" for file_no, row in over.values_list("file__file_no", "row")
    ]
