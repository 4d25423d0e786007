"""Looking a case up on the black and grey lists."""

from collections.abc import Iterable
from datetime import date

from axle.party.domain.watch_list import Watched, WatchHit, WatchList, WatchSubject, watched_value
from axle.party.models import WatchMatch, WatchState
from axle.platform.fields import blind_index
from axle.platform.public import Subject, note_change, prepared_cursor


def watch_hits(watched: Iterable[Watched], *, on: date) -> list[WatchHit]:
    """The live entries that the values of a case meet on a day, in one query; empty values meet none."""
    asked: dict[tuple[str, str], list[Watched]] = {}
    for one in watched:
        if written := watched_value(one.subject, one.value):
            asked.setdefault((str(one.subject), blind_index(written)), []).append(one)
    if not asked:
        return []
    with prepared_cursor() as cursor:
        cursor.execute(_LIVE, [sorted({index for _kind, index in asked}), on])
        rows = cursor.fetchall()
    return [
        WatchHit(pk, entry_no, one.role, WatchSubject(kind), WatchList(watch_list))
        for pk, entry_no, watch_list, kind, index in rows
        for one in asked.get((kind, index), ())
    ]


_LIVE = f"""
SELECT id, entry_no, watch_list, subject_kind, value_index FROM party_watchentry
WHERE value_index = ANY(%s) AND (expires_on IS NULL OR expires_on >= %s) AND state = '{WatchState.LISTED}'
ORDER BY id
"""


def watch_matches_keep(hits: Iterable[WatchHit], *, found_in: Subject, number: str, on: date) -> None:
    """Keep what a case met as evidence; what is kept already stays."""
    rows = [
        WatchMatch(
            entry_id=hit.entry_id,
            role=hit.role,
            watch_list=hit.watch_list,
            ref_type=found_in.type,
            ref_id=found_in.id,
            ref_no=number,
            on=on,
        )
        for hit in hits
    ]
    if rows:
        WatchMatch.objects.bulk_create(rows, ignore_conflicts=True)
        entries = sorted({hit.entry_no for hit in hits})
        note_change(type="watchmatch", id=found_in.id, before={}, after={"entries": entries})
