"""Origination over HTTP: applications, contracts, signing, disbursements, and their lists."""

from axle.origination.http import (
    application_detail,
    applications,
    conditions,
    contracts,
    disbursements,
    listings,
    relations,
    signing,
)
from axle.origination.http.base import api

routers = [signing.router]

__all__ = [
    "api",
    "application_detail",
    "applications",
    "conditions",
    "contracts",
    "disbursements",
    "listings",
    "relations",
    "routers",
    "signing",
]
