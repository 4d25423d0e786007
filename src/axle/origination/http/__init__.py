"""Origination over HTTP: applications, contracts, signing, disbursements, and their lists."""

from axle.origination.http import (
    affordability,
    application_detail,
    applications,
    conditions,
    consents,
    contracts,
    dealer_signals,
    disbursements,
    extra_checks,
    holds,
    listings,
    relations,
    signing,
    similar_cases,
)
from axle.origination.http.base import api

routers = [signing.router]

__all__ = [
    "affordability",
    "api",
    "application_detail",
    "applications",
    "conditions",
    "consents",
    "contracts",
    "dealer_signals",
    "disbursements",
    "extra_checks",
    "holds",
    "listings",
    "relations",
    "routers",
    "signing",
    "similar_cases",
]
