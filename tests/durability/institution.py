"""Prepares the killed system's books: ``python -m tests.durability.institution LOANS`` prints what its people need."""

import json
import sys

import django


def load(loans: int) -> dict[str, object]:
    """The demo institution with a book of so many loans; gives passwords, the buyer's form, and loans in force."""
    from axle.config.demo import institution, portfolio
    from axle.config.demo.accounts import ACCOUNTS, demo_password
    from axle.platform.public import acting, system_actor
    from tests.journeys.car_loan import form

    actor = system_actor("demo")
    with acting(actor, "demo_load"):
        place = institution.load(actor)
        if loans:
            portfolio.book_load(actor, place, loans=loans, tell=lambda _line: None)
    return {
        "passwords": {account.username: demo_password(account.username) for account in ACCOUNTS},
        "entity_id": place.entity_id,
        "form": form(place),
        "business_on": institution.BUSINESS_ON.isoformat(),
        "loans": in_force(),
    }


def in_force() -> list[str]:
    """The loans that are paid from now on."""
    from axle.servicing.models import Loan

    return list(Loan.objects.filter(state="in_force").order_by("pk").values_list("loan_no", flat=True))


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(load(int(sys.argv[1]))))
