"""The platform's own pages: organisation, users and roles, parameters, log, review, jobs, files, account."""

from axle.platform.http.routes import (
    account,
    choices,
    end_of_day,
    files,
    jobs,
    organisation,
    people,
    review,
    settings,
    system,
    users,
)
from axle.platform.http.routes.base import api

routers = [files.router]

__all__ = [
    "account",
    "api",
    "choices",
    "end_of_day",
    "jobs",
    "organisation",
    "people",
    "review",
    "routers",
    "settings",
    "system",
    "users",
]
