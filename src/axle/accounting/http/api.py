"""The router of accounting."""

from axle.platform.http import ContextApi

api = ContextApi("accounting")
