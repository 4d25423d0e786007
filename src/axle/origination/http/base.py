"""The HTTP face of origination."""

from axle.platform.http import ContextApi

api = ContextApi("origination")
