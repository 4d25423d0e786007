"""A borrower proves by an SMS code that the phone is theirs."""

from contextlib import suppress

from django.db.models import QuerySet

from axle.messaging.errors import CodeSentTooSoon
from axle.messaging.public import code_send, code_verify
from axle.party.errors import CustomerSignInAmbiguous, CustomerSignInRefused
from axle.party.models import Customer
from axle.platform.fields import blind_index
from axle.platform.public import Subject

PURPOSE = "sign_in"
ID_TAIL = 6


def sign_in_code_send(*, phone: str) -> None:
    """Text a code to a customer's phone.

    Nothing is sent, and nothing is said, when nobody has the phone or its last code is still fresh.
    Errors: CodeDailyLimitReached.
    """
    customer = _customers(phone).first()
    if customer is None:
        return
    with suppress(CodeSentTooSoon):
        code_send(purpose=PURPOSE, phone=phone, ref=_subject(customer))


def customer_sign_in(*, phone: str, code: str, id_tail: str = "") -> Customer:
    """The customer who holds the phone; ``id_tail`` (last six of the resident id) tells people who share one apart.

    Errors: CustomerSignInRefused, CustomerSignInAmbiguous (the code stays good), CodeWrong, CodeExpired,
    CodeAttemptsExceeded.
    """
    holders = list(_customers(phone))
    if not holders:
        raise CustomerSignInRefused()
    code_verify(purpose=PURPOSE, phone=phone, ref=_subject(holders[0]), code=code)
    if id_tail:
        holders = [customer for customer in holders if customer.id_no[-ID_TAIL:] == id_tail.upper()]
    if len(holders) > 1:
        raise CustomerSignInAmbiguous(field="id_tail")
    if not holders:
        raise CustomerSignInRefused(field="id_tail")
    return holders[0]


def _customers(phone: str) -> QuerySet[Customer]:
    return Customer.objects.filter(phone_index=blind_index(phone)).order_by("pk")


def _subject(first_holder: Customer) -> Subject:
    return Subject("customer", first_holder.pk)
