"""The router of reporting."""

from axle.platform.http import ContextApi

api = ContextApi("reporting")
