"""The ContextApi that monitoring's routes share."""

from axle.platform.http import ContextApi

api = ContextApi("monitoring")
