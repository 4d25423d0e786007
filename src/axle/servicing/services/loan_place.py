"""Whose a loan is, and what decides whether money may be entered for it: all that entering money has to know."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from django.db import connection
from django.db.models import Exists, OuterRef

from axle.platform.errors import NotFound
from axle.platform.public import Actor, prepared_cursor
from axle.servicing.errors import LoanNotInForce
from axle.servicing.models import LoanState, PrepaymentRequest, PrepaymentRequestState
from axle.servicing.selectors.visible import loans_visible

_PLACE = ("pk", "state", "disbursed_on", "legal_entity_id", "department_id", "owner_id", "dealer_id")
_LOCKED = """
SELECT id, state, disbursed_on, legal_entity_id, department_id, owner_id, dealer_id, EXISTS (
    SELECT FROM servicing_prepaymentrequest q WHERE q.loan_id = servicing_loan.id AND q.state = 'open'
)
FROM servicing_loan WHERE loan_no = %s FOR UPDATE
"""
SERIAL_KNOWN = """
SELECT FROM servicing_receipt
WHERE upper(bank_serial) = upper(%s::text) AND bank_serial = %s::text AND bank_serial <> ''
    AND bank_account_id = %s::bigint AND state IN ('registered', 'confirmed')
"""
"""Whether a number of the bank's has a receipt that counts."""
_SERIALS = """
SELECT bank_serial FROM servicing_receipt
WHERE upper(bank_serial) = ANY(%s::text[]) AND bank_account_id = %s AND bank_serial = ANY(%s::text[])
    AND state IN ('registered', 'confirmed')
"""


class Place(NamedTuple):
    """As much of a loan; ``is_asked``: the borrower may have announced money that repays a part early."""

    loan_id: int
    state: str
    disbursed_on: date
    legal_entity_id: int
    department_id: int | None
    owner_id: int | None
    dealer_id: int | None
    is_asked: bool = False

    def scope(self) -> dict[str, int | None]:
        """The columns of what belongs to the loan."""
        return {
            "legal_entity_id": self.legal_entity_id,
            "department_id": self.department_id,
            "owner_id": self.owner_id,
            "dealer_id": self.dealer_id,
        }


def loan_place(loan_no: str) -> Place:
    """The place of a loan that still owes, locked. Errors: NotFound, LoanNotInForce."""
    with prepared_cursor() as cursor:
        cursor.execute(_LOCKED, [loan_no])
        found = cursor.fetchone()
    if found is None:
        raise NotFound(field="loan_no", what="loan")
    place = Place(*found)
    if place.state != LoanState.IN_FORCE:
        raise LoanNotInForce(loan_no=loan_no)
    return place


def loan_places(actor: Actor, numbers: Collection[str]) -> dict[str, Place]:
    """The places of those of some loans that an actor sees, by number; they may not owe any more."""
    asked = PrepaymentRequest.objects.filter(loan=OuterRef("pk"), state=PrepaymentRequestState.OPEN)
    rows = loans_visible(actor).filter(loan_no__in=numbers).annotate(is_asked=Exists(asked))
    return {row[0]: Place(*row[1:]) for row in rows.values_list("loan_no", *_PLACE, "is_asked")}


def serials_known(bank_account_id: int, serials: Sequence[str]) -> set[str]:
    """Which numbers of the bank's have a receipt that counts; an index finds them in capitals."""
    asked = [serial for serial in serials if serial]
    if not asked:
        return set()
    with connection.cursor() as cursor:  # planned for the serials that are asked for, else no index is used
        cursor.execute(_SERIALS, [[serial.upper() for serial in asked], bank_account_id, asked])
        return {serial for (serial,) in cursor.fetchall()}
