"""Ports to adapters, events to handlers, steps of the end of day: every connection between contexts."""

import importlib
import importlib.util

from django.conf import settings

ROOMS = ("parameters", "permissions", "jobs", "checks", "record_checks", "reports")


def _import_rooms(context: str) -> None:
    """Import the rooms that declare things by being imported: parameters, permissions, jobs, checks, reports."""
    for room in ROOMS:
        name = f"axle.{context}.{room}"
        if importlib.util.find_spec(name) is not None:
            importlib.import_module(name)


def wire() -> None:
    """Connect everything; runs once per process."""
    for context in settings.CONTEXTS:
        _import_rooms(context)
    from axle.config import connections

    connections.ports()
    connections.events()
    connections.scopes()
    connections.end_of_day()
    connections.controls()
