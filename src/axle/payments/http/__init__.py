"""Payments over HTTP."""

from axle.payments.http import accounts, notices, orders

routers = [orders.api.router, accounts.api.router, notices.router]
