"""Keep from which device an application is written or signed, and tell the strategy of the applicant's."""

import ipaddress
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from axle.origination.domain.device_session import (
    HOME_MINUTES,
    DeviceHolder,
    DeviceSessionPart,
    browser_kind,
    distance_km,
    place_contradicts,
)
from axle.origination.domain.lifecycle import DRAFT, RETURNED, SUBMITTED
from axle.origination.models import Application, ConsentLetter, DeviceSession
from axle.origination.parameters import BEHAVIOUR_DAYS
from axle.origination.services.application_lock import application_take
from axle.origination.services.traits_keep import traits_keep
from axle.platform.errors import StateRefused
from axle.platform.public import Compiled, Subject, business_date, parameter_value
from axle.sources.public import AddressAnswer, Answers

DEVICE_SESSION, POSITION, ADDRESS_POSITION = "device_session", "position", "address_position"
"""The sources by the strategy's names."""
BROUGHT_OF_DEVICES: Mapping[str, frozenset[str]] = {
    DEVICE_SESSION: frozenset({"browser_kind", "device_clock", "device_is_of_ours", "ip_applications_24h"}),
    POSITION: frozenset({"location_is_mocked"}),
    ADDRESS_POSITION: frozenset({"address_distance_km"}),
}
"""What is brought, by the strategy's names of sources."""
LETTER = "consent_letter"
_FORGOTTEN_AT_ONCE = 1_000
_BEFORE_DECISION = frozenset({DRAFT, RETURNED, SUBMITTED})
_OURS = (DeviceHolder.DEALER, DeviceHolder.STAFF)
_A_DAY = timedelta(hours=24)


def device_session_keep(
    application: Application, told: DeviceSessionPart, *, holder: DeviceHolder, ip: str | None, agreed_by: str
) -> DeviceSession:
    """Keep what a page told of its device, for a locked application that is not decided yet.

    ``ip`` is the address that the server saw (``axle.platform.http.where``), never one that the page told. The device
    becomes the applicant's, for sources, lists and relations, only if no dealer or employee works on it: several
    borrowers on a dealer's phone are no sign of anything.

    Errors: StateRefused after the decision.
    """
    if application.state not in _BEFORE_DECISION:
        raise StateRefused(state=application.state, act="device_keep")
    place = told.place
    kept, _ = DeviceSession.objects.update_or_create(
        application=application,
        holder=holder,
        token=told.token,
        defaults={
            "ip": ip,
            "traces": sorted(set(told.traces)),
            "utc_offset_minutes": told.utc_offset_minutes,
            "time_zone": told.time_zone,
            "language": told.language,
            "place": place.cell if place else "",
            "accuracy_m": place.accuracy_m if place else None,
            "agreed_by": agreed_by,
            "told_at": timezone.now(),
        },
    )
    if holder == DeviceHolder.APPLICANT and not _is_ours(told.token):
        application.device_token, application.device_ip = told.token, ip
        application.device_place = kept.place
        application.save(update_fields=["device_token", "device_ip", "device_place"])
        if application.state == SUBMITTED:
            traits_keep(application, on=business_date())
    return kept


def device_signals(application: Application) -> tuple[list[str], dict[str, Any]]:
    """What is asked by the strategy's names, and what it brings; nothing where no page told anything."""
    told = _APPLICANTS.first(application.pk)
    if told is None:
        return [], {}
    asked = [DEVICE_SESSION]
    signals: dict[str, Any] = {
        "browser_kind": browser_kind(told.traces),
        "device_clock": "home" if told.utc_offset_minutes == HOME_MINUTES else "abroad",
        "device_is_of_ours": _is_ours(told.token),
        "ip_applications_24h": _applications_from(told.ip, application, at=told.told_at),
    }
    if told.place:
        asked.append(POSITION)
        is_false = place_contradicts(told.place, told.accuracy_m or 0, told.utc_offset_minutes)
        signals["location_is_mocked"] = is_false
    return asked, signals


_APPLICANTS = Compiled(
    lambda key: DeviceSession.objects.filter(application=key, holder=DeviceHolder.APPLICANT).order_by("-told_at")[:1]
)


def distance_signals(place: str, answers: Answers) -> tuple[list[str], dict[str, Any]]:
    """How far the applicant's device was from the stated address: asked where the device told a place and somebody
    looked the address up, unknown where that gave no point."""
    if not place or not answers.was_asked("address"):
        return [], {}
    home = answers.hit("address", AddressAnswer)
    far = distance_km(place, Decimal(home.latitude), Decimal(home.longitude)) if home else None
    return [ADDRESS_POSITION], {"address_distance_km": far}


def device_forget(given_for: Subject) -> None:
    """Delete what is known of the applicant's device, when they take their consent back; what others have in common
    with it stays as a keyed hash. Source: REG-PIPL-15."""
    application_id = given_for.id
    if given_for.type == LETTER:
        application_id = ConsentLetter.objects.values_list("application_id", flat=True).get(pk=given_for.id)
    DeviceSession.objects.filter(application_id=application_id, holder=DeviceHolder.APPLICANT).delete()
    application = application_take(application_id)
    application.device_token, application.device_ip, application.device_place = "", None, ""
    application.save(update_fields=["device_token", "device_ip", "device_place"])


def device_sessions_forget() -> int:
    """Delete what is older than it may be kept, as with how forms were filled in; gives how many."""
    before = timezone.now() - timedelta(days=parameter_value(BEHAVIOUR_DAYS.code))
    old = list(DeviceSession.objects.filter(told_at__lt=before).values_list("pk", flat=True)[:_FORGOTTEN_AT_ONCE])
    DeviceSession.objects.filter(pk__in=old).delete()
    return len(old)


def _is_ours(token: str) -> bool:
    """Whether a dealer or one of our people has worked on this device."""
    return DeviceSession.objects.filter(token=token, holder__in=_OURS).exists()


def _applications_from(ip: str | None, application: Application, *, at: datetime) -> int:
    """How many applications came from an address within a day of this one, which is included. Borrowers of one dealer
    use the dealer's network, and an address inside a private one says nothing: neither counts."""
    if ip is None or not ipaddress.ip_address(ip).is_global:
        return 1
    others = DeviceSession.objects.filter(
        holder=DeviceHolder.APPLICANT, ip=ip, told_at__gt=at - _A_DAY, told_at__lt=at + _A_DAY
    ).exclude(application=application)
    if application.dealer_id is not None:
        others = others.exclude(application__dealer_id=application.dealer_id)
    return 1 + others.values("application_id").distinct().count()
