"""Workflow over HTTP: the inbox, acting on tasks, timelines, and the definitions themselves."""

from axle.workflow.http import definitions, listings, processes, tasks
from axle.workflow.http.base import api

__all__ = ["api", "definitions", "listings", "processes", "tasks"]
