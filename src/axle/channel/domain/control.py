"""Flexible control (柔性风控): a dealer whose months are out of the usual goes on with its business, and its cases are
looked at more closely until a day."""

from datetime import date, timedelta
from enum import StrEnum

MOST_DAYS = 366
"""Longer than a year nothing is set without looking again."""


class ControlLevel(StrEnum):
    """How close, the lightest first: only watched; every case goes to a person with extra checks; and no more than a
    number of cases a month besides."""

    WATCHED = "watched"
    CHECKED = "checked"
    LIMITED = "limited"

    @property
    def asks_people(self) -> bool:
        """Whether no case of the dealer is approved without a person."""
        return self is not ControlLevel.WATCHED


class ExtraCheckKind(StrEnum):
    """What a person verifies of a case besides the usual (二次核验)."""

    INCOME = "income"
    IDENTITY = "identity"
    EMPLOYER = "employer"
    APPLICANT_CALL = "applicant_call"
    VEHICLE_SEEN = "vehicle_seen"
    INVOICE = "invoice"
    DOWN_PAYMENT = "down_payment"


def is_right_end(until_on: date, *, today: date) -> bool:
    """Whether a control may last until a day."""
    return today <= until_on <= today + timedelta(days=MOST_DAYS)
