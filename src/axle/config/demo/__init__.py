"""The demo institution: an invented company with people in every role, dealers, products and a seasoned book.

Loaded once, in one transaction, on the first ``./axle up``. Nobody in it exists: names are combined at random,
resident ids use an area code that was never issued, phones a number block that is not in use.
"""

from collections.abc import Callable

from django.db import transaction

from axle.config.demo import institution
from axle.config.demo.accounts import ACCOUNTS, demo_password
from axle.config.demo.decided import Month
from axle.config.demo.risk import loan_warnings, market_feeds, watch_entries
from axle.platform.public import acting, legal_entities, system_actor
from axle.sources.public import SOURCE_CODES, source_switch

__all__ = ["load", "sign_ins"]
LOANS = 1200


def load(
    tell: Callable[[str], None], *, loans: int = LOANS, month: bool = True, grow: Callable[[], None] | None = None
) -> None:
    """Load the demo institution; at once when it is there. A broken load leaves nothing behind.

    The last ``month`` is decided by the strategy, and the risk department keeps prices and lists, unless ``grow`` makes
    the book larger before people begin to work on it; then the book is there to be read already.
    """
    if legal_entities():
        return
    from axle.config.demo import portfolio

    actor = system_actor("demo")
    with transaction.atomic(), acting(actor, "demo_load"):
        tell("departments, people, products, dealers")
        place = institution.load(actor)
        decided = Month(place) if month and grow is None else None
        portfolio.book_load(actor, place, loans=loans, tell=tell, month=decided)
        if grow is None:
            portfolio.live_load(actor, place)
            if decided:
                market_feeds()
                watch_entries()
                loan_warnings(place)
            portfolio.month_end_keep()
            for source in SOURCE_CODES:  # new applications ask the sandbox
                source_switch(actor=actor, source=source, is_on=True)
    if grow is not None:
        grow()
        with transaction.atomic(), acting(actor, "demo_load"):
            portfolio.live_load(actor, place)


def sign_ins() -> list[tuple[str, str, str]]:
    """Role, user name and password of each demo account; passwords differ with every installation."""
    return [(account.title, account.username, demo_password(account.username)) for account in ACCOUNTS]
