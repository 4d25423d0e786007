"""Party over HTTP."""

from axle.party.http import bank_cards, customers, sign_in, watch_files, watch_list

routers = [customers.api.router, bank_cards.api.router, sign_in.router, watch_list.api.router, watch_files.api.router]
