"""What the steps of a file of watch-list entries share: its lock, and the entries that live already."""

from collections.abc import Callable, Iterable

from django.db.models import Q

from axle.party.domain.watch_list import WatchSubject
from axle.party.models import WatchEntry, WatchFile, WatchFileState, WatchState
from axle.platform.fields import blind_index
from axle.platform.public import business_date, system_actor, track

ACTOR = system_actor("watch_file")
"""Who carries out what people registered and checked."""
Key = tuple[WatchSubject, str]


def file_locked(file_no: str) -> WatchFile:
    """A file locked for a change."""
    return track(WatchFile.objects.select_for_update().get(file_no=file_no))


def file_step(file_no: str, state: WatchFileState, stretch: Callable[[WatchFile], bool]) -> bool:
    """Do the next rows of a locked file that is in a state; gives whether more may come."""
    file = file_locked(file_no)
    if file.state != state:
        return False
    is_last = stretch(file)
    file.save()
    return not is_last


def entries_live(keys: Iterable[Key]) -> dict[Key, str]:
    """The numbers of the entries that written values have already, in one query."""
    asked = {(str(kind), blind_index(written)): (kind, written) for kind, written in keys}
    live = WatchEntry.objects.filter(
        Q(expires_on__isnull=True) | Q(expires_on__gte=business_date()),
        value_index__in={index for _kind, index in asked},
        state=WatchState.LISTED,
    )
    rows = live.values_list("subject_kind", "value_index", "entry_no")
    return {asked[kind, index]: entry_no for kind, index, entry_no in rows if (kind, index) in asked}
