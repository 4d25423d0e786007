"""The platform's own pages: organisation, users and roles, parameters, log, review, jobs, files, account."""

from axle.platform.http.routes import account, files, organisation, review, settings, system, users
from axle.platform.http.routes.base import api

routers = [files.router]

__all__ = ["account", "api", "organisation", "review", "routers", "settings", "system", "users"]
