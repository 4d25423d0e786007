"""Prepares the killed system's books: ``python -m tests.durability.institution`` prints what its people need."""

import json
import sys

import django


def load() -> dict[str, object]:
    """The demo institution without a book; gives its people's passwords and the buyer's form."""
    from axle.config.demo import institution
    from axle.config.demo.accounts import ACCOUNTS, demo_password
    from axle.platform.public import acting, system_actor
    from tests.journeys.car_loan import form

    actor = system_actor("demo")
    with acting(actor, "demo_load"):
        place = institution.load(actor)
    return {
        "passwords": {account.username: demo_password(account.username) for account in ACCOUNTS},
        "entity_id": place.entity_id,
        "form": form(place),
    }


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(load()))
