"""Reporting over HTTP: the workbench, the catalogue of reports, and every report."""

from axle.reporting.http import catalogue, routes, schedules, workbench
from axle.reporting.http.api import api

__all__ = ["api", "catalogue", "routes", "schedules", "workbench"]
