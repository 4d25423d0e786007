"""The device on which one of our pages was open, and its session (设备与会话): told by the page, judged here.

What a page tells is a claim of that page: it can send a case to a person, and never spares it one. There is no content
in it, and a place no finer than a hundredth of a degree, about a kilometre.
"""

from collections.abc import Collection
from decimal import Decimal
from enum import StrEnum
from math import asin, cos, radians, sin, sqrt
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from axle.origination.domain.form import Part


class DeviceHolder(StrEnum):
    """Whose page it was: the applicant's own, or that of who takes their application."""

    APPLICANT = "applicant"
    DEALER = "dealer"
    STAFF = "staff"


class DeviceTrace(StrEnum):
    """What a browser itself shows of not being an ordinary person's device."""

    WEBDRIVER = "webdriver"
    HEADLESS = "headless"
    EMULATOR_RENDERER = "emulator_renderer"
    VIRTUAL_RENDERER = "virtual_renderer"
    PLATFORM_CONTRADICTION = "platform_contradiction"
    TOUCH_CONTRADICTION = "touch_contradiction"
    SOFTWARE_RENDERER = "software_renderer"
    NO_PLUGINS = "no_plugins"
    NO_LANGUAGES = "no_languages"


_AUTOMATED = frozenset({DeviceTrace.WEBDRIVER, DeviceTrace.HEADLESS})
_EMULATED = frozenset(
    {
        DeviceTrace.EMULATOR_RENDERER,
        DeviceTrace.VIRTUAL_RENDERER,
        DeviceTrace.PLATFORM_CONTRADICTION,
        DeviceTrace.TOUCH_CONTRADICTION,
    }
)
_DOUBTFUL_FROM = 2
"""An old machine draws in software, and a careful person has no plug-ins: only both together are doubtful."""
TOKEN_TAIL = 6
"""So much of a token is shown."""
HOME_MINUTES = 480
"""The whole country has one time zone."""
_ZONE_HOURS_APART = 5
"""From so many hours on, a longitude and a clock contradict each other; the country's west is three hours off."""
_MINUTES_IN_HOUR, _DEGREES_IN_HOUR = 60, 15
_EARTH_KM = 6371

Degrees = Annotated[str, StringConstraints(pattern=r"^-?\d{1,3}\.\d{2}$")]


class DevicePlacePart(Part):
    """Where the device is, if the person permitted it."""

    latitude: Degrees
    longitude: Degrees
    accuracy_m: Annotated[int, Field(ge=0, le=1_000_000)]

    @property
    def cell(self) -> str:
        """The place as it is kept and compared."""
        return f"{self.latitude},{self.longitude}"


class DeviceSessionPart(Part):
    """A device and its session. The person whose device it is agreed; the address in the net is not told by the page
    but seen by the server."""

    is_agreed: Literal[True]
    token: Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]{8,64}$")]
    traces: Annotated[list[DeviceTrace], Field(max_length=len(DeviceTrace))]
    utc_offset_minutes: Annotated[int, Field(ge=-1_440, le=1_440)]
    time_zone: Annotated[str, Field(max_length=40)]
    language: Annotated[str, Field(max_length=20)]
    place: DevicePlacePart | None = None


BrowserKind = Literal["ordinary", "automated", "emulated", "doubtful"]


def browser_kind(traces: Collection[str]) -> BrowserKind:
    """What the traces say together; the gravest counts."""
    if _AUTOMATED & set(traces):
        return "automated"
    if _EMULATED & set(traces):
        return "emulated"
    return "doubtful" if len(traces) >= _DOUBTFUL_FROM else "ordinary"


def place_contradicts(cell: str, accuracy_m: int, utc_offset_minutes: int) -> bool:
    """Whether a told place cannot be true: more exact than a receiver is, or far from where the clock is set."""
    _, longitude = _point(cell)
    hours = abs(longitude / _DEGREES_IN_HOUR - Decimal(utc_offset_minutes) / _MINUTES_IN_HOUR)
    return accuracy_m == 0 or min(hours, 24 - hours) >= _ZONE_HOURS_APART


def distance_km(cell: str, latitude: Decimal, longitude: Decimal) -> int:
    """How far a place is from a point, along the surface of the earth."""
    here = [radians(degrees) for degrees in _point(cell)]
    there = [radians(latitude), radians(longitude)]
    half = [sin((one - other) / 2) ** 2 for one, other in zip(here, there, strict=True)]
    return round(2 * _EARTH_KM * asin(sqrt(half[0] + cos(here[0]) * cos(there[0]) * half[1])))


def _point(cell: str) -> tuple[Decimal, Decimal]:
    latitude, longitude = cell.split(",")
    return Decimal(latitude), Decimal(longitude)
