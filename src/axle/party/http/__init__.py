"""Party over HTTP."""

from axle.party.http import bank_cards, customers

routers = [customers.api.router, bank_cards.api.router]
