"""Reporting over HTTP: the workbench, the risk board, the catalogue of reports, and every report."""

from axle.reporting.http import catalogue, risk_board, routes, schedules, workbench
from axle.reporting.http.api import api

__all__ = ["api", "catalogue", "risk_board", "routes", "schedules", "workbench"]
