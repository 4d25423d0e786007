"""Who people and cars are: drawn from their number, so that every source tells of the same person, every time.

Planted cases: the three digits before the check digit of an id number from 901 on, or the last four of a VIN from 9001
on, name a trait; ``POST /control/source/plant`` gives traits to anybody. Everybody else is an ordinary good customer.
"""

import hashlib
import random
from enum import StrEnum


class Trait(StrEnum):
    """What can be planted."""

    IDENTITY_DIFFERS = "identity_differs"
    IDENTITY_UNKNOWN = "identity_unknown"
    PHONE_DIFFERS = "phone_differs"
    PHONE_NEW = "phone_new"
    PHONE_VIRTUAL = "phone_virtual"
    CARD_DIFFERS = "card_differs"
    DISHONEST = "dishonest"
    RESTRICTED = "restricted"
    ENFORCED = "enforced"
    SUED = "sued"
    NAMESAKE_SUED = "namesake_sued"
    CRIMINAL = "criminal"
    EMPLOYER_GONE = "employer_gone"
    BORROWS_EVERYWHERE = "borrows_everywhere"
    OVERDUE_ELSEWHERE = "overdue_elsewhere"
    BUREAU_OVERDUE = "bureau_overdue"
    BUREAU_BAD_DEBT = "bureau_bad_debt"
    BUREAU_GUARANTOR_PAID = "bureau_guarantor_paid"
    BUREAU_WHITE = "bureau_white"
    BUREAU_SEARCHED = "bureau_searched"
    BUREAU_CARDS_FULL = "bureau_cards_full"
    EMULATOR = "emulator"
    PROXY = "proxy"
    DEVICE_SHARED = "device_shared"
    CAR_MORTGAGED = "car_mortgaged"
    CAR_SEIZED = "car_seized"
    CAR_CRASHED = "car_crashed"
    CAR_FLOODED = "car_flooded"
    CAR_TURNED_BACK = "car_turned_back"
    CAR_OF_ANOTHER = "car_of_another"
    CAR_VALUED_APART = "car_valued_apart"
    CAR_UNKNOWN = "car_unknown"
    LICENCE_NONE = "licence_none"
    LICENCE_SUSPENDED = "licence_suspended"
    LICENCE_OF_ANOTHER = "licence_of_another"
    CAR_UNREGISTERED = "car_unregistered"
    CAR_SCRAPPED = "car_scrapped"
    CAR_PASSED_ON = "car_passed_on"
    ADDRESS_UNKNOWN = "address_unknown"
    ADDRESS_VAGUE = "address_vague"
    ADDRESS_ELSEWHERE = "address_elsewhere"
    ADDRESS_HIGH_RISK = "address_high_risk"
    INVOICE_UNKNOWN = "invoice_unknown"
    INVOICE_DIFFERS = "invoice_differs"
    INVOICE_VOID = "invoice_void"
    CRIMINAL_FRAUD = "criminal_fraud"
    HEARING_SOON = "hearing_soon"
    BUREAU_PENALISED = "bureau_penalised"
    BUREAU_MICROLOANS = "bureau_microloans"
    CAR_DETOURS = "car_detours"
    CAR_AT_YARD = "car_at_yard"
    CAR_HARDLY_DRIVEN = "car_hardly_driven"
    CAR_WITHOUT_TERMINAL = "car_without_terminal"
    INDUSTRY_LISTED = "industry_listed"
    INDUSTRY_PHONE_LISTED = "industry_phone_listed"
    PERMITS_NONE = "permits_none"
    PERMITS_EXPIRED = "permits_expired"
    FLEET_LARGE = "fleet_large"
    PLATFORM_RATED_LOW = "platform_rated_low"
    PLATFORM_EARNS_LITTLE = "platform_earns_little"
    PLATFORM_STRANGER = "platform_stranger"
    BATTERY_WORN = "battery_worn"
    BATTERY_UNTESTED = "battery_untested"
    CAR_OTHER_MODEL = "car_other_model"
    CAR_DISCONTINUED = "car_discontinued"
    CAR_HARD_TO_SELL = "car_hard_to_sell"
    CAR_CLAIMED_OFTEN = "car_claimed_often"
    CAR_COVERED_LITTLE = "car_covered_little"
    SOCIAL_NONE = "social_none"
    SOCIAL_ALONE = "social_alone"
    SOCIAL_LAPSED = "social_lapsed"
    TAX_NONE = "tax_none"
    WAGE_LOW = "wage_low"
    PAID_BY_ANOTHER = "paid_by_another"
    PHONE_UNUSED = "phone_unused"
    EMPLOYER_ELSEWHERE = "employer_elsewhere"


_ALL = list(Trait)
_OF_PEOPLE = [*_ALL[:24], *_ALL[32:35], *_ALL[45:49], *_ALL[53:61], *_ALL[68:]]
_OF_CARS = [*_ALL[24:32], *_ALL[35:38], *_ALL[49:53], *_ALL[61:68]]
_ID_FROM, _VIN_FROM = 901, 9001


def trait_of(subject: str) -> Trait | None:
    """The trait that a number itself names."""
    if len(subject) == 18:
        return _pick(_OF_PEOPLE, subject[14:17], _ID_FROM)
    return _pick(_OF_CARS, subject[-4:], _VIN_FROM) if len(subject) == 17 else None


def _pick(traits: list[Trait], digits: str, first: int) -> Trait | None:
    place = int(digits) - first if digits.isdigit() else -1
    return traits[place] if 0 <= place < len(traits) else None


def draw_for(party: str, subject: str) -> random.Random:
    """The dice of a source for whom or what it is asked about."""
    return random.Random(hashlib.sha256(f"{party}:{subject}".encode()).hexdigest())
