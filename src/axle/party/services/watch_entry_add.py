"""Putting somebody or something on the black or grey list, and taking it off again.

Whether a second person has to agree is an approval policy of the two commands.
"""

from datetime import date

from axle.party.domain.watch_list import WatchList, WatchSubject, is_watchable, watched_value
from axle.party.errors import WatchedAlready, WatchedValueInvalid, WatchEntryClosed, WatchExpiryPast
from axle.party.models import WatchEntry, WatchReason, WatchSource, WatchState
from axle.platform.errors import NotFound
from axle.platform.fields import blind_index
from axle.platform.public import Actor, business_date, created, mask, next_no, track

_MASKS = {WatchSubject.ID_NO: "id_no", WatchSubject.PHONE: "phone", WatchSubject.CARD: "card"}


def watch_entry_add(
    *,
    actor: Actor,
    watch_list: WatchList,
    subject: WatchSubject,
    value: str,
    reason: WatchReason,
    source: WatchSource,
    note: str,
    name: str = "",
    expires_on: date | None = None,
) -> WatchEntry:
    """List a value from today on. Errors: WatchedValueInvalid, WatchExpiryPast, WatchedAlready."""
    today, written = business_date(), watched_value(subject, value)
    if not is_watchable(subject, written):
        raise WatchedValueInvalid(field="watched_value")
    if expires_on is not None and expires_on < today:
        raise WatchExpiryPast(field="expires_on")
    _make_room(subject, written, today)
    return created(
        WatchEntry.objects.create(
            entry_no=next_no("WL", on=today),
            watch_list=watch_list,
            subject_kind=subject,
            value=written,
            shown=watched_shown(subject, written),
            name=name,
            reason=reason,
            source=source,
            note=note,
            listed_on=today,
            expires_on=expires_on,
            listed_by=actor.name,
        )
    )


def watched_shown(subject: WatchSubject, written: str) -> str:
    """A written value as lists show it: what is personal is masked."""
    return mask(written, _MASKS[subject]) if subject in _MASKS else written


def watch_entry_lift(*, actor: Actor, entry_id: int, note: str) -> WatchEntry:
    """Take an entry off its list; it stays as evidence. Errors: NotFound, WatchEntryClosed."""
    entry = WatchEntry.objects.select_for_update().filter(pk=entry_id).first()
    if entry is None:
        raise NotFound(what="watchentry")
    if entry.state != WatchState.LISTED:
        raise WatchEntryClosed(state=entry.state)
    track(entry)
    entry.state, entry.lifted_by, entry.lifted_on, entry.lift_note = (
        WatchState.LIFTED,
        actor.name,
        business_date(),
        note,
    )
    entry.save()
    return entry


def _make_room(subject: WatchSubject, written: str, today: date) -> None:
    """Close an entry of the value that has run out. Errors: WatchedAlready for a live one."""
    live = WatchEntry.objects.select_for_update().filter(
        value_index=blind_index(written), subject_kind=subject, state=WatchState.LISTED
    )
    for entry in live:
        if entry.expires_on is None or entry.expires_on >= today:
            raise WatchedAlready(field="watched_value", entry_no=entry.entry_no)
        track(entry)
        entry.state = WatchState.EXPIRED
        entry.save(update_fields=["state"])
