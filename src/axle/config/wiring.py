"""Ports to adapters, events to handlers, steps of the end of day: every connection between contexts."""

import importlib
import importlib.util

from django.conf import settings


def _import_rooms(context: str) -> None:
    """Import the rooms that declare things by being imported: parameters, jobs, checks, permissions."""
    for room in ("parameters", "permissions", "jobs", "checks"):
        name = f"axle.{context}.{room}"
        if importlib.util.find_spec(name) is not None:
            importlib.import_module(name)


def wire() -> None:
    """Connect everything; runs once per process."""
    for context in settings.CONTEXTS:
        _import_rooms(context)
