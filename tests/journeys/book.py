"""The demo institution with a small book, for what is tried against it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps

from axle.config.demo import institution, portfolio
from axle.config.demo.accounts import ACCOUNTS, CUSTOMER_GRANTS
from axle.config.demo.institution import Place
from axle.platform.public import acting, system_actor
from axle.platform.testing import ApiClient, client_for, make_user

LOANS = 24


@dataclass(frozen=True)
class Book:
    """The institution, a loan in force, and a dealer who has neither that loan nor the demo dealer's cases."""

    place: Place
    loan: Any
    other_dealer: int


def book_load(*, loans: int = LOANS) -> Book:
    """Load the institution and its book in the caller's transaction."""
    actor = system_actor("demo")
    with acting(actor, "demo_load"):
        place = institution.load(actor)
        portfolio.book_load(actor, place, loans=loans, tell=lambda _line: None)
        portfolio.live_load(actor, place)
    seasoned = apps.get_model("servicing.Loan").objects.filter(state="in_force", disbursed_on__lt=date(2026, 10, 1))
    loan = seasoned.order_by("pk")[0]
    return Book(place, loan, next(dealer for dealer, _where in place.dealers[1:] if dealer != loan.dealer_id))


def other_dealer(book: Book) -> ApiClient:
    """A clerk of another dealer, with the demo dealer's permissions."""
    granted = next(account.grants for account in ACCOUNTS if account.username == "dealer")
    clerk = make_user(
        "dealer_b", permissions=[name for name, _ in granted], scope="channel", kind="dealer",
        channel_ids=[book.other_dealer],
    )  # fmt: skip
    return client_for(clerk)


def other_customer(book: Book) -> ApiClient:
    """Another borrower on the phone."""
    loans = apps.get_model("servicing.Loan").objects.exclude(customer_id=book.loan.customer_id)
    client = client_for()
    session = client.raw.session
    session["customer"] = {
        "customer_id": loans.order_by("pk")[0].customer_id,
        "name": "别人",
        "permissions": [name for name, _scope in CUSTOMER_GRANTS],
    }
    session.save()
    return client
