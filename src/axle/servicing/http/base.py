"""The HTTP face of servicing."""

from axle.platform.http import ContextApi

api = ContextApi("servicing")
