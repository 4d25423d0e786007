"""What can stand on the black and grey lists (黑名单, 灰名单), and how a value is written there."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from axle.kernel.identifiers import is_bank_card, is_mobile, is_resident_id, is_vin

ADDRESS_CHARACTERS = 8
"""An address has at least so many signs without blanks and points; a shorter one is a whole town."""
COMPANY_CHARACTERS = 4
"""A company's name has at least so many characters; a shorter one would meet strangers."""
_PLATE = re.compile(r"[一-龥][A-Z][A-Z0-9]{5,6}")
_DEVICE = re.compile(r"[\x21-\x7e]{8,64}")


class WatchList(StrEnum):
    """Black blocks; grey goes to a person."""

    BLACK = "black"
    GREY = "grey"


class WatchStatus(StrEnum):
    """What the lists say of a case as a whole."""

    BLACK = "black"
    GREY = "grey"
    NONE = "none"


class WatchSubject(StrEnum):
    """What is watched."""

    ID_NO = "id_no"
    PHONE = "phone"
    CARD = "card"
    PLATE = "plate"
    VIN = "vin"
    COMPANY = "company"
    DEVICE = "device"
    ADDRESS = "address"


class WatchRole(StrEnum):
    """As what a watched value came up in a case. A contact owes nothing, and who lives at an address may be its next
    tenant: through either, black counts as grey."""

    DEBTOR = "debtor"
    CONTACT = "contact"
    EMPLOYER = "employer"
    VEHICLE = "vehicle"
    RESIDENCE = "residence"


_RULES: Mapping[WatchSubject, Callable[[str], bool]] = {
    WatchSubject.ID_NO: is_resident_id,
    WatchSubject.PHONE: is_mobile,
    WatchSubject.CARD: is_bank_card,
    WatchSubject.PLATE: lambda value: bool(_PLATE.fullmatch(value)),
    WatchSubject.VIN: is_vin,
    WatchSubject.COMPANY: lambda value: len(value) >= COMPANY_CHARACTERS,
    WatchSubject.DEVICE: lambda value: bool(_DEVICE.fullmatch(value)),
    WatchSubject.ADDRESS: lambda value: len(value) >= ADDRESS_CHARACTERS,
}


_LESS = frozenset({WatchRole.CONTACT, WatchRole.RESIDENCE})


@dataclass(frozen=True)
class Watched:
    """A value of a case that is looked up, and as what it came up there."""

    role: WatchRole
    subject: WatchSubject
    value: str


@dataclass(frozen=True)
class WatchHit:
    """A live entry that a value of a case met."""

    entry_id: int
    entry_no: str
    role: WatchRole
    subject: WatchSubject
    watch_list: WatchList


def watched_value(subject: WatchSubject, value: str) -> str:
    """A value as the lists write it: without blanks, in capitals, an address without points, a device as it is."""
    written = unicodedata.normalize("NFKC", value)
    if subject == WatchSubject.DEVICE:
        return written.strip()
    if subject == WatchSubject.ADDRESS:
        return "".join(sign for sign in written.upper() if sign.isalnum())
    return "".join(written.split()).upper()


def is_watchable(subject: WatchSubject, value: str) -> bool:
    """Whether a written value is what it is said to be."""
    return _RULES[subject](value)


def watch_status(hits: Iterable[WatchHit]) -> WatchStatus:
    """The heaviest that counts."""
    counted = {WatchList.GREY if hit.role in _LESS else hit.watch_list for hit in hits}
    return next((WatchStatus(kind) for kind in WatchList if kind in counted), WatchStatus.NONE)
